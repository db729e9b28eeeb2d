import type { KernelKind, KernelMemory, Kernels } from "./kernels.js";
import { plainKernels, plainMemory } from "./plain-kernels.js";
import { createWasmKernels } from "./wasm-kernels.js";

/** Kernels of a kind and the arrays they work on, which `plan` takes from the memory it is given. */
export function createKernels<Arrays>(
  kind: KernelKind,
  plan: (memory: KernelMemory) => Arrays,
): { kernels: Kernels; arrays: Arrays } {
  return kind === "wasm" ? createWasmKernels(plan) : { kernels: plainKernels, arrays: plan(plainMemory) };
}
