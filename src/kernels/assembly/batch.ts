/** Samples that tasks go through, as ../../rbnn/batch-program.ts writes it. Addresses of arrays. */
@unmanaged
export class Samples {
  /** u32 [samples + 1]: where a sample's entries begin. */
  starts: usize;
  /** u16 [entries]: the inputs that differ from the background, ascending. */
  indices: usize;
  /** u8 [entries]: by how much. */
  values: usize;
  /** i32 [samples]: sum of all inputs, and what complements of masks add (../../rbnn/digit-lists.ts). */
  sums: usize;
  /** u8 [samples] */
  labels: usize;
  /** i32 [samples][classes]: logits of the frozen columns. */
  frozenLogits: usize;
  /** u32: sample numbers, that of the first of the batch first; 0 where samples are taken as they lie. */
  order: usize;
  /** Number of the first sample where `order` is 0. */
  first: u32;
  /** u32 [samples + 1] and u16: the lists of ../../rbnn/digit-lists.ts. */
  listStarts: usize;
  lists: usize;
}

/** Bytes that come from memory at once. */
const LINE: usize = 64;

/** Samples fetched together: those of MNIST have 80 kB of lists, which fit the second cache beside all else. */
export const FETCHED: i32 = 64;

/**
 * Reads a byte of each line from `from` to `end`. Samples are learned in random order, so that no hardware foresees
 * where the next one is; in a loop that does nothing else many lines are on their way at once.
 * @returns of no use, but what is never stored need not be read
 */
@inline
export function fetchLines(from: usize, end: usize): u32 {
  let fetched: u32 = 0;
  for (let at = from; at < end; at += LINE) fetched += load<u8>(at);
  return fetched;
}

/** Number of the b-th sample of a batch. */
@inline
export function sampleOf(samples: Samples, b: i32): u32 {
  const order = samples.order;
  return order != 0 ? load<u32>(order + (<usize>b << 2)) : samples.first + b;
}
