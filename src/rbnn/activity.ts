import { type NetworkShape, networkShape, type Workload } from "./workload.js";

/** What depends on the data in one iteration of the recursion; traffic and time are linear in it. */
export interface IterationActivity {
  /** 1 for the first column. */
  iteration: number;
  /** Epochs run, each followed by one validation pass. */
  epochs: number;
  /** Best-epoch snapshots taken (1 bit a plastic weight each). */
  snapshots: number;
  /** `[layer - 1][row]`: executed updates; a row whose delta is 0 for a whole batch is skipped. */
  rowUpdates: number[][];
  /** `[hidden layer - 1]`: training samples for which every delta of the layer above is 0. */
  zeroDeltaSamples: number[];
}

/** The data-dependent part of a training run, one entry for each iteration that was run. */
export interface Activity {
  iterations: IterationActivity[];
}

/** Weight updates in one epoch: whole batches only, since the last partial batch is dropped. */
export function updatesPerEpoch(workload: Workload): number {
  return Math.floor(workload.data.train / workload.training.batch);
}

/**
 * Batches of an iteration that may update something: no more than there are samples with an output delta that is not all zero.
 * Exact for batches of 1.
 * @param batches run in the iteration, each of `batch` samples
 */
export function updatingBatches(
  { zeroDeltaSamples }: Pick<IterationActivity, "zeroDeltaSamples">,
  batches: number,
  batch: number,
): number {
  return Math.min(batches, batches * batch - (zeroDeltaSamples.at(-1) ?? 0));
}

/** An activity with no epochs yet, to count into. */
export function emptyIterationActivity(iteration: number, shape: NetworkShape): IterationActivity {
  return {
    iteration,
    epochs: 0,
    snapshots: 0,
    rowUpdates: [...shape.hidden, shape.classes].map((rows) => new Array<number>(rows).fill(0)),
    zeroDeltaSamples: shape.hidden.map(() => 0),
  };
}

/** The upper bound of every activity of a workload: all epochs run, nothing skipped, a snapshot each epoch. */
export function boundActivity(workload: Workload, shape: NetworkShape = networkShape(workload)): Activity {
  const { epochs } = workload.training;
  const updates = epochs * updatesPerEpoch(workload);
  const iterations = Array.from({ length: workload.storage.iterations }, (_, position) => ({
    iteration: position + 1,
    epochs,
    snapshots: epochs,
    rowUpdates: [...shape.hidden, shape.classes].map((rows) => new Array<number>(rows).fill(updates)),
    zeroDeltaSamples: shape.hidden.map(() => 0),
  }));
  return { iterations };
}
