import type { Kernels } from "../kernels/kernels.js";
import { addSampleGradient, applyBatchGradient, learnSample } from "./batch-gradient.js";
import type { Course } from "./engine.js";
import type { Layer } from "./layers.js";
import { predict } from "./loss.js";
import type { Numerics } from "./resolve-numerics.js";
import type { SampleArrays } from "./sample-arrays.js";
import { backwardSample, forwardSample, type Inputs } from "./sample-pass.js";

/** Samples with the logits that all frozen columns give them, which never change again. */
export interface EvaluatedInputs extends Inputs {
  /** Samples x classes. */
  readonly frozenLogits: Int32Array;
}

/** Goes through one sample after the other, as docs/numerics.md is written; its column is in `arrays.weights`. */
export class SampleLearner {
  readonly #layers: readonly Layer[];
  readonly #numerics: Numerics;
  readonly #kernels: Kernels;
  readonly #arrays: SampleArrays;

  constructor(layers: readonly Layer[], numerics: Numerics, kernels: Kernels, arrays: SampleArrays) {
    this.#layers = layers;
    this.#numerics = numerics;
    this.#kernels = kernels;
    this.#arrays = arrays;
  }

  /**
   * Learns the samples of `order`, whole batches.
   * @returns how many of them were classified wrongly just before they were learned
   */
  learn(course: Course, train: EvaluatedInputs, order: Uint32Array, batch: number): number {
    const { pass, weights } = this.#arrays;
    const layers = this.#layers;
    const { zeroDeltaSamples } = course.activity;
    let errors = 0;
    for (let n = 0; n < order.length; n++) {
      const sample = order[n] as number;
      const label = train.labels[sample] as number;
      this.#forward(train, sample);
      const predicted = predict(pass.logits, 0, pass.logits.length);
      if (predicted !== label) errors += 1;
      backwardSample(
        this.#kernels,
        layers,
        weights,
        this.#numerics,
        predicted,
        label,
        pass,
        zeroDeltaSamples,
      );
      if (batch === 1) {
        learnSample(this.#kernels, layers, this.#arrays, course, train, sample);
      } else {
        addSampleGradient(layers, this.#arrays, train, sample);
        if ((n + 1) % batch === 0) applyBatchGradient(layers, this.#arrays, course);
      }
    }
    return errors;
  }

  /** @returns how many of the samples `first .. first + count - 1` are classified wrongly */
  countErrors(inputs: EvaluatedInputs, first: number, count: number, keepLogits: boolean): number {
    const { logits } = this.#arrays.pass;
    let errors = 0;
    for (let sample = first; sample < first + count; sample++) {
      this.#forward(inputs, sample);
      if (keepLogits) inputs.frozenLogits.set(logits, sample * logits.length);
      if (predict(logits, 0, logits.length) !== inputs.labels[sample]) errors += 1;
    }
    return errors;
  }

  /** Forwards a sample through the frozen columns (their kept logits) and this one; the logits are in the pass. */
  #forward(inputs: EvaluatedInputs, sample: number): void {
    const { pass, weights } = this.#arrays;
    const first = sample * pass.logits.length;
    pass.logits.set(inputs.frozenLogits.subarray(first, first + pass.logits.length));
    forwardSample(this.#kernels, this.#layers, weights, this.#numerics, inputs, sample, pass);
  }
}
