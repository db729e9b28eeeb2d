import { Samples, sampleOf } from "./batch";

/** Compares predictions with labels, of samples that are not learned from. */
@unmanaged
class Judge {
  kind: u32;
  total: u32;
  samples: Samples;
  /** i32 [batch][stride]: logits of all columns. */
  logits: usize;
  stride: i32;
  classes: i32;
  /** Not 0 if the logits shall be kept as those of the frozen columns. */
  keep: i32;
  /** i32: samples that are predicted wrongly are added. */
  errors: usize;
}

/** Twin of `predict` in ../../rbnn/loss.ts: the first of the largest. */
@inline
export function predicted(logits: usize, classes: i32): i32 {
  let best: i32 = 0;
  let largest = load<i32>(logits);
  for (let c: i32 = 1; c < classes; c++) {
    const logit = load<i32>(logits + (c << 2));
    if (logit > largest) {
      largest = logit;
      best = c;
    }
  }
  return best;
}

export function judge(task: usize, first: i32, end: i32): void {
  const t = changetype<Judge>(task);
  const samples = t.samples;
  const classes = t.classes;
  const stride = t.stride;
  let errors: i32 = 0;
  for (let b = first; b < end; b++) {
    const sample = sampleOf(samples, b);
    const logits = t.logits + ((<usize>b * stride) << 2);
    if (predicted(logits, classes) != <i32>load<u8>(samples.labels + sample)) errors++;
    if (t.keep != 0) memory.copy(samples.frozenLogits + ((<usize>sample * classes) << 2), logits, classes << 2);
  }
  atomic.add<i32>(t.errors, errors);
}
