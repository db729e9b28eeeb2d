import { DataError } from "./data-error.js";
import type { RecordKind } from "./elf-headers.js";

/** The bytes of an ELF file and its path, which errors name. */
export interface ElfFile {
  readonly bytes: Uint8Array;
  readonly path: string;
}

/** Addresses are below this. */
const ADDRESSES = 2 ** 32;

export const hex = (value: number): string => `0x${value.toString(16)}`;

/**
 * Bytes `offset` .. `offset + size - 1` of the file, which the record at byte `at` says are `what`.
 * @throws DataError truncated
 */
export function bytesAt(
  { bytes, path }: ElfFile,
  at: number,
  offset: number,
  size: number,
  what: string,
): Uint8Array {
  if (offset + size <= bytes.length) return bytes.subarray(offset, offset + size);
  const reason = `${what} is said to be at bytes ${offset} .. ${offset + size}, but the file ends at ${bytes.length}`;
  throw new DataError("truncated", path, at, reason);
}

/** A record and the byte where it begins. */
export interface Located<T> {
  readonly at: number;
  readonly record: T;
}

/**
 * `count` records one behind the other.
 * @param at the byte that says where they are
 * @throws DataError truncated
 */
export function recordsAt<T>(
  file: ElfFile,
  at: number,
  { bytes: size, read }: RecordKind<T>,
  offset: number,
  count: number,
  what: string,
): Located<T>[] {
  const table = bytesAt(file, at, offset, count * size, what);
  return Array.from({ length: count }, (_, i) => ({
    at: offset + i * size,
    record: read(table.subarray(i * size, (i + 1) * size)),
  }));
}

/** Addresses that something takes. */
export interface Range {
  readonly what: string;
  readonly start: number;
  readonly size: number;
  /** The byte of the file that says so. */
  readonly at: number;
}

/**
 * Checks that ranges lie within 32-bit addresses and apart from each other; those without bytes lie anywhere.
 * @throws DataError damaged
 */
export function checkApart(path: string, ranges: readonly Range[]): void {
  for (const { what, start, size, at } of ranges) {
    if (start + size <= ADDRESSES) continue;
    throw new DataError(
      "damaged",
      path,
      at,
      `${what} of ${size} bytes at ${hex(start)} passes the last address`,
    );
  }
  const sorted = ranges.filter(({ size }) => size > 0).toSorted((a, b) => a.start - b.start);
  for (const [i, range] of sorted.entries()) {
    const next = sorted[i + 1];
    if (next === undefined || range.start + range.size <= next.start) continue;
    const reason = `${next.what} at ${hex(next.start)} overlaps ${range.what} at ${hex(range.start)} .. ${hex(range.start + range.size)}`;
    throw new DataError("damaged", path, next.at, reason);
  }
}
