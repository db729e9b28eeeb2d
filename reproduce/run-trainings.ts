import type { PlannedTraining } from "./plan.js";
import type { TrainingDone } from "./worker-messages.js";
import { startWorker } from "./worker-process.js";

/** What the caller is told while trainings run. */
export interface TrainingEvents {
  onProgress(training: PlannedTraining, share: number): void;
  /** The training is done; the next one starts when this returns. */
  onDone(training: PlannedTraining, done: TrainingDone): void;
}

/**
 * Runs trainings in order, `jobs` at a time, each on one thread of a process of its own.
 * @throws the signal's reason when it fires; Error if a worker fails. Either way no process is left behind.
 */
export async function runTrainings(
  trainings: readonly PlannedTraining[],
  jobs: number,
  events: TrainingEvents,
  signal: AbortSignal,
): Promise<void> {
  const waiting = trainings.values();
  const workers = Array.from({ length: Math.min(jobs, trainings.length) }, startWorker);
  const stopAll = (): void => {
    for (const worker of workers) worker.stop();
  };
  signal.addEventListener("abort", stopAll, { once: true });
  try {
    await Promise.all(
      workers.map(async (worker) => {
        for (const training of waiting) {
          const { workload } = training;
          const done = await worker.train(workload, (share) => events.onProgress(training, share));
          events.onDone(training, done);
        }
      }),
    );
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener("abort", stopAll);
    stopAll();
  }
}
