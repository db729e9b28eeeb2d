import type { Dataset } from "../data/dataset.js";
import { type Activity, updatesPerEpoch } from "./activity.js";
import type { Cells } from "./cells.js";
import { signsOf } from "./column.js";
import type { ColumnProgress } from "./column-progress.js";
import type { EngineOptions } from "./engine.js";
import { countErrors, type Position, percent, trainColumn } from "./iteration.js";
import { iterationResult } from "./iteration-result.js";
import { PART_NAMES } from "./parts.js";
import { createTrainingRun, type IterationResult, type TrainingRun } from "./training-run.js";
import type { Workload } from "./workload.js";

/** Where a run is at a pause. */
export type TrainingProgress = Readonly<Position>;

/** What a finished training leaves. */
export interface TrainingResult {
  /** One entry for each iteration run; fewer than the workload's if the recursion stopped early. */
  iterations: IterationResult[];
  activity: Activity;
  /** The weight storage at the end: column c's frozen signs in bit n - c of every cell. */
  cells: Cells;
  /** Of the last iteration, at its best validation epoch. */
  testErrorPercent: number;
}

/** Weight operations between two pauses: some milliseconds of the reference kernels. */
const WORK_PER_PAUSE = 16_000_000;

export interface TrainOptions {
  /** The iteration in progress of a run that a checkpoint was restored into. Default: a run that has not begun. */
  readonly from?: ColumnProgress | undefined;
  /** Told at the end of each epoch, after its validation, when the run holds all that the rest depends on. */
  readonly onEpochEnd?: (column: ColumnProgress) => void;
}

/**
 * Trains a recursive binary network (arXiv 1709.05306, numerics of docs/numerics.md) to the end of its last
 * iteration. Pauses every few milliseconds with where it is, so that a caller can show progress or stop by not going
 * on. With `stopRecursion` the recursion ends after an iteration whose best validation error is not below that of the
 * iteration before; its column stays, since freezing it has already overwritten the recycled bits.
 */
export function* train(
  run: TrainingRun,
  workPerPause = WORK_PER_PAUSE,
  { from, onEpochEnd = () => undefined }: TrainOptions = {},
): Generator<TrainingProgress, TrainingResult> {
  const { workload } = run;
  const { iterations } = workload.storage;
  const first = from?.activity.iteration ?? 1;
  const samplesPerColumn = workload.training.epochs * samplesPerEpoch(workload);
  const position: Position = {
    phase: "freeze",
    iteration: first,
    epoch: from?.activity.epochs ?? 1,
    samplesDone: samplesOf(workload, from),
    samplesTotal: iterations * samplesPerColumn,
  };
  yield* withPosition(keepFrozenLogits(run, first - 1, workPerPause), position);
  let column = from;
  for (let iteration = first; iteration <= iterations; iteration++) {
    position.iteration = iteration;
    if (column === undefined) position.samplesDone = (iteration - 1) * samplesPerColumn;
    const isLast = yield* withPosition(
      runIteration(run, position, workPerPause, column, onEpochEnd),
      position,
    );
    if (isLast) break;
    column = undefined;
  }
  const last = run.iterations.at(-1) as IterationResult;
  return {
    iterations: run.iterations,
    activity: { iterations: run.activity },
    cells: run.cells,
    testErrorPercent: last.testErrorPercent,
  };
}

const samplesPerEpoch = (workload: Workload): number => updatesPerEpoch(workload) * workload.training.batch;

/** Training samples up to a checkpoint, if all epochs of the iterations before ran; 0 without one. */
export function samplesOf(workload: Workload, from: ColumnProgress | undefined): number {
  if (from === undefined) return 0;
  const { iteration, epochs } = from.activity;
  return ((iteration - 1) * workload.training.epochs + epochs) * samplesPerEpoch(workload);
}

/** Computes again what `frozen` columns that a checkpoint brought add to the logits of all samples. */
function* keepFrozenLogits(run: TrainingRun, frozen: number, workPerPause: number): Generator<void, void> {
  for (let column = 1; column <= frozen; column++) {
    run.engine.load(signsOf(run.cells, column));
    for (const part of PART_NAMES) yield* countErrors(run, part, true, workPerPause);
  }
}

/** Trains a workload without pausing, telling `onProgress` where it is every few milliseconds. */
export function trainToEnd(
  workload: Workload,
  dataset: Dataset,
  onProgress: (progress: TrainingProgress) => void = () => {},
  engine: EngineOptions = {},
): TrainingResult {
  const run = createTrainingRun(workload, dataset, engine);
  try {
    const steps = train(run);
    for (;;) {
      const step = steps.next();
      if (step.done === true) return step.value;
      onProgress(step.value);
    }
  } finally {
    run.engine.close();
  }
}

/** @returns true if the recursion ends here. */
function* runIteration(
  run: TrainingRun,
  position: Position,
  workPerPause: number,
  from: ColumnProgress | undefined,
  onEpochEnd: (column: ColumnProgress) => void,
): Generator<void, boolean> {
  const { storage, training } = run.workload;
  const { iteration } = position;
  const { best, activity } = yield* trainColumn(run, position, workPerPause, from, onEpochEnd);
  position.phase = "freeze";
  run.engine.load(signsOf(run.cells, iteration));
  const testErrors = yield* countErrors(run, "test", true, workPerPause);
  const previous = run.iterations.at(-1);
  const { epoch: bestEpoch, trainErrorPercent, validationErrorPercent } = best;
  const testErrorPercent = percent(testErrors, run.samples.test);
  const errors = { bestEpoch, trainErrorPercent, validationErrorPercent, testErrorPercent };
  run.activity.push(activity);
  run.iterations.push(iterationResult(run, iteration, activity.epochs, errors));
  const isWorse = previous !== undefined && best.validationErrorPercent >= previous.validationErrorPercent;
  if (iteration === storage.iterations || (training.stopRecursion && isWorse)) return true;
  yield* countErrors(run, "train", true, workPerPause);
  yield* countErrors(run, "validation", true, workPerPause);
  return false;
}

/** The pauses of `steps`, each with a copy of the position. */
function* withPosition<Result>(
  steps: Generator<void, Result>,
  position: Position,
): Generator<TrainingProgress, Result> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    yield { ...position };
  }
}
