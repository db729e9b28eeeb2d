import seedrandom from "seedrandom";
import type { TrainingRun } from "../firmware/training-run.js";
import { type Activity, type IterationActivity, updatingBatches } from "../rbnn/activity.js";

/**
 * An activity that a training might have, drawn by a seed: iterations up to some of the bound's, epochs, snapshots and
 * updates each up to their bound, some rows never updated.
 * @param bound what the training does at most
 */
export function randomActivity(bound: Activity, run: TrainingRun, seed: string): Activity {
  const random = seedrandom(seed);
  const upTo = (most: number): number => Math.floor(random() * (most + 1));
  const last = 1 + upTo(bound.iterations.length - 1);
  const iterations = bound.iterations.slice(0, last).map((most): IterationActivity => {
    const epochs = 1 + upTo(most.epochs - 1);
    const updates = epochs * run.batchesPerEpoch;
    const zeroDeltaSamples = most.zeroDeltaSamples.map(() => upTo(updates * run.batch));
    const updating = updatingBatches({ zeroDeltaSamples }, updates, run.batch);
    return {
      iteration: most.iteration,
      epochs,
      snapshots: upTo(Math.min(epochs, most.snapshots)),
      rowUpdates: most.rowUpdates.map((layer) => layer.map(() => (random() < 0.25 ? 0 : upTo(updating)))),
      zeroDeltaSamples,
    };
  });
  return { iterations };
}
