import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Workload } from "../src/rbnn/workload.js";
import type { TrainingDone, TrainMessage, WorkerMessage } from "./worker-messages.js";

const WORKER = fileURLToPath(new URL("worker.ts", import.meta.url));

/** A process that trains one workload at a time. */
export interface WorkerProcess {
  /** @throws Error if the process ends before the training does */
  train(workload: Workload, onProgress: (share: number) => void): Promise<TrainingDone>;
  /** Ends the process, and with it what it is training. */
  stop(): void;
}

/** Starts a worker; it inherits stderr and the flags by which this process runs TypeScript. */
export function startWorker(): WorkerProcess {
  const child = fork(WORKER, { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  return {
    train: (workload, onProgress) =>
      new Promise((resolve, reject) => {
        const settle = (): void => {
          child.off("message", hear);
          child.off("exit", fail);
          child.off("error", reject);
        };
        const hear = (message: WorkerMessage): void => {
          if (message.kind === "progress") {
            onProgress(message.share);
          } else {
            settle();
            resolve(message);
          }
        };
        const fail = (code: number | null, signal: string | null): void => {
          settle();
          const how = signal === null ? `with exit code ${code}` : `by ${signal}`;
          reject(new Error(`the worker process that trained ${workload.name} ended ${how}`));
        };
        child.on("message", hear).on("exit", fail).on("error", reject);
        child.send({ workload } satisfies TrainMessage);
      }),
    stop: () => child.kill(),
  };
}
