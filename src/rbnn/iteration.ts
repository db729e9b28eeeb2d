import type { Narrowing } from "../kernels/kernels.js";
import { type IterationActivity, updatesPerEpoch } from "./activity.js";
import {
  freezeSigns,
  loadColumn,
  type PlasticColumn,
  snapshotSigns,
  startColumn,
  storeColumn,
} from "./column.js";
import { type ColumnProgress, isTrained, newColumn } from "./column-progress.js";
import type { Course } from "./engine.js";
import { weightsOf } from "./layers.js";
import type { PartName } from "./parts.js";
import { shuffle } from "./random.js";
import { stepBitsOf } from "./resolve-numerics.js";
import type { TrainingRun } from "./training-run.js";

/** Where a training run is. */
export interface Position {
  phase: "train" | "validate" | "freeze";
  iteration: number;
  /** From 1; the last one run during `freeze`. */
  epoch: number;
  /** Training samples since the start; after an early stop it jumps to the next iteration's first. */
  samplesDone: number;
  /** Training samples if every epoch of every iteration runs. */
  readonly samplesTotal: number;
  /** Validation error of the last finished epoch. */
  validationErrorPercent?: number;
}

/** A share of samples in percent, rounded once. */
export function percent(part: number, whole: number): number {
  return (100 * part) / whole;
}

/**
 * Trains one column to frozen signs: from random fields, or `from` where the cells say if some of its epochs are done.
 * Pauses each time about `workPerPause` weight operations are done. At the end of each epoch the cells hold what was
 * learned.
 */
export function* trainColumn(
  run: TrainingRun,
  position: Position,
  workPerPause: number,
  from: ColumnProgress | undefined,
  onEpochEnd: (column: ColumnProgress) => void,
): Generator<void, ColumnProgress> {
  const { cells, chip, engine } = run;
  const { iteration } = position;
  const column = from ?? newColumn(run, iteration);
  const plastic = from === undefined ? startColumn(cells, iteration, chip) : loadColumn(cells, iteration);
  run.plastic = plastic;
  engine.load(plastic.weights);
  const { activity, best } = column;
  const course = courseOf(run, plastic, activity);
  while (!isTrained(column, run.workload)) {
    const epoch = activity.epochs + 1;
    position.epoch = epoch;
    position.phase = "train";
    const trainErrorPercent = yield* trainEpoch(run, course, position, workPerPause);
    engine.store(plastic.weights);
    storeColumn(cells, plastic);
    position.phase = "validate";
    const errors = yield* countErrors(run, "validation", false, workPerPause);
    const validationErrorPercent = percent(errors, run.samples.validation);
    position.validationErrorPercent = validationErrorPercent;
    activity.epochs = epoch;
    if (validationErrorPercent < best.validationErrorPercent) {
      Object.assign(best, { epoch, trainErrorPercent, validationErrorPercent });
      snapshotSigns(plastic, best.signs);
      activity.snapshots += 1;
    }
    onEpochEnd(column);
  }
  freezeSigns(cells, iteration, best.signs);
  return column;
}

/** How the column of an iteration learns. */
function courseOf(
  run: TrainingRun,
  { column, fieldBits }: PlasticColumn,
  activity: IterationActivity,
): Course {
  const { layers, numerics, chip } = run;
  return {
    fieldBits,
    stepBits: layers.map((layer) => stepBitsOf(numerics.stepShift, fieldBits, layer.isOutput)),
    narrowing: numerics.narrowing[column - 1] as Narrowing,
    chip,
    activity,
  };
}

/** @returns the running training error in percent: each sample as it was classified just before it was learned. */
function* trainEpoch(
  run: TrainingRun,
  course: Course,
  position: Position,
  workPerPause: number,
): Generator<void, number> {
  const { batch } = run.workload.training;
  shuffle(run.engine.order, run.host);
  const samples = updatesPerEpoch(run.workload) * batch;
  // Forward, backward and update visit each weight.
  const batches = Math.max(1, Math.floor(workPerPause / (3 * weightsOf(run.layers) * batch)));
  let errors = 0;
  for (let first = 0; first < samples; first += batches * batch) {
    const count = Math.min(batches * batch, samples - first);
    errors += run.engine.learn(course, first, count);
    position.samplesDone += count;
    yield;
  }
  return percent(errors, samples);
}

/** Counts the samples of a part that the network with the engine's column classifies wrongly. */
export function* countErrors(
  run: TrainingRun,
  part: PartName,
  keepLogits: boolean,
  workPerPause: number,
): Generator<void, number> {
  const samples = run.samples[part];
  const atOnce = Math.max(1, Math.floor(workPerPause / weightsOf(run.layers)));
  let errors = 0;
  for (let first = 0; first < samples; first += atOnce) {
    errors += run.engine.countErrors(part, first, Math.min(atOnce, samples - first), keepLogits);
    yield;
  }
  return errors;
}
