// Twin of ../gradient.ts and ../narrow-row.ts for the first layer: the gradient of an input's row, of a whole batch.
import { decimated, storeStepped } from "./narrow-row";
import { biasOf, DITHER, Step } from "./step";

/** Bytes of an entry: u16 factor, u16 number of a sample in its batch, which has at most 1,000. */
export const ENTRY: usize = 4;

/** Rows of weights from one input, and what they are updated with. */
@unmanaged
export class InputRows {
  step: Step;
  /** i8 [batch][stride], and u8 [batch] the largest magnitude of a sample's deltas, 0 where it is not learned from. */
  deltas: usize;
  largest: usize;
  stride: i32;
  /** i32 [stride]: where every gradient starts. */
  start: usize;
}

/**
 * How far entries from `at` on go whose products with deltas add up within 16 bits. The first always does: factors are
 * at most 255.
 */
function endOfChunk(at: usize, end: usize, largest: usize): usize {
  let bound: u32 = 0;
  for (; at < end; at += ENTRY) {
    bound += <u32>load<u16>(at) * load<u8>(largest + <usize>load<u16>(at, 2));
    if (bound > <u32>i16.MAX_VALUE) break;
  }
  return at;
}

/**
 * Updates the row of an input, and its masks, by gradient = start + sum over entries of factor x deltas. With dither it
 * leaves that in `gradient`, i32 [stride], instead; it is also where sums are kept that do not fit 16 bits.
 *
 * Most deltas are small, so that many products fit: a multiplication and an addition for eight lanes.
 */
export function learnInput(
  rows: InputRows,
  at: usize,
  end: usize,
  weights: usize,
  masks: usize,
  maskBlock: usize,
  gradient: usize,
): void {
  const stride = rows.stride;
  let base = rows.start;
  do {
    const stop = endOfChunk(at, end, rows.largest);
    const isLast = stop == end;
    let lane: i32 = 0;
    // No more at once: the compiler first loads all deltas, which then have to fit registers beside the sums.
    for (; lane + 48 <= stride; lane += 48) {
      learnLanes(3, rows, at, stop, lane, base, weights, masks, maskBlock, gradient, isLast);
    }
    const left = (stride - lane) >> 4;
    if (left == 2) learnLanes(2, rows, at, stop, lane, base, weights, masks, maskBlock, gradient, isLast);
    else if (left == 1) learnLanes(1, rows, at, stop, lane, base, weights, masks, maskBlock, gradient, isLast);
    base = gradient;
    at = stop;
  } while (at < end);
}

/** Entries at .. stop - 1 for `blocks` times 16 lanes, a constant from 1 to 3. */
@inline
function learnLanes(
  blocks: i32,
  rows: InputRows,
  at: usize,
  stop: usize,
  lane: i32,
  base: usize,
  weights: usize,
  masks: usize,
  maskBlock: usize,
  gradient: usize,
  isLast: bool,
): void {
  const stride = rows.stride;
  const deltas = rows.deltas + lane;
  let sum0 = i16x8.splat(0);
  let sum1 = i16x8.splat(0);
  let sum2 = i16x8.splat(0);
  let sum3 = i16x8.splat(0);
  let sum4 = i16x8.splat(0);
  let sum5 = i16x8.splat(0);
  for (; at < stop; at += ENTRY) {
    const factor = v128.load_splat<u16>(at);
    const from = deltas + <usize>load<u16>(at, 2) * stride;
    sum0 = i16x8.add(sum0, i16x8.mul(factor, v128.load_ext<i8>(from)));
    sum1 = i16x8.add(sum1, i16x8.mul(factor, v128.load_ext<i8>(from, 8)));
    if (blocks > 1) {
      sum2 = i16x8.add(sum2, i16x8.mul(factor, v128.load_ext<i8>(from, 16)));
      sum3 = i16x8.add(sum3, i16x8.mul(factor, v128.load_ext<i8>(from, 24)));
    }
    if (blocks > 2) {
      sum4 = i16x8.add(sum4, i16x8.mul(factor, v128.load_ext<i8>(from, 32)));
      sum5 = i16x8.add(sum5, i16x8.mul(factor, v128.load_ext<i8>(from, 40)));
    }
  }
  const step = rows.step;
  const begin = base + (lane << 2);
  if (isLast && step.narrowing != DITHER) {
    const to = weights + (lane << 1);
    const bias = biasOf(step);
    const stepBits = step.stepBits;
    const fieldBits = step.fieldBits;
    stepLanes(sum0, sum1, begin, to, masks, maskBlock, lane, bias, stepBits, fieldBits);
    if (blocks > 1) stepLanes(sum2, sum3, begin + 64, to + 32, masks, maskBlock, lane + 16, bias, stepBits, fieldBits);
    if (blocks > 2) stepLanes(sum4, sum5, begin + 128, to + 64, masks, maskBlock, lane + 32, bias, stepBits, fieldBits);
  } else {
    const to = gradient + (lane << 2);
    storeLanes(sum0, sum1, begin, to);
    if (blocks > 1) storeLanes(sum2, sum3, begin + 64, to + 64);
    if (blocks > 2) storeLanes(sum4, sum5, begin + 128, to + 128);
  }
}

/** The update of 16 lanes by base + sums. */
@inline
function stepLanes(
  low: v128,
  high: v128,
  base: usize,
  weights: usize,
  masks: usize,
  maskBlock: usize,
  lane: i32,
  bias: i32,
  stepBits: i32,
  fieldBits: i32,
): void {
  const biases = i32x4.splat(bias);
  const ifNegative = i32x4.splat(bias == 0 ? (1 << stepBits) - 1 : -1);
  const g0 = i32x4.add(v128.load(base), i32x4.extend_low_i16x8_s(low));
  const g1 = i32x4.add(v128.load(base, 16), i32x4.extend_high_i16x8_s(low));
  const g2 = i32x4.add(v128.load(base, 32), i32x4.extend_low_i16x8_s(high));
  const g3 = i32x4.add(v128.load(base, 48), i32x4.extend_high_i16x8_s(high));
  const step0 = decimated(g0, biases, ifNegative, stepBits);
  const step1 = decimated(g1, biases, ifNegative, stepBits);
  const step2 = decimated(g2, biases, ifNegative, stepBits);
  const step3 = decimated(g3, biases, ifNegative, stepBits);
  const weights0 = storeStepped(weights, step0, step1, fieldBits);
  const weights1 = storeStepped(weights + 16, step2, step3, fieldBits);
  storeSigns(masks, maskBlock, lane, weights0, weights1);
}

/** to = base + sums for 16 lanes. */
@inline
function storeLanes(low: v128, high: v128, base: usize, to: usize): void {
  v128.store(to, i32x4.add(v128.load(base), i32x4.extend_low_i16x8_s(low)));
  v128.store(to, i32x4.add(v128.load(base, 16), i32x4.extend_high_i16x8_s(low)), 16);
  v128.store(to, i32x4.add(v128.load(base, 32), i32x4.extend_low_i16x8_s(high)), 32);
  v128.store(to, i32x4.add(v128.load(base, 48), i32x4.extend_high_i16x8_s(high)), 48);
}

/** The masks of 16 units from `lane` on, a bit of each. */
@inline
function storeSigns(masks: usize, maskBlock: usize, lane: i32, weights0: v128, weights1: v128): void {
  const to = masks + <usize>(lane >> 7) * maskBlock + ((lane & 127) >> 3);
  // Narrowing saturates, so it keeps the sign.
  store<u16>(to, i8x16.bitmask(i8x16.narrow_i16x8_s(weights0, weights1)));
}

/** The masks of an input with a row of `lanes` weights. */
export function storeRowSigns(masks: usize, maskBlock: usize, weights: usize, lanes: i32): void {
  for (let lane: i32 = 0; lane < lanes; lane += 16) {
    const from = weights + (lane << 1);
    storeSigns(masks, maskBlock, lane, v128.load(from), v128.load(from, 16));
  }
}

/** Widest field for which steps that saturate at 16 bits lead to the same clamped weight as those that do not. */
export const IDLE_FIELD_BITS: i32 = 15;

/** The steps, i16 [stride], of an input that is background in all samples, without dither. */
export function idleSteps(rows: InputRows, steps: usize): void {
  const stepBits = rows.step.stepBits;
  const bias = biasOf(rows.step);
  const biases = i32x4.splat(bias);
  const ifNegative = i32x4.splat(bias == 0 ? (1 << stepBits) - 1 : -1);
  for (let lane: i32 = 0; lane < rows.stride; lane += 8) {
    const from = rows.start + (lane << 2);
    const low = decimated(v128.load(from), biases, ifNegative, stepBits);
    const high = decimated(v128.load(from, 16), biases, ifNegative, stepBits);
    v128.store(steps + (lane << 1), i16x8.narrow_i32x4_s(low, high));
  }
}

/** Takes the steps of {@link idleSteps}, in fields of at most {@link IDLE_FIELD_BITS}. */
export function learnIdle(rows: InputRows, steps: usize, weights: usize, masks: usize, maskBlock: usize): void {
  const stride = rows.stride;
  const largest: i32 = (1 << (rows.step.fieldBits - 1)) - 1;
  const high = i16x8.splat(<i16>largest);
  const low = i16x8.splat(<i16>~largest);
  for (let lane: i32 = 0; lane < stride; lane += 16) {
    const to = weights + (lane << 1);
    const from = steps + (lane << 1);
    const moved0 = i16x8.sub_sat_s(v128.load(to), v128.load(from));
    const moved1 = i16x8.sub_sat_s(v128.load(to, 16), v128.load(from, 16));
    const weights0 = i16x8.max_s(i16x8.min_s(moved0, high), low);
    const weights1 = i16x8.max_s(i16x8.min_s(moved1, high), low);
    v128.store(to, weights0);
    v128.store(to, weights1, 16);
    storeSigns(masks, maskBlock, lane, weights0, weights1);
  }
}
