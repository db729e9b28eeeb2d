import { MAX_THREADS } from "../kernels/crew.js";
import { wasmKernels } from "../kernels/wasm-kernels.js";
import { MAX_BYTES, plannedBytes } from "../kernels/wasm-memory.js";
import { instantiate } from "../kernels/wasm-module.js";
import { BatchEngine, paysToShare } from "./batch-engine.js";
import { listOnes } from "./digit-lists.js";
import type { Course, Engine, EngineOptions, EngineTask } from "./engine.js";
import { type Layer, weightsOf } from "./layers.js";
import { EXP_COARSE, EXP_FINE } from "./loss.js";
import { normalise } from "./normalise.js";
import { PART_NAMES, type PartName } from "./parts.js";
import { type EvaluatedInputs, SampleLearner } from "./sample-learner.js";
import { listSamples, MAX_LISTED_INPUTS } from "./sample-lists.js";
import { EVALUATED_AT_ONCE, planWasmArrays, type WasmArrays } from "./wasm-arrays.js";

function canShare({ layers, batch }: EngineTask): boolean {
  return paysToShare(weightsOf(layers), Math.max(batch, EVALUATED_AT_ONCE));
}

/**
 * An engine with kernels in WebAssembly, or nothing where samples have more inputs than the kernels can list or the
 * data do not fit a memory of WebAssembly.
 * @throws RangeError if the machine does not have the memory
 */
export function createWasmEngine(
  task: EngineTask,
  { threads = 1, startThread }: EngineOptions,
): Engine | undefined {
  if ((task.layers[0] as Layer).inputs > MAX_LISTED_INPUTS) return undefined;
  const canHelp = startThread !== undefined && canShare(task);
  const crewSize = canHelp ? Math.max(1, Math.min(threads, MAX_THREADS)) : 1;
  const plan = planWasmArrays(task, crewSize);
  if (plannedBytes(plan) > MAX_BYTES) return undefined;
  const { wasm, arrays } = instantiate(plan, crewSize > 1);
  fillArrays(task, arrays);
  const evaluator = new BatchEngine(wasm, arrays, task, startThread);
  const { single } = arrays;
  if (single === undefined) return evaluator;
  const { layers, numerics, parts } = task;
  const learner = new SampleLearner(layers, numerics, wasmKernels(wasm, single.step), single.arrays);
  const values = normalise(parts.train.pixels, parts.table, single.values);
  return new SingleEngine(learner, evaluator, single.arrays.weights, { ...arrays.parts.train, values });
}

/** Fills what never changes: the samples, their first order and the exponential's tables. */
export function fillArrays({ layers, parts }: EngineTask, arrays: WasmArrays): void {
  for (const name of PART_NAMES) {
    const { pixels, labels } = parts[name];
    arrays.parts[name].labels.set(labels);
    listSamples(pixels, parts.table, (layers[0] as Layer).inputs, arrays.parts[name]);
  }
  listOnes((layers[0] as Layer).inputs, arrays.everyInput);
  arrays.order.set(arrays.order.map((_, i) => i));
  arrays.expCoarse.set(EXP_COARSE);
  arrays.expFine.set(EXP_FINE);
}

/** Learns sample by sample, and evaluates by blocks of samples. */
class SingleEngine implements Engine {
  readonly order: Uint32Array;
  readonly #learner: SampleLearner;
  readonly #evaluator: BatchEngine;
  readonly #weights: Int16Array;
  readonly #train: EvaluatedInputs;
  #isEvaluatorBehind = false;

  constructor(learner: SampleLearner, evaluator: BatchEngine, weights: Int16Array, train: EvaluatedInputs) {
    this.order = evaluator.order;
    this.#learner = learner;
    this.#evaluator = evaluator;
    this.#weights = weights;
    this.#train = train;
  }

  load(weights: Int16Array): void {
    this.#weights.set(weights);
    this.#isEvaluatorBehind = true;
  }

  store(weights: Int16Array): void {
    weights.set(this.#weights);
  }

  learn(course: Course, first: number, count: number): number {
    this.#isEvaluatorBehind = true;
    return this.#learner.learn(course, this.#train, this.order.subarray(first, first + count), 1);
  }

  countErrors(part: PartName, first: number, count: number, keepLogits: boolean): number {
    if (this.#isEvaluatorBehind) this.#evaluator.load(this.#weights);
    this.#isEvaluatorBehind = false;
    return this.#evaluator.countErrors(part, first, count, keepLogits);
  }

  close(): void {
    this.#evaluator.close();
  }
}
