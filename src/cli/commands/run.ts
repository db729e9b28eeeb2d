import { Command, InvalidArgumentError, Option } from "commander";
import { FileError } from "../../config/source.js";
import type { CheckpointStore } from "../../experiment/checkpoint-store.js";
import { checkpointFolder } from "../../experiment/node-checkpoints.js";
import { type OutcomeCache, outcomeCache } from "../../experiment/node-outcomes.js";
import { loadExperiment, type RunProgress, run } from "../../index.js";
import { MAX_THREADS } from "../../kernels/crew.js";
import { machineThreads, startNodeThread } from "../../kernels/node-threads.js";
import { cacheFolder } from "../cache-folder.js";
import { isAbort, UsageError } from "../errors.js";
import { type ExperimentFlags, loadOptions, withExperiment } from "../experiment-options.js";
import { interruptible } from "../interrupt.js";
import { printReport } from "../output.js";
import { progressDisplay } from "../progress.js";
import { where } from "../progress-text.js";

const EXAMPLES = `
Examples:
  rebit run configs/experiments/quickstart.yaml
  rebit run configs/experiments/quickstart.yaml --seed 2 --json > report.json
  rebit run configs/experiments/quickstart.yaml --set "chip.clocks.core=24 MHz" --set workload.training.epochs=1
  rebit run configs/experiments/paper-r2.yaml --checkpoint r2 --resume

With --checkpoint DIR --resume a script may start a long training again and again until it is done: it goes on where
it was stopped, at most an epoch is lost, and the result is the same to the last bit. DIR is for one training; remove
it when the result is at hand. The outcome of a finished training is cached, and a later run of the same workload,
data and seed reuses it on any chip (see rebit cache --help). docs/long-runs.md says more.`;

interface RunFlags extends ExperimentFlags {
  readonly checkpoint?: string;
  readonly resume?: boolean;
  readonly threads?: number;
  /** False with --no-cache. */
  readonly cache: boolean;
}

function parseThreads(text: string): number {
  const threads = Number(text);
  if (!/^\d+$/.test(text) || threads < 1 || threads > MAX_THREADS) {
    throw new InvalidArgumentError(`Expected a whole number from 1 to ${MAX_THREADS}.`);
  }
  return threads;
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

/** True for what ends a training whose checkpoints are whole: Ctrl-C, and a disk that takes no more. */
const isStop = (error: unknown): boolean =>
  isAbort(error) || (error instanceof FileError && error.code === "unwritable-file");

/** Where an interrupted training was, and how to go on. */
function stoppedNotice(last: RunProgress | undefined, checkpoints: CheckpointStore): string {
  const place = last === undefined ? "before the training began" : `in ${where(last)}`;
  const [newest] = checkpoints.saved();
  if (newest === undefined) return `stopped ${place}; no epoch has been saved yet`;
  return `stopped ${place}; the same command with --resume goes on from ${newest.path}`;
}

async function runExperiment(path: string, flags: RunFlags): Promise<void> {
  const { resume, checkpoint } = flags;
  if (resume && checkpoint === undefined) {
    throw new UsageError(
      "--resume needs --checkpoint DIR: the folder that has the checkpoints to go on from",
    );
  }
  const experiment = loadExperiment(path, loadOptions(flags));
  const checkpoints = checkpoint === undefined ? undefined : checkpointFolder(checkpoint);
  const display = progressDisplay();
  const stop = () => display.stop();
  const onNotice = (notice: string) => {
    stop();
    process.stderr.write(`rebit: ${notice}\n`);
  };
  let last: RunProgress | undefined;
  const onProgress = (progress: RunProgress) => {
    last = progress;
    display.update(progress);
  };
  const outcomes = flags.cache ? cacheIfPossible(onNotice) : undefined;
  const threads = flags.threads ?? Math.min(machineThreads(), MAX_THREADS);
  const options = {
    onProgress,
    onNotice,
    outcomes,
    checkpoints,
    resume,
    threads,
    startThread: startNodeThread,
  };
  try {
    const report = await interruptible((signal) => run(experiment, { ...options, signal }), stop);
    stop();
    printReport(report, flags);
  } catch (error) {
    if (checkpoints !== undefined && isStop(error)) onNotice(stoppedNotice(last, checkpoints));
    throw error;
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
    .option("--checkpoint <dir>", "save the state of the training in this folder at the end of each epoch")
    .option("--resume", "go on from the newest checkpoint in DIR; if there is none, begin at the beginning")
    .addOption(
      new Option(
        "--threads <n>",
        "train with up to this many threads, where they pay; any number gives the same bits (default: all)",
      ).argParser(parseThreads),
    )
    .option("--no-cache", "train even if the outcome of this training is cached, and do not cache it")
    .addHelpText("after", EXAMPLES)
    .action(runExperiment);
