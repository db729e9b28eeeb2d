import { accessSync, constants } from "node:fs";
import { join } from "node:path";
import { FileError } from "../config/source.js";
import { type AtomicSteps, TEMPORARY_ENDING, writeAtomic } from "../data/node-atomic.js";
import { failureText, readBytes } from "../data/node-files.js";
import { makeFolder, namesIn, removeFile } from "../data/node-folder.js";
import type { CheckpointStore, EpochMoment } from "./checkpoint-store.js";

const ENDING = ".checkpoint";
const NAME = /^iteration-\d{2}-epoch-\d{5}\.checkpoint$/;
const REMAINS = /^iteration-.*\.checkpoint\..*\.tmp$/;
/** The newest, and the one before it in case the disk damages the newest. */
const KEPT = 2;

/** Sorted by name they are sorted by age. */
function nameOf({ iteration, epoch }: EpochMoment): string {
  return `iteration-${String(iteration).padStart(2, "0")}-epoch-${String(epoch).padStart(5, "0")}${ENDING}`;
}

/**
 * Checkpoints of one training as files of a folder, which is made if need be. Each is a new file that takes its name
 * only when it is whole and on the disk; after that all but the last two are removed. Other files are left alone.
 * @throws FileError if the folder cannot be used, so that a training does not find out after its first epoch
 */
export function checkpointFolder(folder: string, steps?: AtomicSteps): CheckpointStore {
  makeFolder(folder);
  try {
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new FileError(
      "unwritable-file",
      folder,
      `checkpoints cannot be written here (${failureText(error)})`,
    );
  }
  for (const name of namesIn(folder, TEMPORARY_ENDING)) {
    if (REMAINS.test(name)) removeFile(join(folder, name));
  }
  const newestFirst = () =>
    namesIn(folder, ENDING)
      .filter((name) => NAME.test(name))
      .toReversed();
  return {
    place: folder,
    saved: () =>
      newestFirst().map((name) => ({ path: join(folder, name), bytes: readBytes(join(folder, name)) })),
    save(moment, checkpoint) {
      writeAtomic(join(folder, nameOf(moment)), checkpoint, steps);
      for (const name of newestFirst().slice(KEPT)) removeFile(join(folder, name));
    },
  };
}
