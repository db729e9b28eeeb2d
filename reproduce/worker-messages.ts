import type { Activity } from "../src/rbnn/activity.js";
import type { IterationResult } from "../src/rbnn/training-run.js";
import type { Workload } from "../src/rbnn/workload.js";

/** To a worker: train this. One at a time. */
export interface TrainMessage {
  readonly workload: Workload;
}

/** What a training gave, and what it took. */
export interface TrainingDone {
  readonly iterations: IterationResult[];
  readonly activity: Activity;
  /** By the clock. */
  readonly seconds: number;
  /** Of processor time, which other programs on the machine change little. */
  readonly cpuSeconds: number;
}

/** From a worker: how far the training is, then what it gave. */
export type WorkerMessage =
  | { readonly kind: "progress"; readonly share: number }
  | ({ readonly kind: "done" } & TrainingDone);
