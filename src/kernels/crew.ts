import type { KernelMemory } from "./kernels.js";
import type { WasmInstance } from "./wasm-module.js";

/** What a further thread needs to take part: an instance of `module` with `memory`, and two addresses. */
export interface ThreadStart {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** For `takeChunks` and `lookForStage`: where the words of {@link HEADER} begin. */
  readonly stage: number;
  /** For `useScratch`. */
  readonly scratch: number;
}

/** Starts a thread that does as the program in node-threads.ts; it may take its time, or never begin. */
export type StartThread = (start: ThreadStart) => void;

/** Tasks of a stage at most. */
const MAX_TASKS = 24;

/** 32-bit words in front of a stage's tasks, as in assembly/crew.ts. */
const HEADER = { ticket: 0, chunksDone: 1, isOver: 2, chunks: 3, taskCount: 4, words: 5 } as const;

/** Chunks not yet taken, in the lower half of the ticket. */
const LEFT = 0xffff;

/** What `isOver` may be: FAILED is set by a thread that an error ends. */
const RUNNING = 0;
const OVER = 1;
const FAILED = 2;

/** Threads a crew may have: more would only take memory, since the work of a batch is cut into few pieces. */
export const MAX_THREADS = 64;

/** Chunks of a stage for each thread: a thread that comes late still finds work. */
const CHUNKS_PER_THREAD = 3;

/** A minute in short waits: a process that is stopped for long finds only one of them over. */
const PATIENCE = 60;
const WAIT_MILLISECONDS = 1000;

/** What kernels need for themselves (assembly/scratch.ts), in front of rows of gradients and steps. */
const SCRATCH_WORDS = 3072;

/** Room that a {@link Crew} needs in the kernels' memory. */
export interface CrewArrays {
  readonly stage: Uint32Array;
  /** One row of gradients for each thread. */
  readonly scratch: readonly Int32Array[];
}

/** Takes the arrays of a crew of `threads` threads whose layers have rows of at most `longestRow` weights. */
export function takeCrewArrays(memory: KernelMemory, threads: number, longestRow: number): CrewArrays {
  return {
    stage: memory.uint32(HEADER.words + MAX_TASKS),
    scratch: Array.from({ length: threads }, () => memory.int32(SCRATCH_WORDS + 2 * longestRow)),
  };
}

/** The threads that do stages together: the caller's own, and those it has started. */
export class Crew {
  readonly #wasm: WasmInstance;
  readonly #stage: Uint32Array;
  readonly #signals: Int32Array;
  readonly #threads: number;

  /** @param startThread how to start all but the first of the threads for which `arrays` has room */
  constructor(wasm: WasmInstance, { stage, scratch }: CrewArrays, startThread?: StartThread) {
    this.#wasm = wasm;
    this.#stage = stage;
    this.#signals = new Int32Array(stage.buffer, stage.byteOffset, HEADER.words);
    this.#threads = scratch.length;
    const { module, memory, exports, address } = wasm;
    exports.useScratch(address(scratch[0] as Int32Array));
    for (const own of scratch.slice(1)) {
      startThread?.({ module, memory, stage: address(stage), scratch: address(own) });
    }
  }

  /**
   * Does tasks, by address, one after the other in each chunk: a task may use what those before it made of the same
   * chunk only. `isShared` false leaves it to this thread, which is sooner done with little work.
   */
  run(tasks: readonly number[], isShared: boolean): void {
    const stage = this.#stage;
    const { exports, address } = this.#wasm;
    stage[HEADER.taskCount] = tasks.length;
    stage.set(tasks, HEADER.words);
    if (!isShared || this.#threads === 1) {
      exports.runAlone(address(stage));
      return;
    }
    const chunks = this.#threads * CHUNKS_PER_THREAD;
    stage[HEADER.chunks] = chunks;
    exports.openStage(address(stage));
    Atomics.notify(this.#signals, HEADER.ticket);
    exports.finishStage(address(stage));
    this.#await(chunks);
  }

  /** Tells the started threads to end; what is run after it, this thread does. */
  dismiss(): void {
    Atomics.compareExchange(this.#signals, HEADER.isOver, RUNNING, OVER);
    // Threads sleep on the ticket: another count of stages, with nothing left to take, wakes them.
    Atomics.add(this.#signals, HEADER.ticket, LEFT + 1);
    Atomics.notify(this.#signals, HEADER.ticket);
  }

  /** Sleeps until all chunks are done. @throws Error if a thread that has taken one failed or must have died */
  #await(chunks: number): void {
    for (let waits = 0; waits < PATIENCE; ) {
      const done = Atomics.load(this.#signals, HEADER.chunksDone);
      if (done >= chunks) return;
      if (Atomics.load(this.#signals, HEADER.isOver) === FAILED) break;
      const result = Atomics.wait(this.#signals, HEADER.chunksDone, done, WAIT_MILLISECONDS);
      waits = result === "timed-out" ? waits + 1 : 0;
    }
    throw new Error(
      "a thread of the training failed or has not answered for a minute; --threads 1 does without",
    );
  }
}
