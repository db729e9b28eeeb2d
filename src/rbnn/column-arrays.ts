import type { KernelMemory } from "../kernels/kernels.js";
import type { Layer } from "./layers.js";

/** Lanes of a vector of bytes: rows are padded to whole vectors. */
export const LANES = 16;

/** `count` rounded up to whole vectors. */
export function padded(count: number): number {
  return Math.ceil(count / LANES) * LANES;
}

/**
 * A layer as the batch kernels keep it: in rows of `stride` lanes. The first layer has a row for each input, with the
 * units as lanes, so that an input that is background costs nothing; the others have a row for each unit, with the
 * inputs as lanes. Lanes of the padding have activation and delta 0, so that their weights never count.
 */
export interface LayerArrays {
  readonly layer: Layer;
  readonly rows: number;
  readonly stride: number;
  /** Units, padded. */
  readonly unitStride: number;
  /** `[rows][stride]`; empty if nothing is learned. */
  readonly weights: Int16Array;
  /**
   * `[rows][stride]`: 0xff where a weight is negative, else 0. Of the first layer only a bit, in blocks of 128 units:
   * `[blocks][rows + 1]` vectors, and the last row none (assembly/bit-sums.ts).
   */
  readonly masks: Uint8Array;
  /** `[samples][unitStride]` each. `z` of the first layer holds sums on the way to it. */
  readonly z: Int32Array;
  readonly activations: Int8Array;
  readonly deltas: Int8Array;
  /** `[samples]`: 0 where all deltas of a sample are 0; of a hidden layer the largest of their magnitudes. */
  readonly alive: Uint8Array;
  /**
   * `[unitStride]` each, for what background inputs add up to: 2 background x negative weights of a unit, which its z
   * lacks, and background x its sum of deltas, where its gradient starts. Only the first layer reads them.
   */
  readonly offsets: Int32Array;
  readonly start: Int32Array;
  /** `[unitStride]` each: not 0 where a sample of the batch has a delta; the dither word of a unit's first weight. */
  readonly touched: Uint8Array;
  readonly words: Uint32Array;
  /**
   * The samples that a row is updated from; see assembly/update-inputs.ts and update-rows.ts. Entries of the first layer
   * hold their factors, and have ends; those of the others are offsets, with factors of their own.
   */
  readonly entryEnds: Uint32Array;
  readonly entries: Uint32Array;
  readonly entryFactors: Int16Array;
}

/**
 * Takes the arrays of a layer for `samples` samples at once.
 * @param batch samples of an update, or 0 if the layer is only evaluated
 */
export function takeLayerArrays(
  memory: KernelMemory,
  layer: Layer,
  samples: number,
  batch: number,
): LayerArrays {
  const isFirst = layer.index === 1;
  const unitStride = padded(layer.outputs);
  const rows = isFirst ? layer.inputs : layer.outputs;
  const stride = isFirst ? unitStride : padded(layer.inputs);
  const learned = batch === 0 ? 0 : 1;
  const entries = rows * pairedUp(batch);
  return {
    layer,
    rows,
    stride,
    unitStride,
    weights: memory.int16(learned * rows * stride),
    masks: memory.uint8(isFirst ? bitMaskBlocks(layer) * bitMaskBlock(layer) : rows * stride),
    z: memory.int32(samples * unitStride),
    activations: memory.int8(samples * unitStride),
    deltas: memory.int8(learned * samples * unitStride),
    alive: memory.uint8(samples),
    offsets: memory.int32(unitStride),
    start: memory.int32(unitStride),
    touched: memory.uint8(unitStride),
    words: memory.uint32(unitStride),
    entryEnds: memory.uint32(isFirst ? rows : 0),
    entries: memory.uint32(entries),
    entryFactors: memory.int16(isFirst ? 0 : entries),
  };
}

/** Samples of a batch and one more: their kernels write one behind the last, and take them in pairs. */
export function pairedUp(batch: number): number {
  return batch === 0 ? 0 : 2 * Math.ceil((batch + 1) / 2);
}

/** Units of which a vector has a bit each, and bytes of a vector. */
const BLOCK_UNITS = 128;
const VECTOR_BYTES = 16;

/** Blocks of units that the first layer's masks have, and the bytes of a block. */
export function bitMaskBlocks({ outputs }: Layer): number {
  return Math.ceil(outputs / BLOCK_UNITS);
}
export function bitMaskBlock({ inputs }: Layer): number {
  return (inputs + 1) * VECTOR_BYTES;
}

/** Writes the mask of weight (unit, input). */
function setMask(arrays: LayerArrays, unit: number, input: number, isNegative: boolean): void {
  const { layer, masks } = arrays;
  if (layer.index > 1) {
    masks[indexOf(arrays, unit, input)] = isNegative ? 0xff : 0;
    return;
  }
  const bit = unit % BLOCK_UNITS;
  const at = Math.floor(unit / BLOCK_UNITS) * bitMaskBlock(layer) + input * VECTOR_BYTES + (bit >> 3);
  const others = (masks[at] as number) & ~(1 << (bit & 7));
  masks[at] = others | ((isNegative ? 1 : 0) << (bit & 7));
}

/** Index of weight (unit, input) in a layer's rows. */
function indexOf({ layer, stride }: LayerArrays, unit: number, input: number): number {
  return layer.index === 1 ? input * stride + unit : unit * stride + input;
}

/** Takes up the signs, and if they are learned the weights, of a column indexed by cell. */
export function loadLayer(arrays: LayerArrays, column: Int16Array): void {
  const { layer, weights } = arrays;
  const isLearned = weights.length > 0;
  for (let unit = 0, cell = layer.firstCell; unit < layer.outputs; unit++) {
    for (let input = 0; input < layer.inputs; input++, cell++) {
      const weight = column[cell] as number;
      const index = indexOf(arrays, unit, input);
      setMask(arrays, unit, input, weight < 0);
      if (isLearned) weights[index] = weight;
    }
  }
}

/** Copies the weights out into a column indexed by cell. */
export function storeLayer(arrays: LayerArrays, column: Int16Array): void {
  const { layer, weights } = arrays;
  for (let unit = 0, cell = layer.firstCell; unit < layer.outputs; unit++) {
    for (let input = 0; input < layer.inputs; input++, cell++) {
      column[cell] = weights[indexOf(arrays, unit, input)] as number;
    }
  }
}
