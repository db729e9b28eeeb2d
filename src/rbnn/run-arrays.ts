import type { KernelMemory } from "../kernels/kernels.js";
import type { ColumnArrays } from "./column.js";
import { type Layer, weightsOf } from "./layers.js";
import { createSamplePass, type SamplePass } from "./sample-pass.js";

/** Every array of a run that kernels read or write. */
export interface RunArrays {
  /** The packed weight storage. */
  readonly cells: Uint8Array;
  /** The unpacked column of the iteration in progress, and that of the signs just frozen. */
  readonly plastic: ColumnArrays;
  readonly signs: Int16Array;
  /** G, indexed by cell; for a batch of 1 only room for one row. */
  readonly gradient: Int32Array;
  /** `[layer - 1][row]`: 1 if a sample of this batch had a delta other than 0 there. */
  readonly touched: readonly Uint8Array[];
  /** Dither words, one a row. */
  readonly words: Uint32Array;
  readonly pass: SamplePass;
  readonly train: Int8Array;
  readonly validation: Int8Array;
  readonly test: Int8Array;
}

/** What of a workload decides the sizes of {@link RunArrays}. */
export interface RunSizes {
  readonly weightBits: number;
  readonly batch: number;
  readonly data: { readonly train: number; readonly validation: number; readonly test: number };
}

/** Takes the arrays of a run; only sizes matter here, so that it can be called once to measure them. */
export function takeRunArrays(memory: KernelMemory, layers: readonly Layer[], sizes: RunSizes): RunArrays {
  const weights = weightsOf(layers);
  const { weightBits, batch, data } = sizes;
  const inputs = (layers[0] as Layer).inputs;
  const longestRow = Math.max(...layers.map((layer) => layer.inputs));
  return {
    cells: memory.uint8(Math.ceil((weights * weightBits) / 8)),
    plastic: { weights: memory.int16(weights), frozen: memory.uint16(weights) },
    signs: memory.int16(weights),
    gradient: memory.int32(batch === 1 ? longestRow : weights),
    touched: layers.map((layer) => memory.uint8(layer.outputs)),
    words: memory.uint32(Math.max(...layers.map((layer) => layer.outputs))),
    pass: createSamplePass(layers, memory),
    train: memory.int8(data.train * inputs),
    validation: memory.int8(data.validation * inputs),
    test: memory.int8(data.test * inputs),
  };
}
