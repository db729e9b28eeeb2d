import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import type { Checkpoint, IterationErrors } from "../data/checkpoint.js";
import { DataError } from "../data/data-error.js";
import type { IterationActivity } from "./activity.js";
import type { ColumnProgress } from "./column-progress.js";
import { iterationResult } from "./iteration-result.js";
import { restoreHost } from "./random.js";
import type { TrainingIdentity } from "./training-identity.js";
import type { TrainingRun } from "./training-run.js";

/** A run at the end of an epoch of the iteration in progress. It shares arrays with the run: encode it at once. */
export function checkpointOf(
  run: TrainingRun,
  column: ColumnProgress,
  identity: TrainingIdentity,
): Checkpoint {
  return {
    settings: identity.settings,
    dataDigest: hexToBytes(identity.dataSha256),
    numericsVersion: identity.numericsVersion,
    iteration: column.activity.iteration,
    epoch: column.activity.epochs,
    chip: run.chip.state,
    host: run.host.state(),
    order: run.engine.order,
    cells: run.cells.bytes,
    best: column.best,
    finished: run.iterations,
    counts: [...run.activity, column.activity],
  };
}

/** Which training a checkpoint is of. */
export function identityOfCheckpoint(checkpoint: Checkpoint): Omit<TrainingIdentity, "key"> {
  const { settings, dataDigest, numericsVersion } = checkpoint;
  return { settings, dataSha256: bytesToHex(dataDigest), numericsVersion };
}

/**
 * Puts a run that has not begun where a checkpoint of the same training was taken. What follows from the cells, such as
 * the logits of frozen columns, is not in a checkpoint: `train` computes it again.
 * @param path names the checkpoint in errors
 * @returns the iteration in progress
 * @throws DataError `bad-shape` if the checkpoint is of another network or course after all
 */
export function restoreRun(run: TrainingRun, checkpoint: Checkpoint, path: string): ColumnProgress {
  const problem = problemOf(run, checkpoint);
  if (problem !== undefined) {
    throw new DataError("bad-shape", path, 0, `this checkpoint cannot be of this training: ${problem}`);
  }
  const activities = checkpoint.counts.map((counts, position) => ({
    iteration: position + 1,
    epochs: counts.epochs,
    snapshots: counts.snapshots,
    rowUpdates: counts.rowUpdates.map((layer) => [...layer]),
    zeroDeltaSamples: [...counts.zeroDeltaSamples],
  }));
  const activity = activities.pop() as IterationActivity;
  run.cells.bytes.set(checkpoint.cells);
  run.engine.order.set(checkpoint.order);
  run.chip.state = checkpoint.chip;
  run.host = restoreHost(checkpoint.host);
  run.activity.push(...activities);
  for (const [position, { iteration, epochs }] of activities.entries()) {
    const errors = checkpoint.finished[position] as IterationErrors;
    run.iterations.push(iterationResult(run, iteration, epochs, errors));
  }
  const { best } = checkpoint;
  return { best: { ...best, signs: best.signs.slice() }, activity };
}

function problemOf(run: TrainingRun, checkpoint: Checkpoint): string | undefined {
  const { iteration, epoch, cells, order, best, counts } = checkpoint;
  const { storage, training } = run.workload;
  const rows = (list: readonly (readonly unknown[])[]) => list.map(({ length }) => length).join("-");
  const found = counts.map(({ rowUpdates }) => rows(rowUpdates));
  const wanted = run.layers.map(({ outputs }) => outputs).join("-");
  if (iteration > storage.iterations) return `it is of iteration ${iteration}`;
  if (epoch > training.epochs || counts.at(-1)?.epochs !== epoch) return `it is of epoch ${epoch}`;
  if (found.some((layers) => layers !== wanted)) return `its network has rows ${found[0]}`;
  if (cells.length !== run.cells.bytes.length) return `it has ${cells.length} bytes of cells`;
  if (order.length !== run.engine.order.length) return `it has ${order.length} training samples`;
  if (best.signs.length !== Math.ceil(run.cells.count / 8))
    return `it has ${best.signs.length} bytes of signs`;
  return undefined;
}
