import { encodeCheckpoint } from "../data/checkpoint-file.js";
import { checkpointOf, restoreRun } from "../rbnn/checkpointing.js";
import type { EngineOptions } from "../rbnn/engine.js";
import { samplesOf, type TrainingResult, type TrainOptions, train } from "../rbnn/trainer.js";
import type { TrainingIdentity } from "../rbnn/training-identity.js";
import { createTrainingRun, type TrainingRun } from "../rbnn/training-run.js";
import type { CheckpointStore } from "./checkpoint-store.js";
import type { Experiment } from "./load.js";
import type { TrainingOutcome } from "./outcome-store.js";
import { findCheckpoint } from "./resume.js";

/** Where a training is. */
export interface RunProgress {
  readonly iteration: number;
  readonly iterations: number;
  readonly epoch: number;
  readonly epochs: number;
  /** Training samples since the beginning of the training, and those of them that were done before its checkpoint. */
  readonly samplesDone: number;
  readonly samplesBefore: number;
  /** Of the whole training, if no iteration ends early. */
  readonly samplesTotal: number;
}

/** How an experiment is trained; none of it changes a result. */
export interface TrainExperimentOptions extends EngineOptions {
  readonly onProgress?: (progress: RunProgress) => void;
  readonly signal?: AbortSignal;
  /** Where the state of the training is saved at the end of each epoch. Default: nowhere. */
  readonly checkpoints?: CheckpointStore | undefined;
  /**
   * Go on from the newest checkpoint, if there is one. Default: false, and a checkpoint that is there is an error, so
   * that none is lost by mistake.
   */
  readonly resume?: boolean | undefined;
  /** Told what a user should know but need not act upon. */
  readonly onNotice?: (notice: string) => void;
}

/** Between two looks at the clock of the event loop, so that signals and progress get their turn. */
const TURN_MILLISECONDS = 20;

/**
 * Trains an experiment to its end, from its beginning or from a checkpoint.
 * @param identity needed for checkpoints only
 * @throws DataError for unusable data or checkpoints, FileError; the signal's reason when it fires
 */
export async function trainExperiment(
  experiment: Experiment,
  identity: TrainingIdentity | undefined,
  options: TrainExperimentOptions,
): Promise<TrainingOutcome> {
  const run = createTrainingRun(experiment.workload, experiment.readDataset(), options);
  try {
    const trainOptions = identity === undefined ? {} : checkpointing(run, identity, options);
    const { iterations, activity, cells } = await trainInTurns(run, trainOptions, options);
    return { iterations, activity, cells: cells.bytes };
  } finally {
    run.engine.close();
  }
}

/** Lets the event loop have its turn now and then. */
async function trainInTurns(
  run: TrainingRun,
  trainOptions: TrainOptions,
  { onProgress, signal }: TrainExperimentOptions,
): Promise<TrainingResult> {
  const { workload } = run;
  const samplesBefore = samplesOf(workload, trainOptions.from);
  const training = train(run, undefined, trainOptions);
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
      samplesBefore,
      samplesTotal,
    });
    await new Promise((resolve) => setTimeout(resolve, 0));
    turn = Date.now();
  }
}

/** Puts a run where its checkpoint was taken, if there is one to go on from, and saves the run from then on. */
function checkpointing(
  run: TrainingRun,
  identity: TrainingIdentity,
  { checkpoints, resume = false, onNotice = () => undefined }: TrainExperimentOptions,
): TrainOptions {
  if (checkpoints === undefined) return {};
  const found = findCheckpoint(checkpoints, identity, resume, onNotice);
  return {
    from: found && restoreRun(run, found.checkpoint, found.path),
    onEpochEnd: (column) => {
      const { iteration, epochs } = column.activity;
      checkpoints.save({ iteration, epoch: epochs }, encodeCheckpoint(checkpointOf(run, column, identity)));
    },
  };
}
