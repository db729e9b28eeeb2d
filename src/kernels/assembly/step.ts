import { decimateRow, ditherLanes, ditherRow } from "./narrow-row";

/** How the weights of a layer are updated: twin of the fields of `LayerUpdate` in ../kernels.ts. */
@unmanaged
export class Step {
  fieldBits: i32;
  stepBits: i32;
  /** As numbered in ../narrowings.ts. */
  narrowing: i32;
  /** u32: the dither word of each unit's first weight. */
  words: usize;
}

const DITHER: i32 = 0;
const NEAREST: i32 = 1;

@inline
function bias(step: Step): i32 {
  return step.narrowing == NEAREST ? 1 << (step.stepBits - 1) : 0;
}

/** Updates the weights into one unit. */
export function stepRow(step: Step, unit: i32, weights: usize, gradient: usize, length: i32): void {
  const fieldBits = step.fieldBits;
  const stepBits = step.stepBits;
  if (step.narrowing == DITHER) {
    ditherRow(weights, gradient, length, fieldBits, stepBits, load<i32>(step.words + (unit << 2)));
  } else {
    decimateRow(weights, gradient, length, fieldBits, stepBits, bias(step));
  }
}

/** Updates the weights from input `input` into each of `lanes` units. */
export function stepLanes(step: Step, input: i32, weights: usize, gradient: usize, lanes: i32): void {
  const fieldBits = step.fieldBits;
  const stepBits = step.stepBits;
  if (step.narrowing == DITHER) ditherLanes(weights, gradient, lanes, fieldBits, stepBits, step.words, input);
  else decimateRow(weights, gradient, lanes, fieldBits, stepBits, bias(step));
}

/** masks[i] = 0xff where weights[i] is negative, else 0. @param length a multiple of 16 */
export function storeMasks(masks: usize, weights: usize, length: i32): void {
  for (let i: i32 = 0; i < length; i += 16) {
    const from = weights + (i << 1);
    // Narrowing saturates, so it keeps the sign.
    const narrowed = i8x16.narrow_i16x8_s(v128.load(from), v128.load(from, 16));
    v128.store(masks + i, i8x16.lt_s(narrowed, i8x16.splat(0)));
  }
}
