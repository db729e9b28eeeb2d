// Twin of the layer updates in ../plain-kernels.ts.
import { setGradientRow } from "./gradient";
import { decimateRow, ditherProductRow, ditherRow, SHORT_STEP_BITS } from "./narrow-row";
import { packRow } from "./pack-row";

// As numbered in ../wasm-kernels.ts.
const DITHER: i32 = 0;
const NEAREST: i32 = 1;

@inline
function narrowRow(
  weights: usize,
  gradient: usize,
  length: i32,
  fieldBits: i32,
  stepBits: i32,
  narrowing: i32,
  word: i32,
): void {
  if (narrowing == DITHER) ditherRow(weights, gradient, length, fieldBits, stepBits, word);
  else decimateRow(weights, gradient, length, fieldBits, stepBits, narrowing == NEAREST ? 1 << (stepBits - 1) : 0);
}

export function applyGradient(
  cells: usize,
  weightBits: i32,
  fieldBits: i32,
  frozen: usize,
  weights: usize,
  firstCell: usize,
  rows: i32,
  length: i32,
  stepBits: i32,
  narrowing: i32,
  words: usize,
  gradient: usize,
  touched: usize,
): void {
  for (let row: i32 = 0; row < rows; row++) {
    if (load<u8>(touched + row) != 0) {
      const word = load<i32>(words + (row << 2));
      narrowRow(weights + (firstCell << 1), gradient, length, fieldBits, stepBits, narrowing, word);
      packRow(cells, weightBits, fieldBits, frozen, weights, firstCell, length);
    }
    firstCell += length;
    gradient += <usize>length << 2;
  }
}

export function learnSample(
  cells: usize,
  weightBits: i32,
  fieldBits: i32,
  frozen: usize,
  weights: usize,
  firstCell: usize,
  rows: i32,
  length: i32,
  stepBits: i32,
  narrowing: i32,
  words: usize,
  scratch: usize,
  inputs: usize,
  deltas: usize,
): void {
  const isShort = narrowing == DITHER && stepBits <= SHORT_STEP_BITS;
  for (let row: i32 = 0; row < rows; row++) {
    const delta = <i32>load<i8>(deltas + row);
    if (delta != 0) {
      const word = load<i32>(words + (row << 2));
      const field = weights + (firstCell << 1);
      if (isShort) {
        ditherProductRow(field, inputs, length, delta, fieldBits, stepBits, word);
      } else {
        setGradientRow(scratch, inputs, length, delta);
        narrowRow(field, scratch, length, fieldBits, stepBits, narrowing, word);
      }
      packRow(cells, weightBits, fieldBits, frozen, weights, firstCell, length);
    }
    firstCell += length;
  }
}
