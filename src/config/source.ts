import { ConfigError, problemAt } from "./problem.js";
import type { Origin } from "./tree.js";

/** How configuration files are read: from a disk, from memory, over a network that was fetched before. */
export interface Files {
  /** The bytes of a file. @throws FileError */
  read(path: string): Uint8Array;
  /** The path of `relative` as written in the file `from`. */
  resolve(from: string, relative: string): string;
  /** Names of the files in a folder, sorted; absent where folders cannot be listed. */
  list?(folder: string): readonly string[];
}

const REASONS = {
  "missing-file": "there is no such file",
  "unreadable-file": "this file cannot be read",
  "unwritable-file": "this file cannot be written",
} as const;

/** A file that cannot be read or written: there is none, or it is a directory, or permission or room is missing. */
export class FileError extends Error {
  override readonly name = "FileError";

  constructor(
    readonly code: "missing-file" | "unreadable-file" | "unwritable-file",
    readonly path: string,
    reason: string = REASONS[code],
  ) {
    super(`${path}: ${reason}`);
  }
}

/** The start of a file, for problems of the file as a whole. */
export function startOf(path: string): Origin {
  return { file: path, line: 1, column: 1 };
}

/**
 * Reads a file that is named at `origin` (by default: by the user).
 * @throws ConfigError located at `origin` if it cannot be read.
 */
export function readFile(files: Files, path: string, origin: Origin = startOf(path)): Uint8Array {
  try {
    return files.read(path);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new ConfigError([problemAt(origin, error.code, error.message)]);
  }
}

/**
 * The path of a file that is named at `origin`: relative to the file where the name was written, also where that was
 * extended by another; in an argument such as `--set`, relative to the working directory.
 */
export function resolveNamed(files: Files, origin: Origin, written: string): string {
  return origin.file.startsWith("--") ? written : files.resolve(origin.file, written);
}

/** Configurations are written by hand; whatever is larger is something else. */
export const MAX_FILE_BYTES = 1024 * 1024;

/** @throws ConfigError `file-too-large` */
export function checkSize(path: string, size: number): void {
  if (size <= MAX_FILE_BYTES) return;
  const found = `${(size / MAX_FILE_BYTES).toFixed(1)} MiB`;
  const message = `${found} is too large for a configuration file (at most 1 MiB)`;
  throw new ConfigError([problemAt(startOf(path), "file-too-large", message)]);
}

const NEWLINE = 0x0a;

/** The first line that is not UTF-8, and the column where it stops being so. */
function firstBadByte(bytes: Uint8Array, path: string): Origin {
  let line = 1;
  let start = 0;
  for (;;) {
    const newline = bytes.indexOf(NEWLINE, start);
    const text = new TextDecoder().decode(bytes.subarray(start, newline < 0 ? undefined : newline));
    const column = text.indexOf("\ufffd") + 1;
    if (column > 0) return { file: path, line, column, excerpt: text };
    if (newline < 0) return startOf(path);
    line += 1;
    start = newline + 1;
  }
}

/**
 * The text of a configuration file, without a byte-order mark.
 * @throws ConfigError `file-too-large` or `not-utf8`, located at the first wrong byte.
 */
export function decodeText(bytes: Uint8Array, path: string): string {
  checkSize(path, bytes.length);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    const message = "this is not UTF-8 text; save the file as UTF-8";
    throw new ConfigError([problemAt(firstBadByte(bytes, path), "not-utf8", message)]);
  }
}
