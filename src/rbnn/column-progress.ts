import { emptyIterationActivity, type IterationActivity } from "./activity.js";
import type { TrainingRun } from "./training-run.js";
import type { Workload } from "./workload.js";

/** The best epoch of an iteration by validation error, the first of equals. */
export interface BestEpoch {
  epoch: number;
  trainErrorPercent: number;
  validationErrorPercent: number;
  /** Its signs: 1 bit a weight, little-endian, 1 meaning -1. */
  readonly signs: Uint8Array;
}

/** How far an iteration of the recursion is; changes only when an epoch has ended. */
export interface ColumnProgress {
  readonly best: BestEpoch;
  readonly activity: IterationActivity;
}

/** An iteration before its first epoch. */
export function newColumn(run: TrainingRun, iteration: number): ColumnProgress {
  return {
    best: {
      epoch: 0,
      trainErrorPercent: Number.POSITIVE_INFINITY,
      validationErrorPercent: Number.POSITIVE_INFINITY,
      signs: new Uint8Array(Math.ceil(run.cells.count / 8)),
    },
    activity: emptyIterationActivity(iteration, run.shape),
  };
}

/** True if an iteration has no further epoch: all are done, or patience is over. */
export function isTrained({ best, activity }: ColumnProgress, { training }: Workload): boolean {
  const { epochs, patience } = training;
  return activity.epochs >= epochs || (patience !== "none" && activity.epochs - best.epoch >= patience);
}
