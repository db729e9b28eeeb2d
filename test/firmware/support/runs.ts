import type { TrainingRun } from "../../../src/firmware/training-run.js";
import type { Activity } from "../../../src/rbnn/activity.js";
import { layersOf } from "../../../src/rbnn/layers.js";

/** A training run of a network, with parts of it replaced. */
export function runOf(
  { inputs = 784, hidden, classes = 10 }: { inputs?: number; hidden: readonly number[]; classes?: number },
  { cellBits, iterations }: { cellBits: number; iterations: number },
  over: Partial<TrainingRun> = {},
): TrainingRun {
  return {
    layers: layersOf(inputs, hidden, classes),
    cellBits,
    iterations,
    batch: 1,
    batchesPerEpoch: 100,
    trainSamples: 100,
    validationSamples: 20,
    gradient: "perSample",
    frozen: "recompute",
    step: (fieldBits) => ({ bits: 20 - fieldBits, dithered: true }),
    ...over,
  };
}

/** An activity in which each row of layer l had `updates[l - 1]` updates in every iteration. */
export function activityOf(
  run: TrainingRun,
  {
    epochs = 3,
    snapshots = 2,
    updates,
    zeros = 0,
  }: { epochs?: number; snapshots?: number; updates: readonly number[]; zeros?: number },
  iterations = run.iterations,
): Activity {
  return {
    iterations: Array.from({ length: iterations }, (_, position) => ({
      iteration: position + 1,
      epochs,
      snapshots,
      rowUpdates: run.layers.map((layer, l) => new Array<number>(layer.outputs).fill(updates[l] ?? 0)),
      zeroDeltaSamples: run.layers.slice(1).map(() => zeros),
    })),
  };
}
