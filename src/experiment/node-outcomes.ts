import { join } from "node:path";
import { FileError } from "../config/source.js";
import { DataError } from "../data/data-error.js";
import { TEMPORARY_ENDING, writeAtomic } from "../data/node-atomic.js";
import { readBytes } from "../data/node-files.js";
import { makeFolder, namesIn, removeFile } from "../data/node-folder.js";
import { packageVersion } from "./node-version.js";
import { decodeOutcome, encodeOutcome, type SavedOutcome } from "./outcome-file.js";
import type { OutcomeStore } from "./outcome-store.js";

const ENDING = ".outcome";
const MISNAMED = "this cached outcome is of another training than its name says";

/** A file of an outcome cache: what it holds, or what is wrong with it. */
export interface CacheEntry {
  readonly key: string;
  readonly path: string;
  readonly bytes: number;
  readonly saved: SavedOutcome | undefined;
  readonly problem?: string;
}

/** Outcomes as files of a folder, one each, named by their key. */
export interface OutcomeCache extends OutcomeStore {
  readonly folder: string;
  /** What is there, the newest first, damaged files last. */
  list(): CacheEntry[];
  /** Removes entries. @throws FileError */
  remove(entries: readonly CacheEntry[]): void;
  /** Removes what killed processes left behind. @throws FileError */
  removeRemains(): void;
}

/** The outcome cache in `folder`, which is made when the first outcome is kept. */
export function outcomeCache(folder: string): OutcomeCache {
  const pathOf = (key: string) => join(folder, `${key}${ENDING}`);
  const entryOf = (name: string): CacheEntry => {
    const path = join(folder, name);
    const entry = { path, key: name.slice(0, -ENDING.length), bytes: 0, saved: undefined };
    try {
      const bytes = readBytes(path);
      entry.bytes = bytes.length;
      const saved = decodeOutcome({ path, bytes });
      return saved.key === entry.key ? { ...entry, saved } : { ...entry, problem: MISNAMED };
    } catch (error) {
      if (!(error instanceof DataError || error instanceof FileError)) throw error;
      return { ...entry, problem: error instanceof DataError ? error.reason : error.message };
    }
  };
  return {
    folder,
    find({ key, settings, dataSha256, numericsVersion }) {
      const path = pathOf(key);
      const bytes = readIfThere(path);
      if (bytes === undefined) return undefined;
      const saved = decodeOutcome({ path, bytes });
      const isThisTraining =
        saved.settings === settings &&
        saved.dataSha256 === dataSha256 &&
        saved.numericsVersion === numericsVersion;
      if (isThisTraining) return saved;
      throw new DataError("wrong-training", path, 0, MISNAMED);
    },
    keep({ key, settings, dataSha256, numericsVersion }, workload, { iterations, activity, cells }) {
      makeFolder(folder);
      const about = { key, settings, dataSha256, numericsVersion, workload };
      const origin = { rebit: packageVersion(), written: new Date().toISOString() };
      writeAtomic(pathOf(key), encodeOutcome({ ...about, ...origin, iterations, activity, cells }));
    },
    list() {
      const age = ({ saved }: CacheEntry) => saved?.written ?? "";
      return namesIn(folder, ENDING)
        .map(entryOf)
        .toSorted((a, b) => (age(a) < age(b) ? 1 : age(a) > age(b) ? -1 : 0));
    },
    remove(entries) {
      for (const { path } of entries) removeFile(path);
    },
    removeRemains() {
      for (const name of namesIn(folder, TEMPORARY_ENDING)) removeFile(join(folder, name));
    },
  };
}

function readIfThere(path: string): Uint8Array | undefined {
  try {
    return readBytes(path);
  } catch (error) {
    if (error instanceof FileError && error.code === "missing-file") return undefined;
    throw error;
  }
}
