/** Samples that tasks go through, as ../../rbnn/batch-program.ts writes it. Addresses of arrays. */
@unmanaged
export class Samples {
  /** u32 [samples + 1]: where a sample's entries begin. */
  starts: usize;
  /** u16 [entries]: the inputs that differ from the background, ascending. */
  indices: usize;
  /** u8 [entries]: by how much. */
  values: usize;
  /** i32 [samples]: sum of all inputs. */
  sums: usize;
  /** u8 [samples] */
  labels: usize;
  /** i32 [samples][classes]: logits of the frozen columns. */
  frozenLogits: usize;
  /** u32: sample numbers, that of the first of the batch first; 0 where samples are taken as they lie. */
  order: usize;
  /** Number of the first sample where `order` is 0. */
  first: u32;
}

/** Number of the b-th sample of a batch. */
@inline
export function sampleOf(samples: Samples, b: i32): u32 {
  const order = samples.order;
  return order != 0 ? load<u32>(order + (<usize>b << 2)) : samples.first + b;
}
