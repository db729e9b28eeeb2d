import type { KernelMemory } from "./kernels.js";

/** Every array begins at a multiple of this, a vector. */
const ALIGNMENT = 16;

/** Bytes of a page of WebAssembly memory (WebAssembly core specification, "Memory Instances"). */
export const PAGE_BYTES = 65536;

/** Bytes a memory may have: addresses are 32 bits. */
export const MAX_BYTES = 65536 * PAGE_BYTES;

type ArrayKind<Array> = {
  new (buffer: ArrayBuffer, byteOffset: number, length: number): Array;
  readonly BYTES_PER_ELEMENT: number;
};

/** Hands out arrays one behind the other, with `view` making each from its element kind, address and length. */
function sequentialMemory(
  view: <Array>(kind: ArrayKind<Array>, address: number, length: number) => Array,
): KernelMemory & { readonly usedBytes: number } {
  let usedBytes = 0;
  const next = <Array>(kind: ArrayKind<Array>, length: number): Array => {
    const address = usedBytes;
    usedBytes += Math.ceil((length * kind.BYTES_PER_ELEMENT) / ALIGNMENT) * ALIGNMENT;
    return view(kind, address, length);
  };
  return {
    get usedBytes() {
      return usedBytes;
    },
    int8: (length) => next<Int8Array>(Int8Array, length),
    uint8: (length) => next<Uint8Array>(Uint8Array, length),
    int16: (length) => next<Int16Array>(Int16Array, length),
    uint16: (length) => next<Uint16Array>(Uint16Array, length),
    int32: (length) => next<Int32Array>(Int32Array, length),
    uint32: (length) => next<Uint32Array>(Uint32Array, length),
  };
}

/** Bytes of what `plan` takes; it gets empty arrays here. */
export function plannedBytes(plan: (memory: KernelMemory) => unknown): number {
  const empty = new ArrayBuffer(0);
  const memory = sequentialMemory((kind) => new kind(empty, 0, 0));
  plan(memory);
  return memory.usedBytes;
}

/** Arrays in `buffer`, which is at least as large as planned. */
export function memoryIn(buffer: ArrayBuffer): KernelMemory {
  return sequentialMemory((kind, address, length) => new kind(buffer, address, length));
}
