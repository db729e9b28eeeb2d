import type { KernelMemory } from "./kernels.js";
import { KERNELS_BASE64, SHARED_KERNELS_BASE64 } from "./wasm-binary.js";
import { memoryIn, PAGE_BYTES, plannedBytes } from "./wasm-memory.js";

/** What assembly/index.ts exports; arrays are addresses. The parameters are those of its functions, in order. */
export type WasmExports = Record<
  | "signedDots"
  | "projectDeltas"
  | "learnSample"
  | "runAlone"
  | "openStage"
  | "takeChunks"
  | "finishStage"
  | "lookForStage"
  | "useScratch",
  (...parameters: number[]) => void
>;

type KernelArray = Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array;

/** An instance of the kernels with its memory, which other threads may share. */
export interface WasmInstance {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly exports: WasmExports;
  /** Address of an element. An array of another memory would read and write anything: refused. */
  readonly address: (array: KernelArray, offset?: number) => number;
}

const compiled: { alone?: WebAssembly.Module; shared?: WebAssembly.Module } = {};

function compile(base64: string): WebAssembly.Module {
  return new WebAssembly.Module(Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0)));
}

function kernelModule(isShared: boolean): WebAssembly.Module {
  if (isShared) {
    compiled.shared ??= compile(SHARED_KERNELS_BASE64);
    return compiled.shared;
  }
  compiled.alone ??= compile(KERNELS_BASE64);
  return compiled.alone;
}

/**
 * The kernels in WebAssembly with SIMD, and the arrays that `plan` takes, in one WebAssembly memory. `plan` is
 * called twice, first to measure it (with empty arrays): growing a memory later would detach its arrays.
 * `isShared` puts it into shared memory, which browsers give only to pages that are cross-origin isolated.
 * @throws RangeError if the arrays take more than WebAssembly's 4 GiB or the machine has
 */
export function instantiate<Arrays>(
  plan: (memory: KernelMemory) => Arrays,
  isShared = false,
): { wasm: WasmInstance; arrays: Arrays } {
  const pages = Math.max(1, Math.ceil(plannedBytes(plan) / PAGE_BYTES));
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: isShared });
  const module = kernelModule(isShared);
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const { buffer } = memory;
  const address = (array: KernelArray, offset = 0) => {
    if (array.buffer !== buffer)
      throw new Error("an array of a kernel is not in the kernels' memory; allocate it in their plan");
    return array.byteOffset + offset * array.BYTES_PER_ELEMENT;
  };
  return {
    wasm: { module, memory, exports: exports as WasmExports, address },
    arrays: plan(memoryIn(buffer)),
  };
}
