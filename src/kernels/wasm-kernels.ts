import type { Kernels, Narrowing } from "./kernels.js";
import type { WasmInstance } from "./wasm-module.js";

/** 32-bit fields of `Step` in assembly/step.ts. */
export const STEP_FIELDS = 4;

/** Sets all but the words, the last field. */
export function setStep(step: Uint32Array, fieldBits: number, stepBits: number, narrowing: Narrowing): void {
  step[0] = fieldBits;
  step[1] = stepBits;
  step[2] = NARROWING_NUMBER[narrowing];
}

/** As numbered in assembly/step.ts. */
const NARROWING_NUMBER: Readonly<Record<Narrowing, number>> = { dither: 0, nearest: 1, truncate: 2 };

/**
 * {@link Kernels} in WebAssembly. `step` is room for {@link STEP_FIELDS} fields in the kernels' memory, overwritten by
 * each call.
 */
export function wasmKernels({ exports, address }: WasmInstance, step: Uint32Array): Kernels {
  return {
    signedDots(weights, weightOffset, rows, inputs, inputOffset, length, z) {
      exports.signedDots(
        address(weights, weightOffset),
        rows,
        address(inputs, inputOffset),
        length,
        address(z),
      );
    },
    projectDeltas(sums, weights, weightOffset, rows, length, deltas) {
      exports.projectDeltas(address(sums), address(weights, weightOffset), rows, length, address(deltas));
    },
    learnSample({ weights, firstCell, rows, length, ...update }, scratch, inputs, inputOffset, deltas) {
      setStep(step, update.fieldBits, update.stepBits, update.narrowing);
      step[3] = address(update.words);
      exports.learnSample(
        address(step),
        address(weights, firstCell),
        rows,
        length,
        address(scratch),
        address(inputs, inputOffset),
        address(deltas),
      );
    },
  };
}
