import { Command } from "commander";
import { type OutcomeCache, outcomeCache } from "../../experiment/node-outcomes.js";
import { loadExperiment, run } from "../../index.js";
import { cacheFolder } from "../cache-folder.js";
import { UsageError } from "../errors.js";
import { type ExperimentFlags, loadOptions, withExperiment } from "../experiment-options.js";
import { interruptible } from "../interrupt.js";
import { printReport } from "../output.js";
import { progressDisplay } from "../progress.js";

const EXAMPLES = `
Examples:
  rebit run configs/experiments/quickstart.yaml
  rebit run configs/experiments/quickstart.yaml --seed 2 --json > report.json
  rebit run configs/experiments/quickstart.yaml --set "chip.clocks.core=24 MHz" --set workload.training.epochs=1
  rebit run configs/experiments/quickstart.yaml --no-cache

The outcome of a finished training is cached: a later run of the same workload, data and seed, on any chip, reuses
it (see rebit help cache).`;

interface RunFlags extends ExperimentFlags {
  /** False with --no-cache. */
  readonly cache: boolean;
}

/** A cache saves time; having no place for one must not cost a run. */
function cacheIfPossible(onNotice: (notice: string) => void): OutcomeCache | undefined {
  try {
    return outcomeCache(cacheFolder());
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    onNotice(`warning: nothing is cached: ${error.message}`);
    return undefined;
  }
}

async function runExperiment(path: string, flags: RunFlags): Promise<void> {
  const experiment = loadExperiment(path, loadOptions(flags));
  const display = progressDisplay();
  const onProgress = display.update;
  const stop = () => display.stop();
  const onNotice = (notice: string) => {
    stop();
    process.stderr.write(`rebit: ${notice}\n`);
  };
  const outcomes = flags.cache ? cacheIfPossible(onNotice) : undefined;
  try {
    const report = await interruptible(
      (signal) => run(experiment, { onProgress, onNotice, signal, outcomes }),
      stop,
    );
    stop();
    printReport(report, flags);
  } finally {
    stop();
  }
}

/** `rebit run EXPERIMENT`: train on the simulated chip and report what it cost. */
export const runCommand = (): Command =>
  withExperiment(new Command("run"))
    .summary("train the network on the simulated chip and report what it cost")
    .description(
      "Trains the network bit-exactly on the simulated chip and reports storage, memory traffic, time, energy " +
        "and accuracy. Progress is shown on stderr; Ctrl-C stops.",
    )
    .option("--no-cache", "train even if the outcome of this training is cached, and do not cache it")
    .addHelpText("after", EXAMPLES)
    .action(runExperiment);
