// Twin of ../back-project.ts: sums_i = sum(delta) - 2 sum(delta_j where w_ji < 0).

/** Rows a 16-bit lane may collect: 255 deltas of at most 128 in magnitude. */
const CHUNK: i32 = 255;

export function projectDeltas(sums: usize, weights: usize, rows: i32, length: i32, deltas: usize): void {
  let total: i32 = 0;
  for (let row: i32 = 0; row < rows; row++) total += <i32>load<i8>(deltas + row);
  const all = i32x4.splat(total);
  const stride = <usize>length << 1;
  let i: i32 = 0;
  for (; i + 16 <= length; i += 16) {
    let sum0 = i32x4.splat(0);
    let sum1 = i32x4.splat(0);
    let sum2 = i32x4.splat(0);
    let sum3 = i32x4.splat(0);
    let row: i32 = 0;
    let field = weights + (i << 1);
    while (row < rows) {
      const end = min(rows, row + CHUNK);
      let lanes0 = i16x8.splat(0);
      let lanes1 = i16x8.splat(0);
      for (; row < end; row++) {
        const delta = i16x8.splat(<i16>load<i8>(deltas + row));
        lanes0 = i16x8.add(lanes0, v128.and(delta, i16x8.shr_s(v128.load(field), 15)));
        lanes1 = i16x8.add(lanes1, v128.and(delta, i16x8.shr_s(v128.load(field, 16), 15)));
        field += stride;
      }
      sum0 = i32x4.add(sum0, i32x4.extend_low_i16x8_s(lanes0));
      sum1 = i32x4.add(sum1, i32x4.extend_high_i16x8_s(lanes0));
      sum2 = i32x4.add(sum2, i32x4.extend_low_i16x8_s(lanes1));
      sum3 = i32x4.add(sum3, i32x4.extend_high_i16x8_s(lanes1));
    }
    const to = sums + (i << 2);
    v128.store(to, i32x4.sub(all, i32x4.shl(sum0, 1)));
    v128.store(to, i32x4.sub(all, i32x4.shl(sum1, 1)), 16);
    v128.store(to, i32x4.sub(all, i32x4.shl(sum2, 1)), 32);
    v128.store(to, i32x4.sub(all, i32x4.shl(sum3, 1)), 48);
  }
  for (; i < length; i++) {
    let sum: i32 = 0;
    let field = weights + (i << 1);
    for (let row: i32 = 0; row < rows; row++) {
      sum += <i32>load<i8>(deltas + row) & (<i32>load<i16>(field) >> 15);
      field += stride;
    }
    store<i32>(sums + (i << 2), total - 2 * sum);
  }
}
