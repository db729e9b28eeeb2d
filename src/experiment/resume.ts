import type { Checkpoint } from "../data/checkpoint.js";
import { decodeCheckpoint } from "../data/checkpoint-file.js";
import { DataError } from "../data/data-error.js";
import type { NamedBytes } from "../data/dataset.js";
import { identityOfCheckpoint } from "../rbnn/checkpointing.js";
import { differences, type TrainingIdentity } from "../rbnn/training-identity.js";
import type { CheckpointStore } from "./checkpoint-store.js";

/** A checkpoint and the file that it is from. */
export interface FoundCheckpoint {
  readonly path: string;
  readonly checkpoint: Checkpoint;
}

/**
 * The checkpoint to go on from: the newest; undefined if there is none.
 * @param resume whether the user wants to go on; a checkpoint is never written over without being asked
 * @throws DataError if the newest is damaged, of another training or version, or not asked for; FileError
 */
export function findCheckpoint(
  store: CheckpointStore,
  identity: TrainingIdentity,
  resume: boolean,
  onNotice: (notice: string) => void,
): FoundCheckpoint | undefined {
  const [newest, before] = store.saved();
  if (newest === undefined) {
    if (resume) onNotice(`${store.place} holds no checkpoint yet: training from the beginning`);
    return undefined;
  }
  const { path } = newest;
  const checkpoint = decodeNewest(newest, before, store.place);
  const differing = differences(identityOfCheckpoint(checkpoint), identity);
  if (differing.length > 0) {
    const reason = `this checkpoint is of another training (${differing.join("; ")}); name another folder for this one`;
    throw new DataError("wrong-training", path, 0, reason);
  }
  const moment = `iteration ${checkpoint.iteration}, epoch ${checkpoint.epoch}`;
  if (!resume) {
    const reason = `there is a checkpoint of this training, after ${moment}; add --resume to go on from it, or remove ${store.place} to begin anew`;
    throw new DataError("checkpoint-exists", path, 0, reason);
  }
  onNotice(`going on after ${moment}, from ${path}`);
  return { path, checkpoint };
}

/** Going back further than the newest is left to the user: a disk that damages files is something to know about. */
function decodeNewest(newest: NamedBytes, before: NamedBytes | undefined, place: string): Checkpoint {
  try {
    return decodeCheckpoint(newest);
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    const advice =
      before !== undefined && isWhole(before)
        ? `remove it to go on from ${before.path}`
        : `remove ${place} to begin anew`;
    throw new DataError(error.code, error.path, error.offset, `${error.reason}; ${advice}`);
  }
}

function isWhole(file: NamedBytes): boolean {
  try {
    decodeCheckpoint(file);
    return true;
  } catch (error) {
    if (error instanceof DataError) return false;
    throw error;
  }
}
