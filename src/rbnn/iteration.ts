import { emptyIterationActivity, type IterationActivity, updatesPerEpoch } from "./activity.js";
import { addSampleGradient, applyBatchGradient, learnSample } from "./batch-gradient.js";
import { freezeSigns, type PlasticColumn, snapshotSigns, startColumn } from "./column.js";
import { countErrors, forwardAll } from "./evaluate.js";
import { predict } from "./loss.js";
import { shuffle } from "./random.js";
import { backwardSample } from "./sample-pass.js";
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
 * Trains one column from random fields to frozen signs. Pauses whenever `work`, told the weight operations done,
 * returns true; the packed cells then equal the unpacked copy in `run.plastic`.
 */
export function* trainColumn(
  run: TrainingRun,
  position: Position,
  work: (weightOperations: number) => boolean,
): Generator<void, { best: BestEpoch; activity: IterationActivity }> {
  const { cells, chip, validation } = run;
  const { epochs, patience } = run.workload.training;
  const activity = emptyIterationActivity(position.iteration, run.shape);
  const plastic = startColumn(cells, position.iteration, chip, run.arrays.plastic);
  run.plastic = plastic;
  const snapshot = new Uint8Array(Math.ceil(cells.count / 8));
  const best: BestEpoch = {
    epoch: 0,
    trainErrorPercent: Number.POSITIVE_INFINITY,
    validationErrorPercent: Number.POSITIVE_INFINITY,
  };
  for (let epoch = 1; epoch <= epochs; epoch++) {
    position.epoch = epoch;
    position.phase = "train";
    const trainErrorPercent = yield* trainEpoch(run, plastic, activity, position, work);
    position.phase = "validate";
    const errors = yield* countErrors(run, plastic.weights, validation, work);
    const validationErrorPercent = percent(errors, validation.labels.length);
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

/** @returns the running training error in percent: each sample as it was classified just before it was learned. */
function* trainEpoch(
  run: TrainingRun,
  plastic: PlasticColumn,
  activity: IterationActivity,
  position: Position,
  work: (weightOperations: number) => boolean,
): Generator<void, number> {
  const { kernels, layers, numerics, order, pass, shape, train } = run;
  const { batch } = run.workload.training;
  const { weights } = plastic;
  shuffle(order, run.host);
  const samples = updatesPerEpoch(run.workload) * batch;
  let errors = 0;
  for (let n = 0; n < samples; n++) {
    const sample = order[n] as number;
    const label = train.labels[sample] as number;
    forwardAll(run, weights, train, sample);
    const predicted = predict(pass.logits, 0, shape.classes);
    if (predicted !== label) errors += 1;
    backwardSample(kernels, layers, weights, numerics, predicted, label, pass, activity.zeroDeltaSamples);
    if (batch === 1) {
      learnSample(run, plastic, sample, activity.rowUpdates);
    } else {
      addSampleGradient(run, sample);
      if ((n + 1) % batch === 0) applyBatchGradient(run, plastic, activity.rowUpdates);
    }
    position.samplesDone += 1;
    if (work(3 * weights.length)) yield;
  }
  return percent(errors, samples);
}
