import type { OffChipRegion, SpilledRows } from "../off-chip.js";
import { liveBytes, sectorsOf } from "../sectors.js";
import type { Prices } from "./prices.js";
import { rewriteCost } from "./spill-cost.js";

/** The cost of any rows off chip, in one training: as {@link spillTable} has it for the last rows of a group. */
export function regionCost(region: OffChipRegion, spilled: readonly SpilledRows[], prices: Prices): number {
  const { memory, address } = region;
  let total = 0;
  for (const { group, rows } of spilled) {
    const sectors = new Set<number>();
    for (const row of rows) {
      const range = region.rows.get(row);
      if (range === undefined) continue;
      const bytes = range.end - range.start;
      const pageOf = (byte: number): number => Math.floor((address + byte) / memory.pageBytes);
      const pages = memory.isPaged ? pageOf(range.end - 1) - pageOf(range.start) + 1 : 1;
      const back = memory.rewrite === "inPlace" ? prices.write(memory, bytes) : prices.merge(bytes);
      total += group.fills * prices.fill(memory, bytes, pages) + group.writes * back;
      if (memory.rewrite === "sectors") for (const sector of sectorsOf(region, range)) sectors.add(sector);
    }
    for (const sector of sectors) {
      total += group.rewrites * rewriteCost(memory, liveBytes(region, sector), prices);
    }
  }
  return total;
}
