import { FileError } from "../config/source.js";
import { DataError } from "../data/data-error.js";
import type { KernelKind } from "../kernels/kernels.js";
import { train } from "../rbnn/trainer.js";
import { identifyTraining } from "../rbnn/training-identity.js";
import { createTrainingRun } from "../rbnn/training-run.js";
import type { Report } from "../report/report.js";
import { assess } from "./assess.js";
import { sha256Hex } from "./digest.js";
import type { Experiment } from "./load.js";
import type { OutcomeStore, TrainingOutcome } from "./outcome-store.js";
import { planOf } from "./plan.js";

/** Where a training is. */
export interface RunProgress {
  readonly iteration: number;
  readonly iterations: number;
  readonly epoch: number;
  readonly epochs: number;
  readonly samplesDone: number;
  /** Of the whole training, if no iteration ends early. */
  readonly samplesTotal: number;
}

export interface RunOptions {
  readonly onProgress?: (progress: RunProgress) => void;
  readonly signal?: AbortSignal;
  /** How the training is computed; changes no result. Default: `wasm`. */
  readonly kernels?: KernelKind;
  /** Outcomes of finished trainings, to reuse and to add to. Default: none. */
  readonly outcomes?: OutcomeStore | undefined;
  /** Told what a user should know but needs not act upon. */
  readonly onNotice?: (notice: string) => void;
}

/** Between two looks at the clock of the event loop, so that signals and progress get their turn. */
const TURN_MILLISECONDS = 20;

/**
 * Trains an experiment, or reuses what the same training left, and prices what it did. What does not fit is not trained.
 * @throws ConfigError or DataError for bad input; the signal's reason when it fires
 */
export async function run(experiment: Experiment, options: RunOptions = {}): Promise<Report> {
  const plan = planOf(experiment);
  if (!plan.placement.fits) return assess(experiment, plan, undefined);
  const { source, outcome } = await outcomeOf(experiment, options);
  const { iterations, activity, cells } = outcome;
  return assess(experiment, plan, { source, activity, iterations, weightsSha256: sha256Hex(cells) });
}

/** The outcome of an experiment's training, if it was done before. @throws DataError if it is damaged, FileError */
export async function findOutcome(
  { workload, readDataset }: Experiment,
  outcomes: OutcomeStore,
): Promise<TrainingOutcome | undefined> {
  return outcomes.find(await identifyTraining(workload, readDataset()));
}

async function outcomeOf(
  experiment: Experiment,
  options: RunOptions,
): Promise<{ source: "trained" | "cached"; outcome: TrainingOutcome }> {
  const { outcomes, onNotice = () => undefined } = options;
  if (outcomes === undefined)
    return { source: "trained", outcome: await trainExperiment(experiment, options) };
  const identity = await identifyTraining(experiment.workload, experiment.readDataset());
  const known = withNotice(onNotice, "it is not reused", () => outcomes.find(identity));
  if (known !== undefined) {
    onNotice("not trained again: this training was done before and its outcome is in the cache");
    return { source: "cached", outcome: known };
  }
  const outcome = await trainExperiment(experiment, options);
  withNotice(onNotice, "the outcome is not cached", () =>
    outcomes.keep(identity, experiment.workload.name, outcome),
  );
  return { source: "trained", outcome };
}

/** A cache saves time; one that does not work must not cost a run. */
function withNotice<T>(onNotice: (notice: string) => void, consequence: string, act: () => T): T | undefined {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof DataError || error instanceof FileError)) throw error;
    onNotice(`warning: ${error.message}; ${consequence}`);
    return undefined;
  }
}

async function trainExperiment(
  experiment: Experiment,
  { onProgress, signal, kernels = "wasm" }: RunOptions,
): Promise<TrainingOutcome> {
  const { workload } = experiment;
  const training = train(createTrainingRun(workload, experiment.readDataset(), { kernels }));
  let turn = Date.now();
  for (;;) {
    signal?.throwIfAborted();
    const step = training.next();
    if (step.done === true) {
      const { iterations, activity, cells } = step.value;
      return { iterations, activity, cells: cells.bytes.slice() };
    }
    if (Date.now() - turn < TURN_MILLISECONDS) continue;
    const { iteration, epoch, samplesDone, samplesTotal } = step.value;
    onProgress?.({
      iteration,
      iterations: workload.storage.iterations,
      epoch,
      epochs: workload.training.epochs,
      samplesDone,
      samplesTotal,
    });
    await new Promise((resolve) => setTimeout(resolve, 0));
    turn = Date.now();
  }
}
