// Twin of ../signed-dots.ts for the layers behind the first, whose inputs are activations:
// z_j = sum(a) - 2 sum(a_i where w_ji < 0).
import { storeActivations } from "./activation";
import { Samples, sampleOf } from "./batch";
import { scratch } from "./scratch";
import { lanesSum } from "./signed-dots";

@unmanaged
class ForwardLayer {
  kind: u32;
  total: u32;
  samples: Samples;
  /** i8 [batch][stride]; the padding is 0. */
  inputs: usize;
  /** u8 [rows][stride]: 0xff where a weight is negative. */
  masks: usize;
  stride: i32;
  rows: i32;
  /** i32 [batch][rows rounded up]: z; of the output layer with the frozen columns' logits added. */
  z: usize;
  zStride: i32;
  /** i8 [batch][zStride]; 0 for the output layer. */
  activations: usize;
  shift: i32;
}

/** Bytes a 16-bit lane may collect: 127 pairs of at most 2 x 128 in magnitude stay within 16 bits. */
const CHUNK: i32 = 127 * 16;

@inline
function masked(x: v128, row: usize): v128 {
  return i16x8.extadd_pairwise_i8x16_s(v128.and(x, v128.load(row)));
}

function fourRows(inputs: usize, masks: usize, stride: i32, z: usize, total: i32): void {
  let sum0: i32 = 0;
  let sum1: i32 = 0;
  let sum2: i32 = 0;
  let sum3: i32 = 0;
  let i: i32 = 0;
  while (i < stride) {
    const stop = min(stride, i + CHUNK);
    let lanes0 = i16x8.splat(0);
    let lanes1 = i16x8.splat(0);
    let lanes2 = i16x8.splat(0);
    let lanes3 = i16x8.splat(0);
    for (; i < stop; i += 16) {
      const x = v128.load(inputs + i);
      const row = masks + i;
      lanes0 = i16x8.add(lanes0, masked(x, row));
      lanes1 = i16x8.add(lanes1, masked(x, row + stride));
      lanes2 = i16x8.add(lanes2, masked(x, row + 2 * stride));
      lanes3 = i16x8.add(lanes3, masked(x, row + 3 * stride));
    }
    sum0 += lanesSum(lanes0);
    sum1 += lanesSum(lanes1);
    sum2 += lanesSum(lanes2);
    sum3 += lanesSum(lanes3);
  }
  store<i32>(z, total - 2 * sum0);
  store<i32>(z, total - 2 * sum1, 4);
  store<i32>(z, total - 2 * sum2, 8);
  store<i32>(z, total - 2 * sum3, 12);
}

function oneRow(inputs: usize, masks: usize, stride: i32): i32 {
  let sum: i32 = 0;
  let i: i32 = 0;
  while (i < stride) {
    const stop = min(stride, i + CHUNK);
    let lanes = i16x8.splat(0);
    for (; i < stop; i += 16) lanes = i16x8.add(lanes, masked(v128.load(inputs + i), masks + i));
    sum += lanesSum(lanes);
  }
  return sum;
}

function inputSum(inputs: usize, stride: i32): i32 {
  let sums = i32x4.splat(0);
  for (let i: i32 = 0; i < stride; i += 16) {
    const pairs = i16x8.extadd_pairwise_i8x16_s(v128.load(inputs + i));
    sums = i32x4.add(sums, i32x4.extadd_pairwise_i16x8_s(pairs));
  }
  return (
    i32x4.extract_lane(sums, 0) +
    i32x4.extract_lane(sums, 1) +
    i32x4.extract_lane(sums, 2) +
    i32x4.extract_lane(sums, 3)
  );
}

export function forwardLayer(task: usize, first: i32, end: i32): void {
  const t = changetype<ForwardLayer>(task);
  const stride = t.stride;
  const rows = t.rows;
  const zStride = t.zStride;
  const activations = t.activations;
  if (activations == 0) fetchFrozen(t.samples, first, end, rows);
  for (let b = first; b < end; b++) {
    const inputs = t.inputs + <usize>b * stride;
    const z = t.z + ((<usize>b * zStride) << 2);
    const total = inputSum(inputs, stride);
    let masks = t.masks;
    let row: i32 = 0;
    for (; row + 4 <= rows; row += 4) {
      fourRows(inputs, masks, stride, z + (row << 2), total);
      masks += <usize>stride << 2;
    }
    for (; row < rows; row++) {
      store<i32>(z + (row << 2), total - 2 * oneRow(inputs, masks, stride));
      masks += stride;
    }
    if (activations == 0) addFrozen(t.samples, b, z, rows);
    else activate(z, activations + <usize>b * zStride, zStride, rows, t.shift);
  }
}

/** Brings what {@link addFrozen} reads into the caches: read one by one, each would wait for memory. */
function fetchFrozen(samples: Samples, first: i32, end: i32, classes: i32): void {
  let fetched: u32 = 0;
  for (let b = first; b < end; b++) {
    const frozen = samples.frozenLogits + ((<usize>sampleOf(samples, b) * classes) << 2);
    fetched += load<u8>(frozen) + load<u8>(frozen + (classes << 2) - 1);
  }
  store<u32>(scratch, fetched);
}

function addFrozen(samples: Samples, b: i32, z: usize, classes: i32): void {
  const frozen = samples.frozenLogits + ((<usize>sampleOf(samples, b) * classes) << 2);
  for (let c: i32 = 0; c < classes; c++) {
    const at = z + (c << 2);
    store<i32>(at, load<i32>(at) + load<i32>(frozen + (c << 2)));
  }
}

function activate(z: usize, to: usize, zStride: i32, rows: i32, shift: i32): void {
  for (let j: i32 = 0; j < zStride; j += 16) {
    const from = z + (j << 2);
    const z0 = v128.load(from);
    const z1 = v128.load(from, 16);
    const z2 = v128.load(from, 32);
    storeActivations(to + j, z0, z1, z2, v128.load(from, 48), shift, rows - j);
  }
}
