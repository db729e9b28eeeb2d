// Twin of the update of the layers behind the first, whose weights lie unit by unit.
import { learnRow, storeRowMasks } from "./learn-row";
import { ditherRow } from "./narrow-row";
import { GRADIENT, scratch } from "./scratch";
import { DITHER, Step } from "./step";

@unmanaged
class UpdateRows {
  kind: u32;
  /** Units. */
  total: u32;
  batch: i32;
  /** i8 [batch][deltaStride] */
  deltas: usize;
  deltaStride: i32;
  /** u8 [units]: 0 where all deltas of a unit are 0. */
  touched: usize;
  /** i8 [batch][stride] */
  inputs: usize;
  stride: i32;
  /** i16 [units][stride], u8 [units][stride] */
  weights: usize;
  masks: usize;
  /** u32 and i16 [units][capacity]: the samples in which a unit's delta is not 0. */
  offsets: usize;
  factors: usize;
  capacity: i32;
  step: Step;
}

/** @returns how many pairs of samples unit `unit` learns from; the last is filled up with a factor of 0. */
function gather(t: UpdateRows, unit: i32, offsets: usize, factors: usize): i32 {
  const batch = t.batch;
  const deltaStride = t.deltaStride;
  const stride = t.stride;
  let count: i32 = 0;
  let from = t.deltas + unit;
  for (let b: i32 = 0; b < batch; b++) {
    const delta = load<i8>(from);
    // Written in any case, and kept if it counts.
    store<u32>(offsets + (count << 2), b * stride);
    store<i16>(factors + (count << 1), delta);
    count += delta != 0 ? 1 : 0;
    from += deltaStride;
  }
  if ((count & 1) != 0) {
    store<u32>(offsets + (count << 2), 0);
    store<i16>(factors + (count << 1), 0);
  }
  return (count + 1) >> 1;
}

export function updateRows(task: usize, first: i32, end: i32): void {
  const t = changetype<UpdateRows>(task);
  const stride = t.stride;
  const capacity = t.capacity;
  const step = t.step;
  const gradient = scratch + GRADIENT;
  for (let unit = first; unit < end; unit++) {
    if (load<u8>(t.touched + unit) == 0) continue;
    const offsets = t.offsets + ((<usize>unit * capacity) << 2);
    const factors = t.factors + ((<usize>unit * capacity) << 1);
    const pairs = gather(t, unit, offsets, factors);
    const row = <usize>unit * stride;
    const weights = t.weights + (row << 1);
    const masks = t.masks + row;
    learnRow(step, t.inputs, offsets, factors, pairs, weights, masks, gradient, stride);
    if (step.narrowing == DITHER) {
      const word = load<i32>(step.words + (unit << 2));
      ditherRow(weights, gradient, stride, step.fieldBits, step.stepBits, word);
      storeRowMasks(masks, weights, stride);
    }
  }
}
