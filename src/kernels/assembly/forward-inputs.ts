// Twin of ../signed-dots.ts and ../hidden-activation.ts for the first layer. Most inputs are background, so only the
// others are visited: with x_i = background + d_i and m_i = 1 where w_i < 0,
// z = sum(x) - 2 (background sum(m_i) + sum(d_i m_i)), exactly.
import { storeActivations } from "./activation";
import { Samples, sampleOf } from "./batch";
import { scratch } from "./scratch";

@unmanaged
class ForwardInputs {
  kind: u32;
  total: u32;
  samples: Samples;
  /** u8 [inputs][stride]: 0xff where the weight from an input into a unit is negative. */
  masks: usize;
  /** Units, rounded up to whole vectors. */
  stride: i32;
  units: i32;
  /** i32 [stride]: 2 background sum(m_i). */
  offsets: usize;
  shift: i32;
  /** i32 [batch][stride]: sum(d_i m_i). */
  sums: usize;
  /** i8 [batch][stride] */
  activations: usize;
}

/** Entries a 16-bit lane may collect: 256 of at most 255 stay within 16 bits. */
const CHUNK: u32 = 256;

/**
 * Sixteen units, two a 16-bit lane. `both` collects lower + 256 upper modulo 2^16, and `upper` the upper ones alone.
 * Neither sum reaches 2^16, so that both - 256 upper, modulo 2^16, is the lower one.
 */
@inline
function storeSums(to: usize, both: v128, upper: v128, isFirst: bool): void {
  const lower = i16x8.sub(both, i16x8.shl(upper, 8));
  const low = v128.shuffle<i16>(lower, upper, 0, 8, 1, 9, 2, 10, 3, 11);
  const high = v128.shuffle<i16>(lower, upper, 4, 12, 5, 13, 6, 14, 7, 15);
  let s0 = i32x4.extend_low_i16x8_u(low);
  let s1 = i32x4.extend_high_i16x8_u(low);
  let s2 = i32x4.extend_low_i16x8_u(high);
  let s3 = i32x4.extend_high_i16x8_u(high);
  if (!isFirst) {
    s0 = i32x4.add(s0, v128.load(to));
    s1 = i32x4.add(s1, v128.load(to, 16));
    s2 = i32x4.add(s2, v128.load(to, 32));
    s3 = i32x4.add(s3, v128.load(to, 48));
  }
  v128.store(to, s0);
  v128.store(to, s1, 16);
  v128.store(to, s2, 32);
  v128.store(to, s3, 48);
}

/** The first `units` of 64 units; what is read of the others, behind a row's end, is not stored. */
function sum64(
  masks: usize,
  stride: usize,
  indices: usize,
  values: usize,
  count: u32,
  to: usize,
  units: i32,
): void {
  let k: u32 = 0;
  do {
    const stop = min(count, k + CHUNK);
    const isFirst = k == 0;
    let both0 = i16x8.splat(0);
    let both1 = i16x8.splat(0);
    let both2 = i16x8.splat(0);
    let both3 = i16x8.splat(0);
    let upper0 = i16x8.splat(0);
    let upper1 = i16x8.splat(0);
    let upper2 = i16x8.splat(0);
    let upper3 = i16x8.splat(0);
    for (; k < stop; k++) {
      const row = masks + <usize>load<u16>(indices + (k << 1)) * stride;
      const d = v128.load_splat<u8>(values + k);
      const m0 = v128.and(d, v128.load(row));
      const m1 = v128.and(d, v128.load(row, 16));
      const m2 = v128.and(d, v128.load(row, 32));
      const m3 = v128.and(d, v128.load(row, 48));
      both0 = i16x8.add(both0, m0);
      both1 = i16x8.add(both1, m1);
      both2 = i16x8.add(both2, m2);
      both3 = i16x8.add(both3, m3);
      upper0 = i16x8.add(upper0, i16x8.shr_u(m0, 8));
      upper1 = i16x8.add(upper1, i16x8.shr_u(m1, 8));
      upper2 = i16x8.add(upper2, i16x8.shr_u(m2, 8));
      upper3 = i16x8.add(upper3, i16x8.shr_u(m3, 8));
    }
    storeSums(to, both0, upper0, isFirst);
    storeSums(to + 64, both1, upper1, isFirst);
    if (units > 32) storeSums(to + 128, both2, upper2, isFirst);
    if (units > 48) storeSums(to + 192, both3, upper3, isFirst);
  } while (k < count);
}

function sum16(masks: usize, stride: usize, indices: usize, values: usize, count: u32, to: usize): void {
  let k: u32 = 0;
  do {
    const stop = min(count, k + CHUNK);
    const isFirst = k == 0;
    let both = i16x8.splat(0);
    let upper = i16x8.splat(0);
    for (; k < stop; k++) {
      const row = masks + <usize>load<u16>(indices + (k << 1)) * stride;
      const masked = v128.and(v128.load_splat<u8>(values + k), v128.load(row));
      both = i16x8.add(both, masked);
      upper = i16x8.add(upper, i16x8.shr_u(masked, 8));
    }
    storeSums(to, both, upper, isFirst);
  } while (k < count);
}

/** Bytes that come from memory at once. */
const LINE: usize = 64;

/** Samples fetched together: those of MNIST have 30 kB of entries, which fit the second cache beside all else. */
const FETCHED: i32 = 64;

/**
 * Reads a byte of each line of the entries of samples first .. end - 1. Samples are learned in random order, so that
 * no hardware foresees where the next one is; in a loop that does nothing else many lines are on their way at once.
 */
function fetchEntries(samples: Samples, first: i32, end: i32): void {
  let fetched: u32 = 0;
  for (let b = first; b < end; b++) {
    const start = samples.starts + (sampleOf(samples, b) << 2);
    const from = <usize>load<u32>(start);
    const to = <usize>load<u32>(start, 4);
    const indicesEnd = samples.indices + (to << 1);
    for (let at = samples.indices + (from << 1); at < indicesEnd; at += LINE) fetched += load<u8>(at);
    const valuesEnd = samples.values + to;
    for (let at = samples.values + from; at < valuesEnd; at += LINE) fetched += load<u8>(at);
  }
  // Of no use, but what is never stored need not be read.
  store<u32>(scratch, fetched);
}

export function forwardInputs(task: usize, first: i32, end: i32): void {
  const t = changetype<ForwardInputs>(task);
  for (let b = first; b < end; b += FETCHED) {
    const stop = min(b + FETCHED, end);
    fetchEntries(t.samples, b, stop);
    forwardSamples(t, b, stop);
  }
}

function forwardSamples(t: ForwardInputs, first: i32, end: i32): void {
  const samples = t.samples;
  const stride = t.stride;
  // A block of units for all samples, then the next: a block's masks stay in the nearest cache.
  for (let block: i32 = 0; block < stride; ) {
    const left = stride - block;
    for (let b = first; b < end; b++) {
      const start = samples.starts + (sampleOf(samples, b) << 2);
      const from = load<u32>(start);
      const count = load<u32>(start, 4) - from;
      const indices = samples.indices + (<usize>from << 1);
      const values = samples.values + <usize>from;
      const to = t.sums + ((<usize>b * stride + block) << 2);
      if (left > 16) sum64(t.masks + block, stride, indices, values, count, to, left);
      else sum16(t.masks + block, stride, indices, values, count, to);
    }
    block += left > 16 ? 64 : 16;
  }
  for (let b = first; b < end; b++) activate(t, b);
}

function activate(t: ForwardInputs, b: i32): void {
  const stride = t.stride;
  const units = t.units;
  const shift = t.shift;
  const offsets = t.offsets;
  const total = i32x4.splat(load<i32>(t.samples.sums + (sampleOf(t.samples, b) << 2)));
  const sums = t.sums + ((<usize>b * stride) << 2);
  const activations = t.activations + <usize>b * stride;
  for (let j: i32 = 0; j < stride; j += 16) {
    const from = sums + (j << 2);
    const offset = offsets + (j << 2);
    const z0 = i32x4.sub(i32x4.sub(total, v128.load(offset)), i32x4.shl(v128.load(from), 1));
    const z1 = i32x4.sub(i32x4.sub(total, v128.load(offset, 16)), i32x4.shl(v128.load(from, 16), 1));
    const z2 = i32x4.sub(i32x4.sub(total, v128.load(offset, 32)), i32x4.shl(v128.load(from, 32), 1));
    const z3 = i32x4.sub(i32x4.sub(total, v128.load(offset, 48)), i32x4.shl(v128.load(from, 48), 1));
    storeActivations(activations + j, z0, z1, z2, z3, shift, units - j);
  }
}
