// Twin of `learnSample` in ../plain-kernels.ts.
import { setGradientRow } from "./gradient";
import { decimateRow, ditherProductRow, ditherRow, SHORT_STEP_BITS } from "./narrow-row";
import { biasOf, DITHER, Step } from "./step";

export function learnSample(
  step: Step,
  weights: usize,
  rows: i32,
  length: i32,
  scratch: usize,
  inputs: usize,
  deltas: usize,
): void {
  const fieldBits = step.fieldBits;
  const stepBits = step.stepBits;
  const words = step.words;
  const isDithered = step.narrowing == DITHER;
  const isShort = isDithered && stepBits <= SHORT_STEP_BITS;
  for (let row: i32 = 0; row < rows; row++) {
    const delta = <i32>load<i8>(deltas + row);
    if (delta != 0) {
      const word = load<i32>(words + (row << 2));
      if (isShort) {
        ditherProductRow(weights, inputs, length, delta, fieldBits, stepBits, word);
      } else {
        setGradientRow(scratch, inputs, length, delta);
        if (isDithered) ditherRow(weights, scratch, length, fieldBits, stepBits, word);
        else decimateRow(weights, scratch, length, fieldBits, stepBits, biasOf(step));
      }
    }
    weights += <usize>length << 1;
  }
}
