import type { OffChipMemory } from "../components/off-chip-memory.js";
import { aligned } from "./items.js";
import type { Prices } from "./prices.js";
import { type RowGroup, stretchBytes } from "./uses.js";

/** What follows from how many of a group's last rows lie in a memory, by their number from 0 to all. */
export interface SpillTable {
  readonly group: RowGroup;
  readonly memory: OffChipMemory;
  /** Joules or seconds of one training. */
  readonly cost: Float64Array;
  /** Bytes on chip that the spilled rows free, in whole blocks. */
  readonly freed: Float64Array;
  /** Bytes that they take off chip, in whole sectors and blocks. */
  readonly taken: Float64Array;
  /** The least cost of a byte that is freed. */
  readonly price: number;
}

/**
 * The cost of spilling the last rows of a group, in one training under the bound of the activity: each visit that reads a row
 * fills it; each that writes writes it back, or merges it into the sector buffer, and then each execution of the loop rewrites
 * the sectors that hold rows. A group's rows begin at a sector of their own, so that no other group changes this cost, and
 * it never falls with another row.
 */
export function spillTable(
  group: RowGroup,
  memory: OffChipMemory,
  prices: Prices,
  { widthBits, blockBytes }: { readonly widthBits: number; readonly blockBytes: number },
): SpillTable {
  const { rows, firstBit, rowBits, rewrites } = group;
  const visit = visitCosts(group, memory, prices);
  const rewritten = memory.rewrite === "sectors" && rewrites > 0;
  const whole = rewritten ? rewriteCost(memory, memory.sectorBytes, prices) : 0;
  const cost = new Float64Array(rows + 1);
  const freed = new Float64Array(rows + 1);
  const taken = new Float64Array(rows + 1);
  const kept = (count: number): number =>
    aligned(stretchBytes(group, group.firstRow, count, widthBits), blockBytes);
  const unit = partUnitBytes(memory, widthBits);
  let price = Number.POSITIVE_INFINITY;
  for (let spilled = 1; spilled <= rows; spilled += 1) {
    const phase = (firstBit + (rows - spilled) * rowBits) % widthBits;
    const bytes = Math.ceil((phase + spilled * rowBits) / 8);
    const sectors = Math.floor(bytes / memory.sectorBytes);
    const tail = bytes - sectors * memory.sectorBytes;
    const tailCost = rewritten && tail > 0 ? rewriteCost(memory, tail, prices) : 0;
    cost[spilled] = (visit(phase)[spilled] as number) + rewrites * (sectors * whole + tailCost);
    freed[spilled] = kept(rows) - kept(rows - spilled);
    taken[spilled] = aligned(bytes, unit);
    if (freed[spilled] !== 0) price = Math.min(price, (cost[spilled] as number) / (freed[spilled] as number));
  }
  return { group, memory, cost, freed, taken, price };
}

/** What the parts of a region begin at multiples of: sectors, and words of the port, so that rows keep their bit phase. */
export function partUnitBytes({ sectorBytes }: OffChipMemory, widthBits: number): number {
  let unit = sectorBytes;
  while ((unit * 8) % widthBits !== 0) unit += sectorBytes;
  return unit;
}

/** All live bytes of a sector read into the sector buffer, the sector erased, and its live pages programmed. */
export function rewriteCost(memory: OffChipMemory, liveBytes: number, prices: Prices): number {
  const pages = Math.ceil(liveBytes / memory.pageBytes);
  return prices.fill(memory, liveBytes, pages) + prices.program(memory, liveBytes);
}

/** By the bit at which the first spilled row begins in its word: the cost of all visits to so many rows. */
function visitCosts(group: RowGroup, memory: OffChipMemory, prices: Prices): (phase: number) => Float64Array {
  const { rows, rowBits, fills, writes } = group;
  const known = new Map<number, Float64Array>();
  const single = new Map<string, number>();
  const rowCost = (bytes: number, pages: number): number => {
    const key = `${bytes} ${pages}`;
    const before = single.get(key);
    if (before !== undefined) return before;
    const back = memory.rewrite === "inPlace" ? prices.write(memory, bytes) : prices.merge(bytes);
    const cost =
      (fills === 0 ? 0 : fills * prices.fill(memory, bytes, pages)) + (writes === 0 ? 0 : writes * back);
    single.set(key, cost);
    return cost;
  };
  return (phase) => {
    const before = known.get(phase);
    if (before !== undefined) return before;
    const sums = new Float64Array(rows + 1);
    for (let row = 0; row < rows; row += 1) {
      const bit = phase + row * rowBits;
      const start = Math.floor(bit / 8);
      const end = Math.ceil((bit + rowBits) / 8);
      const pages = memory.isPaged
        ? Math.floor((end - 1) / memory.pageBytes) - Math.floor(start / memory.pageBytes) + 1
        : 1;
      sums[row + 1] = (sums[row] as number) + rowCost(end - start, pages);
    }
    known.set(phase, sums);
    return sums;
  };
}

/**
 * The cost of a tensor whose rows are samples, in one training: each read fills a row; rows are written one by one in place, or
 * in order, each sector once a pass.
 */
export function sampleCost(
  { bits, rowCount = 1 }: { readonly bits: number; readonly rowCount?: number },
  reads: number,
  writes: number,
  memory: OffChipMemory,
  prices: Prices,
): number {
  const bytes = Math.ceil(bits / rowCount / 8);
  const total = bytes * rowCount;
  const { pageBytes, sectorBytes } = memory;
  // Rows that straddle a page touch one more: the mean over all rows.
  const pages = memory.isPaged ? 1 + Math.floor((total - 1) / pageBytes) / rowCount : 1;
  const filled = reads * prices.fill(memory, bytes, pages);
  if (writes === 0) return filled;
  if (memory.rewrite === "inPlace") return filled + writes * prices.write(memory, bytes);
  const sectors = Math.floor(total / sectorBytes);
  const tail = total - sectors * sectorBytes;
  const pass = sectors * prices.program(memory, sectorBytes) + (tail > 0 ? prices.program(memory, tail) : 0);
  return filled + (writes / rowCount) * pass;
}
