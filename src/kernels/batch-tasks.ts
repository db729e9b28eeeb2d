import type { KernelMemory } from "./kernels.js";
import type { WasmInstance } from "./wasm-module.js";

/** Kinds of tasks that a crew does on batches, numbered as in assembly/tasks.ts. */
export const TASK_KINDS = [
  "forwardInputs",
  "forwardLayer",
  "outputDeltas",
  "hiddenDeltas",
  "sumDeltas",
  "updateInputs",
  "updateRows",
  "signCounts",
  "judge",
] as const;

export type TaskKind = (typeof TASK_KINDS)[number];

/** An array is written as its address. */
export type TaskField = number | Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array;

/** 32-bit words of the largest task. */
const TASK_WORDS = 24;

/** Structures of 32-bit fields in the kernels' memory, such as the classes of assembly/ describe. */
export class TaskWriter {
  readonly #wasm: WasmInstance;
  readonly #room: Uint32Array[];

  /** @param room of `takeTasks` */
  constructor(wasm: WasmInstance, room: readonly Uint32Array[]) {
    this.#wasm = wasm;
    this.#room = [...room];
  }

  /** Writes the fields of a structure in the order of its class. */
  structure(fields: readonly TaskField[]): Uint32Array {
    const words = this.#room.pop();
    if (words === undefined || fields.length > words.length) {
      throw new Error(`no room for a task of ${fields.length} fields; take more in the plan`);
    }
    words.set(fields.map((field) => (typeof field === "number" ? field : this.#wasm.address(field))));
    return words;
  }

  /** Writes a task that goes through `total` samples, rows or blocks. */
  task(kind: TaskKind, total: number, fields: readonly TaskField[]): Task {
    const words = this.structure([TASK_KINDS.indexOf(kind), total, ...fields]);
    return { words, address: this.#wasm.address(words) };
  }
}

/** A task as it lies in the kernels' memory. */
export interface Task {
  readonly words: Uint32Array;
  readonly address: number;
}

/** Changes how many samples, rows or blocks a task goes through. */
export function setTotal(task: Task, total: number): void {
  task.words[1] = total;
}

/** Takes room for `count` structures. */
export function takeTasks(memory: KernelMemory, count: number): Uint32Array[] {
  return Array.from({ length: count }, () => memory.uint32(TASK_WORDS));
}
