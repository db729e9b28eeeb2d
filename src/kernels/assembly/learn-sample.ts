// Twin of `learnSample` in ../plain-kernels.ts.
import { setGradientRow } from "./gradient";
import { ditherProductRow, SHORT_STEP_BITS } from "./narrow-row";
import { Step, stepRow } from "./step";

const DITHER: i32 = 0;

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
  const isShort = step.narrowing == DITHER && stepBits <= SHORT_STEP_BITS;
  for (let row: i32 = 0; row < rows; row++) {
    const delta = <i32>load<i8>(deltas + row);
    if (delta != 0) {
      if (isShort) {
        const word = load<i32>(words + (row << 2));
        ditherProductRow(weights, inputs, length, delta, fieldBits, stepBits, word);
      } else {
        setGradientRow(scratch, inputs, length, delta);
        stepRow(step, row, weights, scratch, length);
      }
    }
    weights += <usize>length << 1;
  }
}
