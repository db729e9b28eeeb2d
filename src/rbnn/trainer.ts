import type { Dataset } from "../data/dataset.js";
import { type Activity, updatesPerEpoch } from "./activity.js";
import type { Cells } from "./cells.js";
import { signsOf } from "./column.js";
import type { EngineOptions } from "./engine.js";
import { countErrors, type Position, percent, trainColumn } from "./iteration.js";
import { weightsOf } from "./layers.js";
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

/**
 * Trains a recursive binary network (arXiv 1709.05306, numerics of docs/numerics.md) to the end of its last
 * iteration. Pauses every few milliseconds with where it is, so that a caller can show progress or stop by not going
 * on. With `stopRecursion` the recursion ends after an iteration whose best validation error is not below that of the
 * iteration before; its column stays, since freezing it has already overwritten the recycled bits.
 */
export function* train(
  run: TrainingRun,
  workPerPause = WORK_PER_PAUSE,
): Generator<TrainingProgress, TrainingResult> {
  const { storage, training } = run.workload;
  const samplesPerColumn = training.epochs * updatesPerEpoch(run.workload) * training.batch;
  const position: Position = {
    phase: "train",
    iteration: 1,
    epoch: 1,
    samplesDone: 0,
    samplesTotal: storage.iterations * samplesPerColumn,
  };
  for (let iteration = 1; iteration <= storage.iterations; iteration++) {
    position.iteration = iteration;
    position.samplesDone = (iteration - 1) * samplesPerColumn;
    const isLast = yield* withPosition(runIteration(run, position, workPerPause), position);
    if (isLast) break;
  }
  const last = run.iterations.at(-1) as IterationResult;
  return {
    iterations: run.iterations,
    activity: { iterations: run.activity },
    cells: run.cells,
    testErrorPercent: last.testErrorPercent,
  };
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
function* runIteration(run: TrainingRun, position: Position, workPerPause: number): Generator<void, boolean> {
  const { storage, training } = run.workload;
  const { iteration } = position;
  const { best, activity } = yield* trainColumn(run, position, workPerPause);
  position.phase = "freeze";
  run.engine.load(signsOf(run.cells, iteration));
  const testErrors = yield* countErrors(run, "test", true, workPerPause);
  const previous = run.iterations.at(-1);
  run.activity.push(activity);
  run.iterations.push({
    iteration,
    hiddenUnits: run.shape.hidden.map((units) => units * iteration),
    weights: weightsOf(run.layers) * iteration,
    plasticBits: storage.weightBits - iteration + 1,
    bitsPerWeight: storage.weightBits / iteration,
    epochs: activity.epochs,
    bestEpoch: best.epoch,
    trainErrorPercent: best.trainErrorPercent,
    validationErrorPercent: best.validationErrorPercent,
    testErrorPercent: percent(testErrors, run.samples.test),
  });
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
