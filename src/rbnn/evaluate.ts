import { predict } from "./loss.js";
import { forwardSample } from "./sample-pass.js";
import type { EvaluatedInputs, TrainingRun } from "./training-run.js";

/** Forwards a sample through frozen columns (their kept logits) and one more; the logits are in `run.pass`. */
export function forwardAll(
  run: TrainingRun,
  weights: Int16Array,
  inputs: EvaluatedInputs,
  sample: number,
): void {
  const { kernels, layers, numerics, pass, shape } = run;
  const first = sample * shape.classes;
  pass.logits.set(inputs.frozenLogits.subarray(first, first + shape.classes));
  forwardSample(kernels, layers, weights, numerics, inputs, sample, pass);
}

/**
 * Counts the samples that the network with the column `weights` classifies wrongly.
 * `work` is told the forwarded weights of each sample; whenever it says so, this pauses.
 */
export function* countErrors(
  run: TrainingRun,
  weights: Int16Array,
  inputs: EvaluatedInputs,
  work: (weightOperations: number) => boolean,
): Generator<void, number> {
  const { pass, shape } = run;
  let errors = 0;
  for (let sample = 0; sample < inputs.labels.length; sample++) {
    forwardAll(run, weights, inputs, sample);
    if (predict(pass.logits, 0, shape.classes) !== inputs.labels[sample]) errors += 1;
    if (work(weights.length)) yield;
  }
  return errors;
}

/** Adds the logits of a column that was just frozen to the kept ones, and counts wrong samples on the way. */
export function* freezeLogits(
  run: TrainingRun,
  signs: Int16Array,
  inputs: EvaluatedInputs,
  work: (weightOperations: number) => boolean,
): Generator<void, number> {
  const { pass, shape } = run;
  let errors = 0;
  for (let sample = 0; sample < inputs.labels.length; sample++) {
    forwardAll(run, signs, inputs, sample);
    inputs.frozenLogits.set(pass.logits, sample * shape.classes);
    if (predict(pass.logits, 0, shape.classes) !== inputs.labels[sample]) errors += 1;
    if (work(signs.length)) yield;
  }
  return errors;
}
