import { clamp, INT8_MAX, INT8_MIN, roundShift } from "../kernels/fixed-point.js";

/** exp(-i / stepsPerUnit) in units of 1 / 65535, 64 entries (docs/numerics.md, "Loss"). */
function expTable(stepsPerUnit: number): Uint32Array {
  return Uint32Array.from({ length: 64 }, (_, i) => Math.floor(65535 * Math.exp(-i / stepsPerUnit) + 0.5));
}

/** A[i] = exp(-i / 8): the coarse part, 64 steps of 1/512 each. */
export const EXP_COARSE = expTable(8);
/** B[i] = exp(-i / 512): the fine part. */
export const EXP_FINE = expTable(512);

/** exp(-distance / 512) in units of 1 / 65536; 0 from e^-8 on. `distance` >= 0. */
export function expNegative(distance: number): number {
  if (distance >= 4096) return 0;
  const product = (EXP_COARSE[distance >> 6] as number) * (EXP_FINE[distance & 63] as number);
  return Math.floor((product + 32768) / 65536);
}

/** The predicted class: the first of the largest logits. */
export function predict(logits: Int32Array, offset: number, classes: number): number {
  let best = 0;
  for (let c = 1; c < classes; c++) {
    if ((logits[offset + c] as number) > (logits[offset + best] as number)) best = c;
  }
  return best;
}

/**
 * Output deltas of softmax cross-entropy, signed 8 bit in units of 2^-7: softmax(z) - target.
 * One unit of a logit is 2^-(6 + outputShift).
 * @returns true if any delta differs from 0.
 */
export function outputDeltas(
  logits: Int32Array,
  predicted: number,
  label: number,
  outputShift: number,
  exponentials: Uint32Array,
  deltas: Int8Array,
): boolean {
  const largest = logits[predicted] as number;
  let sum = 0;
  for (let c = 0; c < deltas.length; c++) {
    const difference = largest - (logits[c] as number);
    const distance =
      outputShift >= 3 ? roundShift(difference, outputShift - 3) : difference << (3 - outputShift);
    const e = expNegative(distance);
    exponentials[c] = e;
    sum += e;
  }
  let any = false;
  for (let c = 0; c < deltas.length; c++) {
    const probability = Math.floor((256 * (exponentials[c] as number) + sum) / (2 * sum));
    const delta = clamp(probability - (c === label ? 128 : 0), INT8_MIN, INT8_MAX);
    deltas[c] = delta;
    if (delta !== 0) any = true;
  }
  return any;
}
