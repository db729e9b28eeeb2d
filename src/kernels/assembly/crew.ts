// Several threads share the tasks of a stage. A stage's tasks are cut into the same number of chunks, and each thread
// takes chunk after chunk: a thread that is late, or that the system has no processor for, delays nothing but the
// chunk it holds, and one thread alone does the whole stage.
import { runTask } from "./tasks";

/** Shared by all threads; the fields in ../crew.ts are in the same order. */
@unmanaged
class Stage {
  /** Counts stages in its upper half; chunks not yet taken in the lower one. */
  ticket: u32;
  chunksDone: u32;
  /** Not 0 when threads shall end. */
  isOver: u32;
  chunks: u32;
  taskCount: u32;
  // Then the addresses of the tasks.
}

const TASKS: usize = offsetof<Stage>();
const LEFT: u32 = 0xffff;

/** Looks at the next stage before a thread lies down to sleep: some tens of microseconds. */
const LOOKS: i32 = 20000;

function runTasks(stage: usize, chunk: u32, chunks: u32): void {
  const taskCount = changetype<Stage>(stage).taskCount;
  for (let n: u32 = 0; n < taskCount; n++) runTask(load<usize>(stage + TASKS + (n << 2)), chunk, chunks);
}

/** Does all tasks by itself. No stage is open, so that no other thread looks at them. */
export function runAlone(stage: usize): void {
  runTasks(stage, 0, 1);
}

/** Does chunks of the open stage until none is left to take. */
export function takeChunks(stage: usize): void {
  for (;;) {
    const ticket = atomic.load<u32>(stage);
    const left = ticket & LEFT;
    if (left == 0) return;
    // What else the stage holds is read only after this: it stays as it is until this chunk is done.
    if (atomic.cmpxchg<u32>(stage, ticket, ticket - 1) != ticket) continue;
    runTasks(stage, left - 1, changetype<Stage>(stage).chunks);
    atomic.add<u32>(stage, 1, offsetof<Stage>("chunksDone"));
  }
}

/**
 * Opens the stage that has been written behind `stage`. Threads that sleep have to be woken then.
 * Sleeping and waking are left to the caller's Atomics: with WebAssembly's own instructions for it, Node 20 lost
 * notifications.
 */
export function openStage(stage: usize): void {
  atomic.store<u32>(stage, 0, offsetof<Stage>("chunksDone"));
  const count = (atomic.load<u32>(stage) & ~LEFT) + LEFT + 1;
  atomic.store<u32>(stage, count | changetype<Stage>(stage).chunks);
}

/** Takes part in the open stage, and looks for a while whether the others are done too. */
export function finishStage(stage: usize): void {
  takeChunks(stage);
  const chunks = changetype<Stage>(stage).chunks;
  for (let look: i32 = 0; look < LOOKS; look++) {
    if (atomic.load<u32>(stage, offsetof<Stage>("chunksDone")) == chunks) return;
  }
}

/** Looks for a while whether a stage opens. */
export function lookForStage(stage: usize): void {
  for (let look: i32 = 0; look < LOOKS; look++) if ((atomic.load<u32>(stage) & LEFT) != 0) return;
}
