import type { RowUse, Site } from "./program.js";
import type { Visitor } from "./visitor.js";

/** The tiles that run: value of the loop variable and elements, by depth. */
export interface Tiles {
  readonly values: readonly number[];
  readonly sizes: readonly number[];
}

/** A site is accessed: its rows, and its sample, are reached if they were not before. */
export function reach({ rows, sample, action }: Site, tiles: Tiles, visitor: Visitor): void {
  if (rows !== undefined) {
    if (!rows.isOpen) open(rows, tiles);
    if (action === "write") rows.isWritten = true;
    else if (!rows.isRead) {
      rows.isRead = true;
      eachRow(rows, tiles, (row) => visitor.readRow(rows, row));
    }
  }
  if (sample === undefined || (action === "read" ? sample.isRead : sample.isWritten)) return;
  if (action === "read") sample.isRead = true;
  else sample.isWritten = true;
  visitor.reachSample(sample.binding, action);
}

/** A tile ends: the rows that it wrote are written. */
export function leaveTile(use: RowUse, tiles: Tiles, visitor: Visitor): void {
  if (use.isWritten) {
    use.wasWritten = true;
    eachRow(use, tiles, (row) => visitor.writeRow(use, row));
  }
  use.isOpen = false;
  use.isRead = false;
  use.isWritten = false;
}

function open(use: RowUse, { values, sizes }: Tiles): void {
  const { binding, depth } = use;
  const rowBits = binding.elementBits * (binding.dimensions[1] ?? 1);
  use.firstBit = binding.firstBit + (values[depth] ?? 0) * rowBits;
  use.endBit = use.firstBit + (sizes[depth] ?? 0) * rowBits;
  use.isOpen = true;
}

/** Rows of the current tile, counted from the first of the view. */
function eachRow({ depth }: RowUse, { values, sizes }: Tiles, visit: (row: number) => void): void {
  const first = values[depth] ?? 0;
  const size = sizes[depth] ?? 0;
  for (let row = first; row < first + size; row += 1) visit(row);
}
