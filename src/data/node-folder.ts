import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { FileError } from "../config/source.js";
import { failureText } from "./node-files.js";

/** Makes a folder and those above it, if they are not there. @throws FileError `unwritable-file` */
export function makeFolder(folder: string): void {
  try {
    makeWithParents(folder);
  } catch (error) {
    throw new FileError("unwritable-file", folder, `this folder cannot be made (${failureText(error)})`);
  }
}

/** Not `recursive: true`, with which Node 20 never returns if the file system answers ENOENT below a folder that exists (/proc). */
function makeWithParents(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const parent = dirname(folder);
    if (code === "EEXIST" && isFolder(folder)) return;
    if (code !== "ENOENT" || existsSync(parent)) throw error;
    makeWithParents(parent);
    makeWithParents(folder);
  }
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/** Names in a folder that end like this, sorted; none if there is no folder. @throws FileError `unreadable-file` */
export function namesIn(folder: string, ending: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(ending))
      .toSorted();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw new FileError("unreadable-file", folder, `this folder cannot be read (${failureText(error)})`);
  }
}

/** Removes a file if it is there. @throws FileError `unwritable-file` */
export function removeFile(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch (error) {
    throw new FileError("unwritable-file", path, `this file cannot be removed (${failureText(error)})`);
  }
}
