import { setTotal } from "../kernels/batch-tasks.js";
import { Crew, type StartThread } from "../kernels/crew.js";
import { setStep } from "../kernels/wasm-kernels.js";
import type { WasmInstance } from "../kernels/wasm-module.js";
import { type BatchProgram, chooseSamples, JUDGE_KEEP, SAMPLES, writeBatchProgram } from "./batch-program.js";
import { loadLayer, storeLayer } from "./column-arrays.js";
import { drawWords } from "./draw-words.js";
import type { Course, Engine, EngineTask } from "./engine.js";
import { weightsOf } from "./layers.js";
import type { PartName } from "./parts.js";
import type { WasmArrays } from "./wasm-arrays.js";

/**
 * Weights times samples from which on further threads are woken. A choice: 784-100-10 at batch 100, which is twice as
 * much, gains from a second thread (docs/performance.md).
 */
const SHARED_WORK = 4_000_000;

/** Whether going through so many samples of so many weights is worth waking other threads. */
export function paysToShare(weights: number, samples: number): boolean {
  return weights * samples >= SHARED_WORK;
}

/** Learns whole batches and evaluates blocks of samples, with the tasks of kernels/assembly. */
export class BatchEngine implements Engine {
  readonly order: Uint32Array;
  readonly #wasm: WasmInstance;
  readonly #arrays: WasmArrays;
  readonly #batch: number;
  readonly #weights: number;
  readonly #program: BatchProgram;
  readonly #crew: Crew;

  constructor(wasm: WasmInstance, arrays: WasmArrays, task: EngineTask, startThread?: StartThread) {
    this.order = arrays.order;
    this.#wasm = wasm;
    this.#arrays = arrays;
    this.#batch = task.batch;
    this.#weights = weightsOf(task.layers);
    this.#program = writeBatchProgram(wasm, arrays, task);
    this.#crew = new Crew(wasm, arrays.crew, startThread);
  }

  load(weights: Int16Array): void {
    for (const layer of this.#arrays.layers) loadLayer(layer, weights);
    this.#countSigns();
  }

  store(weights: Int16Array): void {
    for (const layer of this.#arrays.layers) storeLayer(layer, weights);
  }

  learn(course: Course, first: number, count: number): number {
    const { counters, order } = this.#arrays;
    const { samples, forward, backward, learning } = this.#program;
    const batch = this.#batch;
    for (const { arrays, step } of learning) {
      setStep(step, course.fieldBits, course.stepBits[arrays.layer.index - 1] as number, course.narrowing);
    }
    counters.fill(0);
    this.#choose("train");
    const pass = [...forward, ...backward];
    for (const task of pass) setTotal(task, batch);
    const passAddresses = pass.map((task) => task.address);
    const sums = learning.map(({ sumDeltas }) => sumDeltas.address);
    const updates = learning.map(({ update }) => update.address);
    const counts = [this.#program.signCounts.address];
    const isShared = paysToShare(this.#weights, batch);
    for (let n = 0; n < count; n += batch) {
      samples[SAMPLES.order] = this.#wasm.address(order, first + n);
      this.#crew.run(passAddresses, isShared);
      this.#crew.run(sums, isShared);
      for (const { arrays } of learning) drawWords(course, arrays.layer, arrays.touched, arrays.words);
      this.#crew.run(updates, isShared);
      this.#crew.run(counts, isShared);
    }
    for (const [hidden, dead] of course.activity.zeroDeltaSamples.entries()) {
      course.activity.zeroDeltaSamples[hidden] = dead + (counters[hidden + 2] as number);
    }
    return counters[0] as number;
  }

  countErrors(part: PartName, first: number, count: number, keepLogits: boolean): number {
    const { counters, samplesAtOnce } = this.#arrays;
    const { samples, forward, judge } = this.#program;
    counters[0] = 0;
    this.#choose(part);
    judge.words[JUDGE_KEEP] = keepLogits ? 1 : 0;
    samples[SAMPLES.order] = 0;
    const tasks = [...forward, judge];
    const addresses = tasks.map((task) => task.address);
    for (let n = 0; n < count; n += samplesAtOnce) {
      const total = Math.min(samplesAtOnce, count - n);
      samples[SAMPLES.first] = first + n;
      for (const task of tasks) setTotal(task, total);
      this.#crew.run(addresses, paysToShare(this.#weights, total));
    }
    return counters[0] as number;
  }

  close(): void {
    this.#crew.dismiss();
  }

  /** Points the tasks at the samples of a part. */
  #choose(part: PartName): void {
    chooseSamples(this.#wasm, this.#program, this.#arrays.parts[part]);
  }

  #countSigns(): void {
    this.#crew.run([this.#program.signCounts.address], false);
  }
}
