import { randomBytes } from "node:crypto";
import * as nodeFs from "node:fs";
import { dirname } from "node:path";
import { FileError } from "../config/source.js";
import { failureText } from "./node-files.js";

/** What {@link writeAtomic} asks of the file system; tests let it fail, or the power go, at each step. */
export type AtomicSteps = Pick<
  typeof nodeFs,
  "openSync" | "writeSync" | "fsyncSync" | "closeSync" | "renameSync" | "rmSync"
>;

/** The ending of files that are not whole yet; a killed process leaves one behind. */
export const TEMPORARY_ENDING = ".tmp";

/** File systems on which a folder cannot be synced say so in one of these ways; their renames are as durable as they get. */
const NO_FOLDER_SYNC = ["EINVAL", "ENOTSUP", "EISDIR", "EPERM", "EACCES"];

/**
 * Writes a file so that a reader, or a later process, sees the old content or the new one, whole, whenever this
 * process is killed or the power goes. When it returns the new content is on the disk.
 * @throws FileError `unwritable-file`, with the old content intact
 */
export function writeAtomic(path: string, bytes: Uint8Array, fs: AtomicSteps = nodeFs): void {
  // Random, since process ids repeat between the containers that may share a folder.
  const temporary = `${path}.${randomBytes(6).toString("hex")}${TEMPORARY_ENDING}`;
  try {
    const file = fs.openSync(temporary, "wx");
    try {
      for (let written = 0; written < bytes.length; ) {
        written += fs.writeSync(file, bytes, written, bytes.length - written);
      }
      fs.fsyncSync(file);
    } finally {
      fs.closeSync(file);
    }
    fs.renameSync(temporary, path);
  } catch (error) {
    removeIfThere(temporary, fs);
    throw new FileError("unwritable-file", path, `this file cannot be written (${failureText(error)})`);
  }
  syncFolder(dirname(path), fs);
}

/** What went wrong before is what the user has to know, not that tidying up failed as well. */
function removeIfThere(path: string, fs: AtomicSteps): void {
  try {
    fs.rmSync(path, { force: true });
  } catch {}
}

/** A rename lasts once its folder is on the disk. */
function syncFolder(folder: string, fs: AtomicSteps): void {
  try {
    const opened = fs.openSync(folder, "r");
    try {
      fs.fsyncSync(opened);
    } finally {
      fs.closeSync(opened);
    }
  } catch (error) {
    if (NO_FOLDER_SYNC.includes((error as NodeJS.ErrnoException).code ?? "")) return;
    throw new FileError("unwritable-file", folder, `this folder cannot be synced (${failureText(error)})`);
  }
}
