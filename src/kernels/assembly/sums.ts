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
