import { backProjectRow } from "./back-project.js";
import { setGradientRow } from "./gradient.js";
import type { KernelMemory, Kernels, LayerUpdate } from "./kernels.js";
import { narrowRowDither, narrowRowNearest, narrowRowTruncate } from "./narrow-row.js";
import { signedDots } from "./signed-dots.js";

/** Arrays of their own. */
export const plainMemory: KernelMemory = {
  int8: (length) => new Int8Array(length),
  uint8: (length) => new Uint8Array(length),
  int16: (length) => new Int16Array(length),
  uint16: (length) => new Uint16Array(length),
  int32: (length) => new Int32Array(length),
  uint32: (length) => new Uint32Array(length),
};

/** The reference: plain TypeScript, row by row. */
export const plainKernels: Kernels = {
  signedDots,

  projectDeltas(sums, weights, weightOffset, rows, length, deltas) {
    sums.fill(0, 0, length);
    for (let row = 0; row < rows; row++) {
      const delta = deltas[row] as number;
      if (delta !== 0) backProjectRow(sums, weights, weightOffset + row * length, length, delta);
    }
  },

  learnSample(update, scratch, inputs, inputOffset, deltas) {
    for (let row = 0; row < update.rows; row++) {
      const delta = deltas[row] as number;
      if (delta === 0) continue;
      setGradientRow(scratch, 0, inputs, inputOffset, update.length, delta);
      updateRow(update, row, scratch, 0);
    }
  },
};

/** Updates row `row` of a layer from its gradient, which begins at `gradientOffset`. */
export function updateRow(
  update: LayerUpdate,
  row: number,
  gradient: Int32Array,
  gradientOffset: number,
): void {
  const { weights, length, fieldBits, stepBits, narrowing } = update;
  const weightOffset = update.firstCell + row * length;
  const step = { weights, weightOffset, gradient, gradientOffset, length, fieldBits, stepBits };
  if (narrowing === "dither") narrowRowDither(step, update.words[row] as number);
  else if (narrowing === "nearest") narrowRowNearest(step);
  else narrowRowTruncate(step);
}
