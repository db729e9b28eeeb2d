import type { KernelMemory, Kernels, LayerUpdate, Narrowing } from "./kernels.js";
import { KERNELS_BASE64 } from "./wasm-binary.js";
import { memoryIn, PAGE_BYTES, plannedBytes } from "./wasm-memory.js";

/** What assembly/index.ts exports; arrays are addresses. The parameters are those of its functions, in order. */
type Exports = Record<
  "signedDots" | "projectDeltas" | "addGradient" | "applyGradient" | "learnSample",
  (...parameters: number[]) => void
>;

/** As numbered in assembly/update.ts. */
const NARROWING_NUMBER: Readonly<Record<Narrowing, number>> = { dither: 0, nearest: 1, truncate: 2 };

let compiled: WebAssembly.Module | undefined;

function kernelModule(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(KERNELS_BASE64), (byte) => byte.charCodeAt(0)));
  return compiled;
}

/**
 * The kernels in WebAssembly with SIMD, and the arrays that `plan` takes, in one WebAssembly memory. `plan` is
 * called twice, first to measure it (with empty arrays): growing a memory later would detach its arrays.
 * @throws RangeError if the arrays take more than WebAssembly's 4 GiB or the machine has
 */
export function createWasmKernels<Arrays>(plan: (memory: KernelMemory) => Arrays): {
  kernels: Kernels;
  arrays: Arrays;
} {
  const memory = new WebAssembly.Memory({ initial: Math.ceil(plannedBytes(plan) / PAGE_BYTES) });
  const { exports } = new WebAssembly.Instance(kernelModule(), { env: { memory } });
  return { kernels: kernelsOf(exports as Exports, memory.buffer), arrays: plan(memoryIn(memory.buffer)) };
}

function kernelsOf(exports: Exports, buffer: ArrayBuffer): Kernels {
  /** Address of an element. An array of another memory would read and write anything: refused. */
  const address = (
    array: Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array,
    offset = 0,
  ) => {
    if (array.buffer !== buffer)
      throw new Error("an array of a kernel is not in the kernels' memory; allocate it in their plan");
    return array.byteOffset + offset * array.BYTES_PER_ELEMENT;
  };
  const updateParameters = (update: LayerUpdate) =>
    [
      address(update.cells),
      update.weightBits,
      update.fieldBits,
      address(update.frozen),
      address(update.weights),
      update.firstCell,
      update.rows,
      update.length,
      update.stepBits,
      NARROWING_NUMBER[update.narrowing],
      address(update.words),
    ] as const;
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
    addGradient(gradient, gradientOffset, touched, rows, inputs, inputOffset, length, deltas) {
      exports.addGradient(
        address(gradient, gradientOffset),
        address(touched),
        rows,
        address(inputs, inputOffset),
        length,
        address(deltas),
      );
    },
    applyGradient(update, gradient, touched) {
      exports.applyGradient(
        ...updateParameters(update),
        address(gradient, update.firstCell),
        address(touched),
      );
    },
    learnSample(update, scratch, inputs, inputOffset, deltas) {
      exports.learnSample(
        ...updateParameters(update),
        address(scratch),
        address(inputs, inputOffset),
        address(deltas),
      );
    },
  };
}
