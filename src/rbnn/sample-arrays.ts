import type { KernelMemory } from "../kernels/kernels.js";
import { type Layer, weightsOf } from "./layers.js";
import { createSamplePass, type SamplePass } from "./sample-pass.js";

/** Every array that a {@link SampleLearner} computes with. */
export interface SampleArrays {
  /** The column in progress, indexed by cell. */
  readonly weights: Int16Array;
  /** G, indexed by cell; for a batch of 1 only room for one row. */
  readonly gradient: Int32Array;
  /** `[layer - 1][row]`: 1 if a sample of this batch had a delta other than 0 there. */
  readonly touched: readonly Uint8Array[];
  /** Dither words, one a row. */
  readonly words: Uint32Array;
  readonly pass: SamplePass;
}

/** Takes the arrays for a column of these layers. */
export function takeSampleArrays(
  memory: KernelMemory,
  layers: readonly Layer[],
  batch: number,
): SampleArrays {
  const weights = weightsOf(layers);
  const longestRow = Math.max(...layers.map((layer) => layer.inputs));
  return {
    weights: memory.int16(weights),
    gradient: memory.int32(batch === 1 ? longestRow : weights),
    touched: layers.map((layer) => memory.uint8(layer.outputs)),
    words: memory.uint32(Math.max(...layers.map((layer) => layer.outputs))),
    pass: createSamplePass(layers, memory),
  };
}
