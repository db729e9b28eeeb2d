import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { FileError } from "../config/source.js";
import { failureText } from "./node-files.js";

/** Makes a folder and those above it. @throws FileError `unwritable-file` */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new FileError("unwritable-file", folder, `this folder cannot be made (${failureText(error)})`);
  }
}

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
