import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { StartThread } from "./crew.js";

/**
 * A thread's program. Text, not a file: a file is TypeScript where rebit runs from its source and JavaScript where it
 * is built. The words of `signals` are those of a stage's header: ticket, chunksDone, isOver (2 means failed).
 */
const THREAD = `
  const { module, memory, stage, scratch } = require("node:worker_threads").workerData;
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const signals = new Int32Array(memory.buffer, stage, 3);
  exports.useScratch(scratch);
  for (;;) {
    const ticket = Atomics.load(signals, 0);
    try {
      exports.takeChunks(stage);
    } catch (error) {
      Atomics.store(signals, 2, 2);
      Atomics.notify(signals, 1);
      throw error;
    }
    Atomics.notify(signals, 1);
    if (Atomics.load(signals, 2) !== 0) break;
    exports.lookForStage(stage);
    Atomics.wait(signals, 0, ticket & ~0xffff);
  }
`;

/**
 * Starts threads of Node, which do not keep the process alive. One that the system refuses leaves its share to the
 * others.
 */
export const startNodeThread: StartThread = (start) => {
  let worker: Worker;
  try {
    worker = new Worker(THREAD, { eval: true, workerData: start, execArgv: [] });
  } catch {
    return;
  }
  worker.on("error", () => undefined);
  worker.unref();
};

/** Threads that this machine can run at once. */
export function machineThreads(): number {
  return availableParallelism();
}
