/** How the weights of a layer are updated: twin of the fields of `LayerUpdate` in ../kernels.ts. */
@unmanaged
export class Step {
  fieldBits: i32;
  stepBits: i32;
  /** {@link DITHER}, {@link NEAREST} or truncation. */
  narrowing: i32;
  /** u32: the dither word of each unit's first weight. */
  words: usize;
}

// As numbered in ../wasm-kernels.ts.
export const DITHER: i32 = 0;
const NEAREST: i32 = 1;

/** What is added to a gradient before it is narrowed without dither. */
@inline
export function biasOf(step: Step): i32 {
  return step.narrowing == NEAREST ? 1 << (step.stepBits - 1) : 0;
}

/** masks[i] = 0xff where weights[i] is negative, else 0, for 16 weights. */
@inline
export function storeMasks(masks: usize, weights0: v128, weights1: v128): void {
  // Narrowing saturates, so it keeps the sign.
  v128.store(masks, i8x16.lt_s(i8x16.narrow_i16x8_s(weights0, weights1), i8x16.splat(0)));
}
