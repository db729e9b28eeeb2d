import { plainKernels, plainMemory } from "../kernels/plain-kernels.js";
import type { Course, Engine, EngineTask } from "./engine.js";
import type { Layer } from "./layers.js";
import { normalise } from "./normalise.js";
import { forParts, type PartName } from "./parts.js";
import { type SampleArrays, takeSampleArrays } from "./sample-arrays.js";
import { type EvaluatedInputs, SampleLearner } from "./sample-learner.js";

/** The reference: plain TypeScript, one sample after the other. */
export class PlainEngine implements Engine {
  readonly order: Uint32Array;
  readonly #batch: number;
  readonly #arrays: SampleArrays;
  readonly #learner: SampleLearner;
  readonly #inputs: Readonly<Record<PartName, EvaluatedInputs>>;

  constructor({ layers, numerics, parts, batch }: EngineTask) {
    const classes = (layers.at(-1) as Layer).outputs;
    this.order = Uint32Array.from(parts.train.labels, (_, i) => i);
    this.#batch = batch;
    this.#arrays = takeSampleArrays(plainMemory, layers, batch);
    this.#learner = new SampleLearner(layers, numerics, plainKernels, this.#arrays);
    this.#inputs = forParts((name) => {
      const { pixels, labels } = parts[name];
      return {
        values: normalise(pixels, parts.table, new Int8Array(pixels.length)),
        labels,
        frozenLogits: new Int32Array(labels.length * classes),
      };
    });
  }

  load(weights: Int16Array): void {
    this.#arrays.weights.set(weights);
  }

  store(weights: Int16Array): void {
    weights.set(this.#arrays.weights);
  }

  learn(course: Course, first: number, count: number): number {
    const order = this.order.subarray(first, first + count);
    return this.#learner.learn(course, this.#inputs.train, order, this.#batch);
  }

  countErrors(part: PartName, first: number, count: number, keepLogits: boolean): number {
    return this.#learner.countErrors(this.#inputs[part], first, count, keepLogits);
  }

  /** It has no threads to end. */
  close(): void {}
}
