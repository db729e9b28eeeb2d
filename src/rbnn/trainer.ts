import type { Dataset } from "../data/dataset.js";
import type { KernelKind } from "../kernels/kernels.js";
import { type Activity, updatesPerEpoch } from "./activity.js";
import type { Cells } from "./cells.js";
import { loadSigns } from "./column.js";
import { freezeLogits } from "./evaluate.js";
import { type Position, percent, trainColumn } from "./iteration.js";
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

/** Weight operations between two pauses: a few milliseconds of the reference kernels. */
const WORK_PER_PAUSE = 4_000_000;

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
  const work = workMeter(workPerPause);
  for (let iteration = 1; iteration <= storage.iterations; iteration++) {
    position.iteration = iteration;
    position.samplesDone = (iteration - 1) * samplesPerColumn;
    const isLast = yield* withPosition(runIteration(run, position, work), position);
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
  kernelKind: KernelKind = "wasm",
): TrainingResult {
  const steps = train(createTrainingRun(workload, dataset, kernelKind));
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    onProgress(step.value);
  }
}

/** @returns true if the recursion ends here. */
function* runIteration(
  run: TrainingRun,
  position: Position,
  work: (weightOperations: number) => boolean,
): Generator<void, boolean> {
  const { storage, training } = run.workload;
  const { iteration } = position;
  const { best, activity } = yield* trainColumn(run, position, work);
  position.phase = "freeze";
  const { signs } = run.arrays;
  loadSigns(run.cells, iteration, signs);
  const testErrors = yield* freezeLogits(run, signs, run.test, work);
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
    testErrorPercent: percent(testErrors, run.test.labels.length),
  });
  const isWorse = previous !== undefined && best.validationErrorPercent >= previous.validationErrorPercent;
  if (iteration === storage.iterations || (training.stopRecursion && isWorse)) return true;
  yield* freezeLogits(run, signs, run.train, work);
  yield* freezeLogits(run, signs, run.validation, work);
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

/** Says true each time about `limit` weight operations have been added. */
function workMeter(limit: number): (weightOperations: number) => boolean {
  let done = 0;
  return (weightOperations) => {
    done += weightOperations;
    if (done < limit) return false;
    done = 0;
    return true;
  };
}
