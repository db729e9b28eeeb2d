import type { Narrowing } from "../kernels/kernels.js";
import { emptyIterationActivity, type IterationActivity, updatesPerEpoch } from "./activity.js";
import { freezeSigns, type PlasticColumn, snapshotSigns, startColumn, storeColumn } from "./column.js";
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

/** The best epoch of an iteration by validation error, the first of equals. */
export interface BestEpoch {
  epoch: number;
  trainErrorPercent: number;
  validationErrorPercent: number;
}

/** A share of samples in percent, rounded once. */
export function percent(part: number, whole: number): number {
  return (100 * part) / whole;
}

/**
 * Trains one column from random fields to frozen signs. Pauses each time about `workPerPause` weight operations are
 * done. At the end of each epoch the cells hold what was learned.
 */
export function* trainColumn(
  run: TrainingRun,
  position: Position,
  workPerPause: number,
): Generator<void, { best: BestEpoch; activity: IterationActivity }> {
  const { cells, chip, engine } = run;
  const { epochs, patience } = run.workload.training;
  const activity = emptyIterationActivity(position.iteration, run.shape);
  const plastic = startColumn(cells, position.iteration, chip);
  run.plastic = plastic;
  engine.load(plastic.weights);
  const course = courseOf(run, plastic, activity);
  const snapshot = new Uint8Array(Math.ceil(cells.count / 8));
  const best: BestEpoch = {
    epoch: 0,
    trainErrorPercent: Number.POSITIVE_INFINITY,
    validationErrorPercent: Number.POSITIVE_INFINITY,
  };
  for (let epoch = 1; epoch <= epochs; epoch++) {
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
      snapshotSigns(plastic, snapshot);
      activity.snapshots += 1;
    }
    if (patience !== "none" && epoch - best.epoch >= patience) break;
  }
  freezeSigns(cells, position.iteration, snapshot);
  return { best, activity };
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
