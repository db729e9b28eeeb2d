// Twin of ../signed-dots.ts: z_j = sum(x) - 2 sum(x where w_ji < 0).

/** Bytes of x a 16-bit lane may collect: 127 pairs of at most 2 x 128 in magnitude stay within 16 bits. */
const CHUNK: i32 = 127 * 16;

/** 16 lanes of -1 where the weight is negative: narrowing saturates, so it keeps the sign. */
@inline
function negative(weights: usize): v128 {
  const narrowed = i8x16.narrow_i16x8_s(v128.load(weights), v128.load(weights, 16));
  return i8x16.lt_s(narrowed, i8x16.splat(0));
}

/** Sum of all lanes. */
@inline
export function lanesSum(pairs: v128): i32 {
  const sums = i32x4.extadd_pairwise_i16x8_s(pairs);
  return (
    i32x4.extract_lane(sums, 0) +
    i32x4.extract_lane(sums, 1) +
    i32x4.extract_lane(sums, 2) +
    i32x4.extract_lane(sums, 3)
  );
}

function inputSum(inputs: usize, length: i32): i32 {
  let sum: i32 = 0;
  for (let i: i32 = 0; i < length; i++) sum += <i32>load<i8>(inputs + i);
  return sum;
}

function negatedSum(weights: usize, inputs: usize, length: i32): i32 {
  let sum: i32 = 0;
  let i: i32 = 0;
  const whole = length & ~15;
  while (i < whole) {
    const end = min(whole, i + CHUNK);
    let lanes = i16x8.splat(0);
    for (; i < end; i += 16) {
      const masked = v128.and(v128.load(inputs + i), negative(weights + (i << 1)));
      lanes = i16x8.add(lanes, i16x8.extadd_pairwise_i8x16_s(masked));
    }
    sum += lanesSum(lanes);
  }
  for (; i < length; i++) sum += <i32>load<i8>(inputs + i) & (<i32>load<i16>(weights + (i << 1)) >> 15);
  return sum;
}

function fourRows(weights: usize, inputs: usize, length: i32, total: i32, z: usize): void {
  const stride = <usize>length << 1;
  let sum0: i32 = 0;
  let sum1: i32 = 0;
  let sum2: i32 = 0;
  let sum3: i32 = 0;
  let i: i32 = 0;
  const whole = length & ~15;
  while (i < whole) {
    const end = min(whole, i + CHUNK);
    let lanes0 = i16x8.splat(0);
    let lanes1 = i16x8.splat(0);
    let lanes2 = i16x8.splat(0);
    let lanes3 = i16x8.splat(0);
    for (; i < end; i += 16) {
      const x = v128.load(inputs + i);
      let row = weights + (i << 1);
      lanes0 = i16x8.add(lanes0, i16x8.extadd_pairwise_i8x16_s(v128.and(x, negative(row))));
      row += stride;
      lanes1 = i16x8.add(lanes1, i16x8.extadd_pairwise_i8x16_s(v128.and(x, negative(row))));
      row += stride;
      lanes2 = i16x8.add(lanes2, i16x8.extadd_pairwise_i8x16_s(v128.and(x, negative(row))));
      row += stride;
      lanes3 = i16x8.add(lanes3, i16x8.extadd_pairwise_i8x16_s(v128.and(x, negative(row))));
    }
    sum0 += lanesSum(lanes0);
    sum1 += lanesSum(lanes1);
    sum2 += lanesSum(lanes2);
    sum3 += lanesSum(lanes3);
  }
  for (; i < length; i++) {
    const x = <i32>load<i8>(inputs + i);
    let row = weights + (i << 1);
    sum0 += x & (<i32>load<i16>(row) >> 15);
    row += stride;
    sum1 += x & (<i32>load<i16>(row) >> 15);
    row += stride;
    sum2 += x & (<i32>load<i16>(row) >> 15);
    row += stride;
    sum3 += x & (<i32>load<i16>(row) >> 15);
  }
  store<i32>(z, total - 2 * sum0);
  store<i32>(z, total - 2 * sum1, 4);
  store<i32>(z, total - 2 * sum2, 8);
  store<i32>(z, total - 2 * sum3, 12);
}

export function signedDots(weights: usize, rows: i32, inputs: usize, length: i32, z: usize): void {
  const total = inputSum(inputs, length);
  const stride = <usize>length << 1;
  let row: i32 = 0;
  for (; row + 4 <= rows; row += 4) {
    fourRows(weights, inputs, length, total, z);
    weights += stride << 2;
    z += 16;
  }
  for (; row < rows; row++) {
    store<i32>(z, total - 2 * negatedSum(weights, inputs, length));
    weights += stride;
    z += 4;
  }
}
