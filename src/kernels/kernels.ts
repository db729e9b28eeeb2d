/** How a weight step is narrowed to the plastic field (docs/numerics.md, "Update"). */
export type Narrowing = "truncate" | "nearest" | "dither";

/** Which implementation trains: the plain reference or WebAssembly with SIMD. They give the same bits. */
export type KernelKind = "plain" | "wasm";

/** Where the arrays that kernels work on come from; all zero. */
export interface KernelMemory {
  int8(length: number): Int8Array;
  uint8(length: number): Uint8Array;
  int16(length: number): Int16Array;
  uint16(length: number): Uint16Array;
  int32(length: number): Int32Array;
  uint32(length: number): Uint32Array;
}

/** How the rows of a layer are updated: row j is the weights `firstCell + j * length` and the following. */
export interface LayerUpdate {
  readonly weights: Int16Array;
  readonly firstCell: number;
  readonly rows: number;
  readonly length: number;
  readonly fieldBits: number;
  /** S, 1 .. 24. */
  readonly stepBits: number;
  readonly narrowing: Narrowing;
  /** `[row]`: the word of the row's first weight; only read for `dither` and rows that are updated. */
  readonly words: Uint32Array;
}

/**
 * The hot loops of training by single samples, a layer a call. All implementations give the same bits. Every array
 * comes from the {@link KernelMemory} of the same implementation; offsets and lengths count elements.
 */
export interface Kernels {
  /** Pre-activations of one sample (see signed-dots.ts): z_j for `rows` rows from `weightOffset` on. */
  signedDots(
    weights: Int16Array,
    weightOffset: number,
    rows: number,
    inputs: Int8Array,
    inputOffset: number,
    length: number,
    z: Int32Array,
  ): void;

  /** Sets `sums[i]` to sum_j s(w_ji) delta_j for the `length` inputs of a layer. */
  projectDeltas(
    sums: Int32Array,
    weights: Int16Array,
    weightOffset: number,
    rows: number,
    length: number,
    deltas: Int8Array,
  ): void;

  /**
   * Updates every row whose delta is not 0 from one sample, a batch of 1. `scratch` has room for the gradient of a
   * row; what it holds afterwards means nothing.
   */
  learnSample(
    update: LayerUpdate,
    scratch: Int32Array,
    inputs: Int8Array,
    inputOffset: number,
    deltas: Int8Array,
  ): void;
}
