// Twin of the update of the first layer. Its weights lie input by input, so that one input's row is updated by the
// samples in which that input is not background: with x = background + d,
// sum over the batch of delta x = background sum(delta) + sum(delta d), exactly.
import { Samples, sampleOf } from "./batch";
import { learnRow, storeRowMasks } from "./learn-row";
import { ditherLanes } from "./narrow-row";
import { scratch } from "./scratch";
import { DITHER, Step } from "./step";

@unmanaged
class UpdateInputs {
  kind: u32;
  /** Inputs. */
  total: u32;
  samples: Samples;
  batch: i32;
  /** i8 [batch][stride], and u8 [batch] which samples have any but 0. */
  deltas: usize;
  alive: usize;
  stride: i32;
  /** i32 [stride]: background times the sum of a unit's deltas. */
  start: usize;
  /** i16 [inputs][stride], u8 [inputs][stride] */
  weights: usize;
  masks: usize;
  /** u32 [inputs]; u32 and i16 [inputs][capacity]: the samples in which an input is not background. */
  counts: usize;
  offsets: usize;
  factors: usize;
  /** Entries that a row has room for: the samples of a batch and one more, rounded up to pairs. */
  capacity: i32;
  step: Step;
}

/** The entry of a sample from which on its inputs are at least `input`. */
function entryOf(indices: usize, from: u32, to: u32, input: u32): u32 {
  while (from < to) {
    const middle = (from + to) >> 1;
    if (load<u16>(indices + (<usize>middle << 1)) < input) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** Sorts the entries of the batch by input, for inputs first .. end - 1. */
function gather(t: UpdateInputs, first: i32, end: i32): void {
  const samples = t.samples;
  const batch = t.batch;
  const stride = t.stride;
  const capacity = t.capacity;
  const counts = t.counts;
  const offsets = t.offsets;
  const factors = t.factors;
  const indices = samples.indices;
  const values = samples.values;
  memory.fill(counts + (<usize>first << 2), 0, (end - first) << 2);
  for (let b: i32 = 0; b < batch; b++) {
    if (load<u8>(t.alive + b) == 0) continue;
    const start = samples.starts + (sampleOf(samples, b) << 2);
    const stop = load<u32>(start, 4);
    let k = load<u32>(start);
    if (first > 0) k = entryOf(indices, k, stop, first);
    const offset = b * stride;
    for (; k < stop; k++) {
      const input = <usize>load<u16>(indices + (<usize>k << 1));
      if (<i32>input >= end) break;
      const count = load<u32>(counts + (input << 2));
      const slot = input * capacity + count;
      store<u32>(offsets + (slot << 2), offset);
      store<i16>(factors + (slot << 1), <i16>load<u8>(values + k));
      store<u32>(counts + (input << 2), count + 1);
    }
  }
}

export function updateInputs(task: usize, first: i32, end: i32): void {
  const t = changetype<UpdateInputs>(task);
  const stride = t.stride;
  const capacity = t.capacity;
  const step = t.step;
  const gradient = scratch;
  gather(t, first, end);
  for (let input = first; input < end; input++) {
    const count = load<u32>(t.counts + (<usize>input << 2));
    const offsets = t.offsets + ((<usize>input * capacity) << 2);
    const factors = t.factors + ((<usize>input * capacity) << 1);
    if ((count & 1) != 0) {
      store<u32>(offsets + (count << 2), 0);
      store<i16>(factors + (count << 1), 0);
    }
    const row = <usize>input * stride;
    const weights = t.weights + (row << 1);
    const masks = t.masks + row;
    const pairs = (count + 1) >> 1;
    learnRow(step, t.start, t.deltas, offsets, factors, pairs, weights, masks, gradient, stride);
    if (step.narrowing == DITHER) {
      ditherLanes(weights, gradient, stride, step.fieldBits, step.stepBits, step.words, input);
      storeRowMasks(masks, weights, stride);
    }
  }
}
