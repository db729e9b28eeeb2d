// Twin of `outputDeltas` in ../../rbnn/loss.ts.
import { Samples, sampleOf } from "./batch";
import { predicted } from "./judge";

@unmanaged
class OutputDeltas {
  kind: u32;
  total: u32;
  samples: Samples;
  /** i32 [batch][stride]: logits of all columns. */
  logits: usize;
  stride: i32;
  classes: i32;
  outputShift: i32;
  /** u32 [64] each: exp(-i / 8) and exp(-i / 512). */
  expCoarse: usize;
  expFine: usize;
  /** i8 [batch][stride] */
  deltas: usize;
  /** u8 [batch]: 0 where all deltas of a sample are 0. */
  alive: usize;
  /** i32: samples predicted wrongly, and samples that are not alive, are added. */
  errors: usize;
  dead: usize;
}

@inline
function expNegative(distance: i32, coarse: usize, fine: usize): u32 {
  if (distance >= 4096) return 0;
  const product = load<u32>(coarse + ((distance >> 6) << 2)) * load<u32>(fine + ((distance & 63) << 2));
  return (product + 32768) >> 16;
}

export function outputDeltas(task: usize, first: i32, end: i32): void {
  const t = changetype<OutputDeltas>(task);
  const samples = t.samples;
  const classes = t.classes;
  const stride = t.stride;
  const outputShift = t.outputShift;
  const expCoarse = t.expCoarse;
  const expFine = t.expFine;
  const right = max(outputShift - 3, 0);
  const left = max(3 - outputShift, 0);
  const half = right == 0 ? 0 : 1 << (right - 1);
  let errors: i32 = 0;
  let dead: i32 = 0;
  for (let b = first; b < end; b++) {
    const logits = t.logits + ((<usize>b * stride) << 2);
    const deltas = t.deltas + <usize>b * stride;
    const label = <i32>load<u8>(samples.labels + sampleOf(samples, b));
    const best = predicted(logits, classes);
    if (best != label) errors++;
    const largest = load<i32>(logits + (best << 2));
    let sum: u32 = 0;
    // The exponentials replace the logits.
    for (let c: i32 = 0; c < classes; c++) {
      const at = logits + (c << 2);
      const e = expNegative((((largest - load<i32>(at)) << left) + half) >> right, expCoarse, expFine);
      store<u32>(at, e);
      sum += e;
    }
    let any: i32 = 0;
    for (let c: i32 = 0; c < classes; c++) {
      const e = load<u32>(logits + (c << 2));
      const probability = <i32>((256 * e + sum) / (2 * sum));
      const delta = min(probability - (c == label ? 128 : 0), 127);
      store<i8>(deltas + c, <i8>delta);
      any |= delta;
    }
    store<u8>(t.alive + b, any != 0 ? 1 : 0);
    if (any == 0) dead++;
  }
  atomic.add<i32>(t.errors, errors);
  atomic.add<i32>(t.dead, dead);
}
