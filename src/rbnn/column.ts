import type { Cells } from "./cells.js";
import type { Xorshift32 } from "./random.js";
import { fieldBitsOf } from "./resolve-numerics.js";

/**
 * The plastic column of one iteration as kernels see it: an unpacked copy, indexed by cell, of what the packed
 * cells hold. The cells stay the truth: every kernel that updates a row writes it through.
 */
export interface PlasticColumn extends ColumnArrays {
  /** k, 1-based. */
  readonly column: number;
  /** b = n - k + 1. */
  readonly fieldBits: number;
}

/** Where the unpacked copy of a column is kept. */
export interface ColumnArrays {
  /** W weights, sign-extended from b bits. */
  readonly weights: Int16Array;
  /** The frozen bits of every cell, in place above the field. */
  readonly frozen: Uint16Array;
}

/** Unpacks the field of column `column` as the cells hold it into `arrays`. */
export function loadColumn(cells: Cells, column: number, arrays: ColumnArrays): PlasticColumn {
  const fieldBits = fieldBitsOf(cells.weightBits, column);
  const { weights, frozen } = arrays;
  const fieldMask = (1 << fieldBits) - 1;
  for (let cell = 0; cell < cells.count; cell++) {
    weights[cell] = cells.readField(cell, fieldBits);
    frozen[cell] = cells.readCell(cell) & ~fieldMask;
  }
  return { column, fieldBits, weights, frozen };
}

/** Starts column `column` from uniformly random fields in the recycled bits: one draw a weight, its top b bits. */
export function startColumn(
  cells: Cells,
  column: number,
  chip: Xorshift32,
  arrays: ColumnArrays,
): PlasticColumn {
  const fieldBits = fieldBitsOf(cells.weightBits, column);
  for (let cell = 0; cell < cells.count; cell++) {
    cells.writeField(cell, fieldBits, chip.next() >>> (32 - fieldBits));
  }
  return loadColumn(cells, column, arrays);
}

/** The best epoch's snapshot: 1 bit a weight, little-endian, 1 meaning -1. */
export function snapshotSigns(plastic: PlasticColumn, snapshot: Uint8Array): void {
  snapshot.fill(0);
  const { weights } = plastic;
  for (let cell = 0; cell < weights.length; cell++) {
    if ((weights[cell] as number) < 0)
      snapshot[cell >> 3] = (snapshot[cell >> 3] as number) | (1 << (cell & 7));
  }
}

/** Ends an iteration: the snapshot's signs become the frozen bits of column `column`. */
export function freezeSigns(cells: Cells, column: number, snapshot: Uint8Array): void {
  for (let cell = 0; cell < cells.count; cell++) {
    cells.writeSign(cell, column, ((snapshot[cell >> 3] as number) >> (cell & 7)) & 1);
  }
}

/** Unpacks the signs of a column, frozen or plastic, as weights of 1 bit: 0 stands for +1 and -1 for -1. */
export function loadSigns(cells: Cells, column: number, signs: Int16Array): void {
  for (let cell = 0; cell < cells.count; cell++) signs[cell] = cells.readSign(cell, column);
}
