// Twin of ../narrow-row.ts. Steps are taken in 32 bits: narrowing to 16 saturates, which a clamp to a field of
// at most 16 bits does not notice.

const DITHER_INCREMENT: i32 = 0x9e3779b9;

@inline
function clampField(w: i32, fieldBits: i32): i16 {
  const high = (1 << (fieldBits - 1)) - 1;
  return <i16>max(min(w, high), ~high);
}

/** @returns the eight weights after their step */
@inline
export function storeStepped(to: usize, step0: v128, step1: v128, fieldBits: i32): v128 {
  const high = (1 << (fieldBits - 1)) - 1;
  const w = v128.load(to);
  const moved = i16x8.narrow_i32x4_s(
    i32x4.sub(i32x4.extend_low_i16x8_s(w), step0),
    i32x4.sub(i32x4.extend_high_i16x8_s(w), step1),
  );
  const clamped = i16x8.max_s(i16x8.min_s(moved, i16x8.splat(<i16>high)), i16x8.splat(<i16>~high));
  v128.store(to, clamped);
  return clamped;
}

/**
 * By S bits toward zero with `bias` 0 and `ifNegative` 2^S - 1: an arithmetic shift rounds down, which is toward zero
 * only for what is not negative. To nearest with halves away from zero with `bias` 2^(S-1) and `ifNegative` -1.
 */
@inline
export function decimated(g: v128, bias: v128, ifNegative: v128, stepBits: i32): v128 {
  const adjusted = i32x4.add(i32x4.add(g, bias), v128.and(i32x4.shr_s(g, 31), ifNegative));
  return i32x4.shr_s(adjusted, stepBits);
}

export function decimateRow(
  weights: usize,
  gradient: usize,
  length: i32,
  fieldBits: i32,
  stepBits: i32,
  bias: i32,
): void {
  const biases = i32x4.splat(bias);
  const ifNegative = i32x4.splat(bias == 0 ? (1 << stepBits) - 1 : -1);
  let i: i32 = 0;
  for (; i + 8 <= length; i += 8) {
    const from = gradient + (i << 2);
    const step0 = decimated(v128.load(from), biases, ifNegative, stepBits);
    const step1 = decimated(v128.load(from, 16), biases, ifNegative, stepBits);
    storeStepped(weights + (i << 1), step0, step1, fieldBits);
  }
  for (; i < length; i++) {
    const g = load<i32>(gradient + (i << 2));
    const step = g < 0 ? -((bias - g) >> stepBits) : (g + bias) >> stepBits;
    const to = weights + (i << 1);
    store<i16>(to, clampField(<i32>load<i16>(to) - step, fieldBits));
  }
}

/** Four words of a row's sequence: those of weights i .. i + 3 if `first` is that of weight i. */
@inline
function fourWords(first: i32): v128 {
  const steps = i32x4(0, DITHER_INCREMENT, 2 * DITHER_INCREMENT, 3 * DITHER_INCREMENT);
  return i32x4.add(i32x4.splat(first), steps);
}

export function ditherRow(
  weights: usize,
  gradient: usize,
  length: i32,
  fieldBits: i32,
  stepBits: i32,
  word: i32,
): void {
  const unused = 32 - stepBits;
  const advance = i32x4.splat(8 * DITHER_INCREMENT);
  let words0 = fourWords(word);
  let words1 = fourWords(word + 4 * DITHER_INCREMENT);
  let i: i32 = 0;
  for (; i + 8 <= length; i += 8) {
    const from = gradient + (i << 2);
    const step0 = i32x4.shr_s(i32x4.add(v128.load(from), i32x4.shr_u(words0, unused)), stepBits);
    const step1 = i32x4.shr_s(i32x4.add(v128.load(from, 16), i32x4.shr_u(words1, unused)), stepBits);
    words0 = i32x4.add(words0, advance);
    words1 = i32x4.add(words1, advance);
    storeStepped(weights + (i << 1), step0, step1, fieldBits);
  }
  for (; i < length; i++) {
    const random = <i32>(<u32>(word + i * DITHER_INCREMENT) >> unused);
    const step = (load<i32>(gradient + (i << 2)) + random) >> stepBits;
    const to = weights + (i << 1);
    store<i16>(to, clampField(<i32>load<i16>(to) - step, fieldBits));
  }
}

/** {@link ditherRow} for the weights from one input into each of `lanes` units, a multiple of 8. */
export function ditherLanes(
  weights: usize,
  gradient: usize,
  lanes: i32,
  fieldBits: i32,
  stepBits: i32,
  words: usize,
  input: i32,
): void {
  const unused = 32 - stepBits;
  const advanced = i32x4.splat(input * DITHER_INCREMENT);
  for (let i: i32 = 0; i < lanes; i += 8) {
    const at = i << 2;
    const random0 = i32x4.shr_u(i32x4.add(v128.load(words + at), advanced), unused);
    const random1 = i32x4.shr_u(i32x4.add(v128.load(words + at, 16), advanced), unused);
    const step0 = i32x4.shr_s(i32x4.add(v128.load(gradient + at), random0), stepBits);
    const step1 = i32x4.shr_s(i32x4.add(v128.load(gradient + at, 16), random1), stepBits);
    storeStepped(weights + (i << 1), step0, step1, fieldBits);
  }
}

/** Largest S for which a product of two signed bytes (at most 2^14) plus S random bits fits 16 bits. */
export const SHORT_STEP_BITS: i32 = 14;

/** {@link ditherRow} on the gradient delta x of one sample, without storing it; S <= SHORT_STEP_BITS. */
export function ditherProductRow(
  weights: usize,
  inputs: usize,
  length: i32,
  delta: i32,
  fieldBits: i32,
  stepBits: i32,
  word: i32,
): void {
  const unused = 32 - stepBits;
  const factor = i16x8.splat(<i16>delta);
  const largest: i32 = (1 << (fieldBits - 1)) - 1;
  const high = i16x8.splat(<i16>largest);
  const low = i16x8.splat(<i16>~largest);
  const advance = i32x4.splat(8 * DITHER_INCREMENT);
  let words0 = fourWords(word);
  let words1 = fourWords(word + 4 * DITHER_INCREMENT);
  let i: i32 = 0;
  for (; i + 8 <= length; i += 8) {
    const product = i16x8.mul(v128.load8x8_s(inputs + i), factor);
    const random = i16x8.narrow_i32x4_s(i32x4.shr_u(words0, unused), i32x4.shr_u(words1, unused));
    words0 = i32x4.add(words0, advance);
    words1 = i32x4.add(words1, advance);
    const step = i16x8.shr_s(i16x8.add(product, random), stepBits);
    const to = weights + (i << 1);
    const moved = i16x8.sub_sat_s(v128.load(to), step);
    v128.store(to, i16x8.max_s(i16x8.min_s(moved, high), low));
  }
  for (; i < length; i++) {
    const random = <i32>(<u32>(word + i * DITHER_INCREMENT) >> unused);
    const step = (delta * <i32>load<i8>(inputs + i) + random) >> stepBits;
    const to = weights + (i << 1);
    store<i16>(to, clampField(<i32>load<i16>(to) - step, fieldBits));
  }
}
