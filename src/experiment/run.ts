import type { KernelKind } from "../kernels/kernels.js";
import { type TrainingResult, train } from "../rbnn/trainer.js";
import { createTrainingRun } from "../rbnn/training-run.js";
import type { Report } from "../report/report.js";
import { assess } from "./assess.js";
import type { Experiment } from "./load.js";
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
}

/** Between two looks at the clock of the event loop, so that signals and progress get their turn. */
const TURN_MILLISECONDS = 20;

/**
 * Trains an experiment and prices what the training did. What does not fit is not trained.
 * @throws ConfigError or DataError for bad input; the signal's reason when it fires
 */
export async function run(experiment: Experiment, options: RunOptions = {}): Promise<Report> {
  const plan = planOf(experiment);
  if (!plan.placement.fits) return assess(experiment, plan, undefined);
  const { iterations, activity, cells } = await trainExperiment(experiment, options);
  return assess(experiment, plan, { source: "trained", activity, iterations, weightsSha256: cells.sha256() });
}

async function trainExperiment(
  experiment: Experiment,
  { onProgress, signal, kernels = "wasm" }: RunOptions,
): Promise<TrainingResult> {
  const { workload } = experiment;
  const training = train(createTrainingRun(workload, experiment.readDataset(), { kernels }));
  let turn = Date.now();
  for (;;) {
    signal?.throwIfAborted();
    const step = training.next();
    if (step.done === true) return step.value;
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
