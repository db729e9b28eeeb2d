import { Parser } from "binary-parser";
import { DataError } from "./data-error.js";

// The IDX format (Y. LeCun, "The MNIST database of handwritten digits"): a big-endian magic number, one 32-bit
// size for each dimension, then the data. The magic is 0x00000800 (unsigned bytes) plus the number of dimensions.
const IMAGES_MAGIC = 0x803;
const LABELS_MAGIC = 0x801;

const imagesParser = new Parser()
  .endianess("big")
  .uint32("magic")
  .uint32("count")
  .uint32("rows")
  .uint32("columns")
  .buffer("data", { readUntil: "eof" });

const labelsParser = new Parser()
  .endianess("big")
  .uint32("magic")
  .uint32("count")
  .buffer("data", { readUntil: "eof" });

/** Images of an IDX file: `count x rows x columns` pixels, 0 .. 255, image by image, row by row. */
export interface IdxImages {
  count: number;
  rows: number;
  columns: number;
  pixels: Uint8Array;
}

/** Labels of an IDX file, one byte each. */
export interface IdxLabels {
  count: number;
  labels: Uint8Array;
}

/**
 * Reads an IDX file of images. `path` names the file in errors.
 * @throws DataError wrong-magic, truncated, trailing-bytes, bad-shape
 */
export function parseIdxImages(bytes: Uint8Array, path: string): IdxImages {
  checkMagic(bytes, path, IMAGES_MAGIC);
  checkHeader(bytes, path, 16);
  const { count, rows, columns, data } = imagesParser.parse(bytes) as unknown as ParsedImages;
  if (count === 0 || rows === 0 || columns === 0) {
    throw new DataError("bad-shape", path, 4, `holds ${count} images of ${rows} x ${columns} pixels`);
  }
  checkLength(data, path, 16, count * rows * columns, `${count} images of ${rows} x ${columns} pixels`);
  return { count, rows, columns, pixels: data };
}

/**
 * Reads an IDX file of labels. `path` names the file in errors.
 * @throws DataError wrong-magic, truncated, trailing-bytes, bad-shape
 */
export function parseIdxLabels(bytes: Uint8Array, path: string): IdxLabels {
  checkMagic(bytes, path, LABELS_MAGIC);
  checkHeader(bytes, path, 8);
  const { count, data } = labelsParser.parse(bytes) as unknown as ParsedLabels;
  if (count === 0) throw new DataError("bad-shape", path, 4, "holds no labels");
  checkLength(data, path, 8, count, `${count} labels`);
  return { count, labels: data };
}

interface ParsedLabels {
  readonly count: number;
  readonly data: Uint8Array;
}

interface ParsedImages extends ParsedLabels {
  readonly rows: number;
  readonly columns: number;
}

function hex(magic: number): string {
  return `0x${magic.toString(16).padStart(8, "0")}`;
}

function checkMagic(bytes: Uint8Array, path: string, expected: number): void {
  if (bytes.length < 4) throw new DataError("truncated", path, bytes.length, "ends before its magic number");
  const magic = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  if (magic === expected) return;
  const wanted = expected === IMAGES_MAGIC ? "images" : "labels";
  const found =
    magic === IMAGES_MAGIC || magic === LABELS_MAGIC
      ? `this is an IDX file of ${magic === IMAGES_MAGIC ? "images" : "labels"}`
      : magic >>> 16 === 0x1f8b
        ? "this is a gzip file: unpack it first"
        : "this is no IDX file of unsigned bytes";
  const reason = `starts with ${hex(magic)} where an IDX file of ${wanted} starts with ${hex(expected)}; ${found}`;
  throw new DataError("wrong-magic", path, 0, reason);
}

function checkHeader(bytes: Uint8Array, path: string, headerBytes: number): void {
  if (bytes.length >= headerBytes) return;
  throw new DataError("truncated", path, bytes.length, `ends within its header of ${headerBytes} bytes`);
}

function checkLength(data: Uint8Array, path: string, at: number, expected: number, what: string): void {
  if (data.length < expected) {
    const reason = `its header promises ${what} (${expected} bytes), but only ${data.length} bytes follow`;
    throw new DataError("truncated", path, at + data.length, reason);
  }
  if (data.length > expected) {
    const reason = `${data.length - expected} bytes follow after the ${what} that its header promises`;
    throw new DataError("trailing-bytes", path, at + expected, reason);
  }
}
