import { packRow } from "../kernels/pack-row.js";
import type { Cells } from "./cells.js";
import type { Xorshift32 } from "./random.js";
import { fieldBitsOf } from "./resolve-numerics.js";

/**
 * The plastic column of one iteration, unpacked from the cells and indexed by cell. The cells stay the truth: what
 * was learned is written back to them at the end of each epoch.
 */
export interface PlasticColumn {
  /** k, 1-based. */
  readonly column: number;
  /** b = n - k + 1. */
  readonly fieldBits: number;
  /** W weights, sign-extended from b bits. */
  readonly weights: Int16Array;
  /** The frozen bits of every cell, in place above the field. */
  readonly frozen: Uint16Array;
}

/** Unpacks the field of column `column` as the cells hold it. */
export function loadColumn(cells: Cells, column: number): PlasticColumn {
  const fieldBits = fieldBitsOf(cells.weightBits, column);
  const weights = new Int16Array(cells.count);
  const frozen = new Uint16Array(cells.count);
  const fieldMask = (1 << fieldBits) - 1;
  for (let cell = 0; cell < cells.count; cell++) {
    weights[cell] = cells.readField(cell, fieldBits);
    frozen[cell] = cells.readCell(cell) & ~fieldMask;
  }
  return { column, fieldBits, weights, frozen };
}

/** Packs a column into the cells. */
export function storeColumn(cells: Cells, plastic: PlasticColumn): void {
  packRow({ cells: cells.bytes, weightBits: cells.weightBits, ...plastic }, 0, cells.count);
}

/** Starts column `column` from uniformly random fields in the recycled bits: one draw a weight, its top b bits. */
export function startColumn(cells: Cells, column: number, chip: Xorshift32): PlasticColumn {
  const fieldBits = fieldBitsOf(cells.weightBits, column);
  for (let cell = 0; cell < cells.count; cell++) {
    cells.writeField(cell, fieldBits, chip.next() >>> (32 - fieldBits));
  }
  return loadColumn(cells, column);
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

/** The signs of a column, frozen or plastic, as weights of 1 bit: 0 stands for +1 and -1 for -1. */
export function signsOf(cells: Cells, column: number): Int16Array {
  return Int16Array.from({ length: cells.count }, (_, cell) => cells.readSign(cell, column));
}
