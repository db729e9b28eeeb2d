import type { OffChipMemory } from "./components/off-chip-memory.js";
import { aligned } from "./placement/items.js";
import { partUnitBytes } from "./placement/spill-cost.js";
import type { RowGroup } from "./placement/uses.js";

/** Bytes of a region, from `start` to before `end`; rows may share the byte at which one ends and the next begins. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** The part of a tensor that lies off chip. */
export interface OffChipRegion {
  readonly tensor: string;
  readonly memory: OffChipMemory;
  readonly address: number;
  readonly bytes: number;
  /** Where each spilled row lies, by its number; a row that is not in here is on chip. */
  readonly rows: ReadonlyMap<number, ByteRange>;
  /** Uniform rows of a tensor whose rows are samples. */
  readonly sampleRows: { readonly count: number; readonly bytes: number } | undefined;
  /**
   * Where each part of the region ends, ascending; the next one begins at the next sector, and nothing lives between them.
   * Absent in a region of one part.
   */
  readonly partEnds?: readonly number[];
}

/** What found no place: what it needs, and the most room that any memory has for it. */
export interface Unplaced {
  readonly tensor: string;
  readonly demandBytes: number;
  readonly roomBytes: number;
  /** The memory with that room; undefined if there is none at all. */
  readonly component: string | undefined;
}

/** Rows of one group that lie off chip, ascending. */
export interface SpilledRows {
  readonly group: RowGroup;
  readonly rows: readonly number[];
}

/**
 * The region of a tensor's spilled rows from an address on. The rows of each group begin at a sector of their own, since
 * loops go over groups: a sector of two groups would be rewritten by the loops of both. Rows keep their bit phase in words of the
 * SRAM's port, so that rows that follow each other lie without gaps.
 */
export function rowRegion(
  tensor: string,
  spilled: readonly SpilledRows[],
  memory: OffChipMemory,
  address: number,
  widthBits: number,
): OffChipRegion {
  const unit = partUnitBytes(memory, widthBits);
  const rows = new Map<number, ByteRange>();
  const partEnds: number[] = [];
  let bytes = 0;
  for (const { group, rows: numbers } of spilled) {
    if (numbers.length === 0) continue;
    let bit = 8 * aligned(bytes, unit);
    for (const row of numbers) {
      const inTensor = group.firstBit + (row - group.firstRow) * group.rowBits;
      const gap = (inTensor - bit) % widthBits;
      bit += gap < 0 ? gap + widthBits : gap;
      rows.set(row, { start: Math.floor(bit / 8), end: Math.ceil((bit + group.rowBits) / 8) });
      bit += group.rowBits;
    }
    bytes = Math.ceil(bit / 8);
    partEnds.push(bytes);
  }
  return { tensor, memory, address, bytes, rows, sampleRows: undefined, partEnds };
}

/** The region of a tensor whose rows are samples, all of the same size. */
export function sampleRegion(
  {
    name: tensor,
    bits,
    rowCount = 1,
  }: { readonly name: string; readonly bits: number; readonly rowCount?: number },
  memory: OffChipMemory,
  address: number,
): OffChipRegion {
  const bytes = Math.ceil(bits / rowCount / 8);
  const sampleRows = { count: rowCount, bytes };
  return { tensor, memory, address, bytes: bytes * rowCount, rows: new Map(), sampleRows };
}
