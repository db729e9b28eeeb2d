import type { StartThread } from "../kernels/crew.js";
import type { KernelKind, Narrowing } from "../kernels/kernels.js";
import type { IterationActivity } from "./activity.js";
import type { Layer } from "./layers.js";
import type { PartName, Parts } from "./parts.js";
import type { Xorshift32 } from "./random.js";
import type { Numerics } from "./resolve-numerics.js";

/** How a training is computed; changes no result. */
export interface EngineOptions {
  /** Default: `wasm`. */
  readonly kernels?: KernelKind;
  /** Threads to train with, at least 1, the default. More need `startThread`, and are used where they pay. */
  readonly threads?: number;
  readonly startThread?: StartThread;
}

/** What an engine is made for. */
export interface EngineTask {
  readonly layers: readonly Layer[];
  readonly numerics: Numerics;
  readonly parts: Parts;
  readonly batch: number;
}

/** How the column in progress learns. */
export interface Course {
  /** b = n - k + 1. */
  readonly fieldBits: number;
  /** `[layer - 1]`: S. */
  readonly stepBits: readonly number[];
  readonly narrowing: Narrowing;
  /** Draws a dither word for each row that is updated. */
  readonly chip: Xorshift32;
  /** Counts row updates and samples without deltas. */
  readonly activity: IterationActivity;
}

/**
 * Trains and evaluates one column at a time, beside frozen ones of which it keeps the logits. Engines differ in speed
 * only: all give the same bits.
 */
export interface Engine {
  /** Numbers of the training samples in the order in which they are learned, at first ascending. */
  readonly order: Uint32Array;
  /** Takes up a column by its weights, indexed by cell; a weight counts by its sign alone unless it is learned. */
  load(weights: Int16Array): void;
  /**
   * Learns whole batches: the samples `order[first .. first + count - 1]`.
   * @returns how many of them were classified wrongly just before they were learned
   */
  learn(course: Course, first: number, count: number): number;
  /** Copies out the weights of the column as they are now. */
  store(weights: Int16Array): void;
  /**
   * @param keepLogits to add the column to the frozen ones for these samples
   * @returns how many of the samples `first .. first + count - 1` of a part the frozen columns and this one together
   * classify wrongly
   */
  countErrors(part: PartName, first: number, count: number, keepLogits: boolean): number;
  /** Tells the threads it has started to end; they do so in the next turns of the event loop. */
  close(): void;
}
