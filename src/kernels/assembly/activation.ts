// Twin of ../hidden-activation.ts.

const LIMIT: i8 = 110;

/** 293 x 32: (9376 q + 2^14) >> 15 equals (293 q + 512) >> 10, a rounding multiplication of 16-bit lanes. */
const SLOPE: i16 = 9376;

@inline
function eight(z0: v128, z1: v128, shift: i32): v128 {
  // Narrowing saturates at 16 bits, which the clamp to 12 does not notice.
  const q = i16x8.narrow_i32x4_s(i32x4.shr_s(z0, shift - 2), i32x4.shr_s(z1, shift - 2));
  const clamped = i16x8.max_s(i16x8.min_s(q, i16x8.splat(2047)), i16x8.splat(-2048));
  return i16x8.q15mulr_sat_s(clamped, i16x8.splat(SLOPE));
}

/** Activations of 16 units; those from `units` on, in the padding, are 0. */
@inline
export function storeActivations(
  to: usize,
  z0: v128,
  z1: v128,
  z2: v128,
  z3: v128,
  shift: i32,
  units: i32,
): void {
  const a = i8x16.narrow_i16x8_s(eight(z0, z1, shift), eight(z2, z3, shift));
  const clamped = i8x16.max_s(i8x16.min_s(a, i8x16.splat(LIMIT)), i8x16.splat(-LIMIT));
  v128.store(to, v128.and(clamped, firstLanes(units)));
}

/** Ones in the first `units` of 16 lanes, or in all. */
@inline
export function firstLanes(units: i32): v128 {
  const numbers = i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  return i8x16.lt_s(numbers, i8x16.splat(<i8>min(units, 16)));
}
