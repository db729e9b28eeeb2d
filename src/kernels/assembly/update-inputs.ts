// Twin of the update of the first layer. Its weights lie input by input, so that one input's row is updated by the
// samples in which that input is not background: with x = background + d,
// sum over the batch of delta x = background sum(delta) + sum(delta d), exactly.
import { FETCHED, fetchLines, Samples, sampleOf } from "./batch";
import { ENTRY, IDLE_FIELD_BITS, idleSteps, InputRows, learnIdle, learnInput, storeRowSigns } from "./learn-input";
import { ditherLanes } from "./narrow-row";
import { GRADIENT, scratch } from "./scratch";
import { DITHER } from "./step";

@unmanaged
class UpdateInputs {
  kind: u32;
  /** Inputs. */
  total: u32;
  samples: Samples;
  batch: i32;
  rows: InputRows;
  /** i16 [inputs][stride], and the masks of {@link ForwardInputs}. */
  weights: usize;
  masks: usize;
  maskBlock: i32;
  /** u32 [inputs][batch]: the samples in which an input is not background; u32 [inputs]: where they end. */
  entries: usize;
  ends: usize;
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

/** Brings the entries of samples first .. end - 1 into the caches. */
function fetchEntries(t: UpdateInputs, first: i32, end: i32): void {
  const indices = t.samples.indices;
  const values = t.samples.values;
  const starts = t.samples.starts;
  let fetched: u32 = 0;
  for (let b = first; b < end; b++) fetched += load<u32>(starts + (sampleOf(t.samples, b) << 2));
  for (let b = first; b < end; b++) {
    if (load<u8>(t.rows.largest + b) == 0) continue;
    const start = starts + (sampleOf(t.samples, b) << 2);
    const from = <usize>load<u32>(start);
    const to = <usize>load<u32>(start, 4);
    fetched += fetchLines(indices + (from << 1), indices + (to << 1)) + fetchLines(values + from, values + to);
  }
  store<u32>(scratch, fetched);
}

/** Sorts the entries of the batch by input, for inputs first .. end - 1. */
function gather(t: UpdateInputs, first: i32, end: i32): void {
  const samples = t.samples;
  const batch = t.batch;
  const ends = t.ends;
  const largest = t.rows.largest;
  const capacity = <usize>batch * ENTRY;
  let room = t.entries + first * capacity;
  for (let input = first; input < end; input++) {
    store<u32>(ends + (<usize>input << 2), room);
    room += capacity;
  }
  for (let b: i32 = 0; b < batch; b++) {
    if (b % FETCHED == 0) fetchEntries(t, b, min(b + FETCHED, batch));
    if (load<u8>(largest + b) == 0) continue;
    const start = samples.starts + (sampleOf(samples, b) << 2);
    let stop = load<u32>(start, 4);
    let k = load<u32>(start);
    if (first > 0) k = entryOf(samples.indices, k, stop, first);
    if (end < <i32>t.total) stop = entryOf(samples.indices, k, stop, end);
    const number = b << 16;
    let index = samples.indices + (<usize>k << 1);
    let value = samples.values + k;
    for (const last = samples.values + stop; value < last; value++) {
      const next = ends + (<usize>load<u16>(index) << 2);
      const to = load<u32>(next);
      store<u32>(to, number | <i32>load<u8>(value));
      store<u32>(next, to + ENTRY);
      index += 2;
    }
  }
}

export function updateInputs(task: usize, first: i32, end: i32): void {
  const t = changetype<UpdateInputs>(task);
  const rows = t.rows;
  const stride = rows.stride;
  const step = rows.step;
  const gradient = scratch + GRADIENT;
  const steps = gradient + (stride << 2);
  const isIdleKnown = step.narrowing != DITHER && step.fieldBits <= IDLE_FIELD_BITS;
  if (isIdleKnown) idleSteps(rows, steps);
  gather(t, first, end);
  for (let input = first; input < end; input++) {
    const entries = t.entries + <usize>input * t.batch * ENTRY;
    const row = <usize>input * stride;
    const weights = t.weights + (row << 1);
    const masks = t.masks + (<usize>input << 4);
    const entriesEnd = load<u32>(t.ends + (<usize>input << 2));
    if (entriesEnd == entries && isIdleKnown) {
      learnIdle(rows, steps, weights, masks, t.maskBlock);
      continue;
    }
    learnInput(rows, entries, entriesEnd, weights, masks, t.maskBlock, gradient);
    if (step.narrowing == DITHER) {
      ditherLanes(weights, gradient, stride, step.fieldBits, step.stepBits, step.words, input);
      storeRowSigns(masks, t.maskBlock, weights, stride);
    }
  }
}
