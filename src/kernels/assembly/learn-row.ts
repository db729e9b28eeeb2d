// Twin of ../gradient.ts and ../narrow-row.ts for the layers behind the first: a row's gradient of a whole batch and its
// update in one pass.
import { decimated, storeStepped } from "./narrow-row";
import { biasOf, DITHER, Step, storeMasks } from "./step";

/**
 * Updates a row of `lanes` weights, a multiple of 16, and its masks by gradient = sum over entries of
 * factor x vector. With dither it leaves that in `gradient`, i32 [lanes], instead.
 *
 * Entries come in pairs, since a dot instruction multiplies two samples' lanes and adds them.
 * @param offsets u32 [pairs][2]: where an entry's vector of i8 [lanes] begins behind `vectors`
 * @param factors i16 [pairs][2]
 */
export function learnRow(
  step: Step,
  vectors: usize,
  offsets: usize,
  factors: usize,
  pairs: i32,
  weights: usize,
  masks: usize,
  gradient: usize,
  lanes: i32,
): void {
  const end = offsets + (<usize>pairs << 3);
  const fieldBits = step.fieldBits;
  const stepBits = step.stepBits;
  const isDithered = step.narrowing == DITHER;
  const bias = biasOf(step);
  const biases = i32x4.splat(bias);
  const ifNegative = i32x4.splat(bias == 0 ? (1 << stepBits) - 1 : -1);
  for (let lane: i32 = 0; lane < lanes; lane += 16) {
    let sum0 = i32x4.splat(0);
    let sum1 = i32x4.splat(0);
    let sum2 = i32x4.splat(0);
    let sum3 = i32x4.splat(0);
    let factor = factors;
    const from = vectors + lane;
    for (let at = offsets; at < end; at += 8) {
      const both = v128.load_splat<i32>(factor);
      const one = from + <usize>load<u32>(at);
      const two = from + <usize>load<u32>(at, 4);
      const one0 = v128.load_ext<i8>(one);
      const two0 = v128.load_ext<i8>(two);
      const one1 = v128.load_ext<i8>(one, 8);
      const two1 = v128.load_ext<i8>(two, 8);
      sum0 = i32x4.add(sum0, i32x4.dot_i16x8_s(both, v128.shuffle<i16>(one0, two0, 0, 8, 1, 9, 2, 10, 3, 11)));
      sum1 = i32x4.add(sum1, i32x4.dot_i16x8_s(both, v128.shuffle<i16>(one0, two0, 4, 12, 5, 13, 6, 14, 7, 15)));
      sum2 = i32x4.add(sum2, i32x4.dot_i16x8_s(both, v128.shuffle<i16>(one1, two1, 0, 8, 1, 9, 2, 10, 3, 11)));
      sum3 = i32x4.add(sum3, i32x4.dot_i16x8_s(both, v128.shuffle<i16>(one1, two1, 4, 12, 5, 13, 6, 14, 7, 15)));
      factor += 4;
    }
    if (isDithered) {
      const to = gradient + (lane << 2);
      v128.store(to, sum0);
      v128.store(to, sum1, 16);
      v128.store(to, sum2, 32);
      v128.store(to, sum3, 48);
    } else {
      const to = weights + (lane << 1);
      const step0 = decimated(sum0, biases, ifNegative, stepBits);
      const step1 = decimated(sum1, biases, ifNegative, stepBits);
      const step2 = decimated(sum2, biases, ifNegative, stepBits);
      const step3 = decimated(sum3, biases, ifNegative, stepBits);
      const weights0 = storeStepped(to, step0, step1, fieldBits);
      const weights1 = storeStepped(to + 16, step2, step3, fieldBits);
      storeMasks(masks + lane, weights0, weights1);
    }
  }
}

/** The masks of a row of `lanes` weights. */
export function storeRowMasks(masks: usize, weights: usize, lanes: i32): void {
  for (let lane: i32 = 0; lane < lanes; lane += 16) {
    const from = weights + (lane << 1);
    storeMasks(masks + lane, v128.load(from), v128.load(from, 16));
  }
}
