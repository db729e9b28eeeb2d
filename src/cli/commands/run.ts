import { Command } from "commander";
import { loadExperiment, run } from "../../index.js";
import { type ExperimentFlags, loadOptions, withExperiment } from "../experiment-options.js";
import { interruptible } from "../interrupt.js";
import { printReport } from "../output.js";
import { progressDisplay } from "../progress.js";

const EXAMPLES = `
Examples:
  rebit run configs/experiments/quickstart.yaml
  rebit run configs/experiments/quickstart.yaml --seed 2 --json > report.json
  rebit run configs/experiments/quickstart.yaml --set "chip.clocks.core=24 MHz" --set workload.training.epochs=1`;

async function runExperiment(path: string, flags: ExperimentFlags): Promise<void> {
  const experiment = loadExperiment(path, loadOptions(flags));
  const display = progressDisplay();
  const onProgress = display.update;
  const stop = () => display.stop();
  try {
    const report = await interruptible((signal) => run(experiment, { onProgress, signal }), stop);
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
    .addHelpText("after", EXAMPLES)
    .action(runExperiment);
