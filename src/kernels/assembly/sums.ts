/** Lanes of a block. */
const BLOCK: i32 = 16;

@unmanaged
class SumDeltas {
  kind: u32;
  /** Blocks of 16 lanes. */
  total: u32;
  /** i8 [batch][stride] */
  deltas: usize;
  stride: i32;
  batch: i32;
  /** i32 [stride]: `factor` times the sum of a unit's deltas over the batch. */
  sums: usize;
  factor: i32;
  /** u8 [stride]: not 0 where a sample of the batch has a delta other than 0. */
  touched: usize;
}

/** Samples a 16-bit lane may collect: 255 deltas of at most 128 in magnitude. */
const SAMPLES: i32 = 255;

export function sumDeltas(task: usize, first: i32, end: i32): void {
  const t = changetype<SumDeltas>(task);
  const stride = t.stride;
  const batch = t.batch;
  const factor = i32x4.splat(t.factor);
  for (let block = first * BLOCK; block < end * BLOCK; block += BLOCK) {
    let any = i8x16.splat(0);
    let sum0 = i32x4.splat(0);
    let sum1 = i32x4.splat(0);
    let sum2 = i32x4.splat(0);
    let sum3 = i32x4.splat(0);
    let from = t.deltas + block;
    for (let b: i32 = 0; b < batch; ) {
      const stop = min(batch, b + SAMPLES);
      let lanes0 = i16x8.splat(0);
      let lanes1 = i16x8.splat(0);
      for (; b < stop; b++) {
        const delta = v128.load(from);
        any = v128.or(any, delta);
        lanes0 = i16x8.add(lanes0, i16x8.extend_low_i8x16_s(delta));
        lanes1 = i16x8.add(lanes1, i16x8.extend_high_i8x16_s(delta));
        from += stride;
      }
      sum0 = i32x4.add(sum0, i32x4.extend_low_i16x8_s(lanes0));
      sum1 = i32x4.add(sum1, i32x4.extend_high_i16x8_s(lanes0));
      sum2 = i32x4.add(sum2, i32x4.extend_low_i16x8_s(lanes1));
      sum3 = i32x4.add(sum3, i32x4.extend_high_i16x8_s(lanes1));
    }
    v128.store(t.touched + block, any);
    const to = t.sums + (block << 2);
    v128.store(to, i32x4.mul(sum0, factor));
    v128.store(to, i32x4.mul(sum1, factor), 16);
    v128.store(to, i32x4.mul(sum2, factor), 32);
    v128.store(to, i32x4.mul(sum3, factor), 48);
  }
}

@unmanaged
class SignCounts {
  kind: u32;
  /** Blocks of 16 lanes. */
  total: u32;
  /** u8 [inputs][stride]: 0xff where a weight is negative. */
  masks: usize;
  stride: i32;
  inputs: i32;
  /** i32 [stride]: `factor` times a unit's negative weights. */
  counts: usize;
  factor: i32;
}

/** Inputs an 8-bit lane may count. */
const INPUTS: i32 = 255;

export function signCounts(task: usize, first: i32, end: i32): void {
  const t = changetype<SignCounts>(task);
  let block = first;
  // Four blocks are a line of memory.
  for (; block + 4 <= end; block += 4) countFourBlocks(t, block * BLOCK);
  for (; block < end; block++) countBlock(t, block * BLOCK);
}

@inline
function storeCounts(t: SignCounts, lane: i32, low: v128, high: v128): void {
  const factor = i32x4.splat(t.factor);
  const to = t.counts + (lane << 2);
  v128.store(to, i32x4.mul(i32x4.extend_low_i16x8_u(low), factor));
  v128.store(to, i32x4.mul(i32x4.extend_high_i16x8_u(low), factor), 16);
  v128.store(to, i32x4.mul(i32x4.extend_low_i16x8_u(high), factor), 32);
  v128.store(to, i32x4.mul(i32x4.extend_high_i16x8_u(high), factor), 48);
}

// Up to 65,535 inputs fit the 16-bit lanes of the sums below.

function countFourBlocks(t: SignCounts, lane: i32): void {
  const stride = t.stride;
  const inputs = t.inputs;
  let low0 = i16x8.splat(0);
  let low1 = i16x8.splat(0);
  let low2 = i16x8.splat(0);
  let low3 = i16x8.splat(0);
  let high0 = i16x8.splat(0);
  let high1 = i16x8.splat(0);
  let high2 = i16x8.splat(0);
  let high3 = i16x8.splat(0);
  let mask = t.masks + lane;
  for (let i: i32 = 0; i < inputs; ) {
    const stop = min(inputs, i + INPUTS);
    let lanes0 = i8x16.splat(0);
    let lanes1 = i8x16.splat(0);
    let lanes2 = i8x16.splat(0);
    let lanes3 = i8x16.splat(0);
    for (; i < stop; i++) {
      lanes0 = i8x16.sub(lanes0, v128.load(mask));
      lanes1 = i8x16.sub(lanes1, v128.load(mask, 16));
      lanes2 = i8x16.sub(lanes2, v128.load(mask, 32));
      lanes3 = i8x16.sub(lanes3, v128.load(mask, 48));
      mask += stride;
    }
    low0 = i16x8.add(low0, i16x8.extend_low_i8x16_u(lanes0));
    low1 = i16x8.add(low1, i16x8.extend_low_i8x16_u(lanes1));
    low2 = i16x8.add(low2, i16x8.extend_low_i8x16_u(lanes2));
    low3 = i16x8.add(low3, i16x8.extend_low_i8x16_u(lanes3));
    high0 = i16x8.add(high0, i16x8.extend_high_i8x16_u(lanes0));
    high1 = i16x8.add(high1, i16x8.extend_high_i8x16_u(lanes1));
    high2 = i16x8.add(high2, i16x8.extend_high_i8x16_u(lanes2));
    high3 = i16x8.add(high3, i16x8.extend_high_i8x16_u(lanes3));
  }
  storeCounts(t, lane, low0, high0);
  storeCounts(t, lane + 16, low1, high1);
  storeCounts(t, lane + 32, low2, high2);
  storeCounts(t, lane + 48, low3, high3);
}

function countBlock(t: SignCounts, lane: i32): void {
  const stride = t.stride;
  const inputs = t.inputs;
  let low = i16x8.splat(0);
  let high = i16x8.splat(0);
  let mask = t.masks + lane;
  for (let i: i32 = 0; i < inputs; ) {
    const stop = min(inputs, i + INPUTS);
    let lanes = i8x16.splat(0);
    for (; i < stop; i++) {
      lanes = i8x16.sub(lanes, v128.load(mask));
      mask += stride;
    }
    low = i16x8.add(low, i16x8.extend_low_i8x16_u(lanes));
    high = i16x8.add(high, i16x8.extend_high_i8x16_u(lanes));
  }
  storeCounts(t, lane, low, high);
}
