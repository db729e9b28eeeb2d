// Twin of ../back-project.ts and ../hidden-delta.ts: D_i = sum(delta) - 2 sum(delta_j where w_ji < 0).
import { firstLanes } from "./activation";

@unmanaged
class HiddenDeltas {
  kind: u32;
  total: u32;
  /** i8 [batch][aboveStride]: deltas of the layer above, and u8 [batch] which samples have any. */
  above: usize;
  aboveStride: i32;
  aliveAbove: usize;
  /** u8 [rows][stride]: masks of the layer above. */
  masks: usize;
  rows: i32;
  /** Units of this layer, and rounded up. */
  units: i32;
  stride: i32;
  /** i8 [batch][stride] */
  activations: usize;
  deltas: usize;
  shift: i32;
  /** u8 [batch]: the largest magnitude of a sample's deltas. */
  alive: usize;
  /** i32 to which samples that are not alive are added. */
  dead: usize;
}

/** Rows a 16-bit lane may collect: 255 deltas of at most 128 in magnitude. */
const CHUNK: i32 = 255;

const SATURATED: i8 = 109;
const SLOPE: i32 = 73;

@inline
function rounded(sum: v128, total: v128, half: v128, shift: i32): v128 {
  const projected = i32x4.sub(total, i32x4.shl(sum, 1));
  return i32x4.shr_s(i32x4.add(i32x4.mul(projected, i32x4.splat(SLOPE)), half), shift);
}

export function hiddenDeltas(task: usize, first: i32, end: i32): void {
  const t = changetype<HiddenDeltas>(task);
  const stride = t.stride;
  let dead: i32 = 0;
  for (let b = first; b < end; b++) {
    const deltas = t.deltas + <usize>b * stride;
    let largest: i32 = 0;
    if (load<u8>(t.aliveAbove + b) != 0) largest = project(t, t.above + <usize>b * t.aboveStride, b, deltas);
    else memory.fill(deltas, 0, stride);
    store<u8>(t.alive + b, largest);
    if (largest == 0) dead++;
  }
  atomic.add<i32>(t.dead, dead);
}

/** @returns the largest magnitude of the deltas */
function project(t: HiddenDeltas, above: usize, b: i32, deltas: usize): i32 {
  const rows = t.rows;
  const stride = t.stride;
  const units = t.units;
  const shift = t.shift;
  const activations = t.activations + <usize>b * stride;
  let all: i32 = 0;
  for (let row: i32 = 0; row < rows; row++) all += <i32>load<i8>(above + row);
  const total = i32x4.splat(all);
  const half = i32x4.splat(1 << (shift - 1));
  let largest = i8x16.splat(0);
  for (let i: i32 = 0; i < stride; i += 16) {
    let sum0 = i32x4.splat(0);
    let sum1 = i32x4.splat(0);
    let sum2 = i32x4.splat(0);
    let sum3 = i32x4.splat(0);
    let mask = t.masks + i;
    for (let row: i32 = 0; row < rows; ) {
      const stop = min(rows, row + CHUNK);
      let lanes0 = i16x8.splat(0);
      let lanes1 = i16x8.splat(0);
      for (; row < stop; row++) {
        const delta = i16x8.splat(<i16>load<i8>(above + row));
        lanes0 = i16x8.add(lanes0, v128.and(delta, v128.load_ext<i8>(mask)));
        lanes1 = i16x8.add(lanes1, v128.and(delta, v128.load_ext<i8>(mask, 8)));
        mask += stride;
      }
      sum0 = i32x4.add(sum0, i32x4.extend_low_i16x8_s(lanes0));
      sum1 = i32x4.add(sum1, i32x4.extend_high_i16x8_s(lanes0));
      sum2 = i32x4.add(sum2, i32x4.extend_low_i16x8_s(lanes1));
      sum3 = i32x4.add(sum3, i32x4.extend_high_i16x8_s(lanes1));
    }
    // Narrowing twice saturates at 8 bits, which is the clamp.
    const low = i16x8.narrow_i32x4_s(rounded(sum0, total, half, shift), rounded(sum1, total, half, shift));
    const high = i16x8.narrow_i32x4_s(rounded(sum2, total, half, shift), rounded(sum3, total, half, shift));
    const unsaturated = i8x16.lt_s(i8x16.abs(v128.load(activations + i)), i8x16.splat(SATURATED));
    const kept = v128.and(unsaturated, firstLanes(units - i));
    const delta = v128.and(i8x16.narrow_i16x8_s(low, high), kept);
    v128.store(deltas + i, delta);
    // The magnitude of -128 is right as an unsigned byte.
    largest = i8x16.max_u(largest, i8x16.abs(delta));
  }
  return largestLane(largest);
}

/** The largest of 16 unsigned bytes. */
@inline
function largestLane(x: v128): i32 {
  let lanes = i8x16.max_u(x, v128.shuffle<i64>(x, x, 1, 0));
  lanes = i8x16.max_u(lanes, v128.shuffle<i32>(lanes, lanes, 1, 0, 3, 2));
  lanes = i8x16.max_u(lanes, v128.shuffle<i16>(lanes, lanes, 1, 0, 3, 2, 5, 4, 7, 6));
  const pair = <u32>i16x8.extract_lane_u(lanes, 0);
  return max(pair & 0xff, pair >> 8);
}
