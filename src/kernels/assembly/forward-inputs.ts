// Twin of ../signed-dots.ts and ../hidden-activation.ts for the first layer. Most inputs are background, so only the
// others are visited: with x_i = background + d_i and m_i = 1 where w_i < 0,
// z = sum(x) - 2 (background sum(m_i) + sum(d_i m_i)), exactly.
import { storeActivations } from "./activation";
import { FETCHED, fetchLines, Samples, sampleOf } from "./batch";
import { BLOCK_UNITS, COUNTING_ROOM, countBits, PLANES } from "./bit-sums";
import { scratch } from "./scratch";
import { transposeBits } from "./transpose-bits";

@unmanaged
class ForwardInputs {
  kind: u32;
  total: u32;
  samples: Samples;
  /** v128 [blocks][inputs + 1]: ones where the weight from an input into a unit is negative; none in the last row. */
  masks: usize;
  /** Bytes of a block of masks, of 128 units. */
  maskBlock: i32;
  /** Units, rounded up to whole vectors of bytes. */
  stride: i32;
  units: i32;
  /** i32 [stride]: 2 background sum(m_i). */
  offsets: usize;
  shift: i32;
  /** i32 [batch][stride]: sum(d_i m_i), and what complements of masks add (../../rbnn/digit-lists.ts). */
  sums: usize;
  /** i8 [batch][stride] */
  activations: usize;
}

/** Adds up the lists from `at` to `end`, of which there is at least one, for `units` units, a multiple of 16. */
function sumLists(at: usize, end: usize, masks: usize, sums: usize, units: i32): void {
  const bits = scratch + COUNTING_ROOM;
  const low = bits + 16 * PLANES;
  const high = low + BLOCK_UNITS;
  let isFirst = true;
  do {
    at = countBits(at, masks, bits, scratch);
    transposeBits(bits, low);
    transposeBits(bits + 128, high);
    for (let unit: i32 = 0; unit < units; unit += 16) {
      const a = v128.load(low + unit);
      const b = v128.load(high + unit);
      const first = v128.shuffle<u8>(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
      const second = v128.shuffle<u8>(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
      let s0 = i32x4.extend_low_i16x8_u(first);
      let s1 = i32x4.extend_high_i16x8_u(first);
      let s2 = i32x4.extend_low_i16x8_u(second);
      let s3 = i32x4.extend_high_i16x8_u(second);
      const to = sums + (unit << 2);
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
    isFirst = false;
  } while (at < end);
}

/**
 * Brings the lists of samples first .. end - 1 into the caches. First where they begin: loops that end where memory
 * has not yet said would wait for it, one after the other.
 */
function fetchLists(samples: Samples, first: i32, end: i32): void {
  let fetched: u32 = 0;
  for (let b = first; b < end; b++) {
    const sample = <usize>sampleOf(samples, b);
    fetched += load<u32>(samples.listStarts + (sample << 2)) + load<u32>(samples.sums + (sample << 2));
  }
  for (let b = first; b < end; b++) {
    const start = samples.listStarts + (sampleOf(samples, b) << 2);
    const from = samples.lists + (<usize>load<u32>(start) << 1);
    fetched += fetchLines(from, samples.lists + (<usize>load<u32>(start, 4) << 1));
  }
  store<u32>(scratch, fetched);
}

export function forwardInputs(task: usize, first: i32, end: i32): void {
  const t = changetype<ForwardInputs>(task);
  for (let b = first; b < end; b += FETCHED) {
    const stop = min(b + FETCHED, end);
    fetchLists(t.samples, b, stop);
    forwardSamples(t, b, stop);
  }
}

function forwardSamples(t: ForwardInputs, first: i32, end: i32): void {
  const samples = t.samples;
  const stride = t.stride;
  const lists = samples.lists;
  let masks = t.masks;
  // A block of units for all samples, then the next: a block's masks stay in the nearest cache.
  for (let unit: i32 = 0; unit < stride; unit += BLOCK_UNITS) {
    const units = min(BLOCK_UNITS, stride - unit);
    for (let b = first; b < end; b++) {
      const start = samples.listStarts + (sampleOf(samples, b) << 2);
      const at = lists + (<usize>load<u32>(start) << 1);
      const stop = lists + (<usize>load<u32>(start, 4) << 1);
      sumLists(at, stop, masks, t.sums + ((<usize>b * stride + unit) << 2), units);
    }
    masks += t.maskBlock;
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

@unmanaged
class SignCounts {
  kind: u32;
  /** Blocks of 128 units. */
  total: u32;
  /** As those of {@link ForwardInputs}. */
  masks: usize;
  maskBlock: i32;
  stride: i32;
  /** i32 [stride]: `factor` times a unit's negative weights. */
  counts: usize;
  factor: i32;
  /** Lists that have every input once, with 1: from here to there. */
  lists: usize;
  listsEnd: usize;
}

export function signCounts(task: usize, first: i32, end: i32): void {
  const t = changetype<SignCounts>(task);
  const factor = i32x4.splat(t.factor);
  for (let block = first; block < end; block++) {
    const unit = block * BLOCK_UNITS;
    const units = min(BLOCK_UNITS, t.stride - unit);
    const counts = t.counts + (unit << 2);
    sumLists(t.lists, t.listsEnd, t.masks + block * t.maskBlock, counts, units);
    for (let at = counts; at < counts + (units << 2); at += 16) v128.store(at, i32x4.mul(v128.load(at), factor));
  }
}
