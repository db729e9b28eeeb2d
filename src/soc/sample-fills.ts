import type { OffChipRegion } from "./off-chip.js";

/** Fills of sample rows that touch the same number of pages. */
export interface SampleFills {
  readonly pages: number;
  readonly fills: number;
}

/** Pages that `bytes` bytes from byte `start` of a region touch. */
export function pagesTouched({ address, memory }: OffChipRegion, start: number, bytes: number): number {
  const first = Math.floor((address + start) / memory.pageBytes);
  return bytes === 0 ? 0 : Math.floor((address + start + bytes - 1) / memory.pageBytes) - first + 1;
}

/**
 * How many pages `times` fills of sample rows touch. All rows are filled equally often; what is no whole pass over them
 * has its share of the rows that touch one page more, rounded up.
 */
export function sampleFills(region: OffChipRegion, bytes: number, times: number): SampleFills[] {
  if (times === 0 || bytes === 0) return [];
  const { memory, sampleRows } = region;
  // Only pages that have to be loaded make a difference.
  if (!memory.isPaged) return [{ pages: 1, fills: times }];
  const rows = sampleRows?.count ?? 1;
  const least = Math.ceil(bytes / memory.pageBytes);
  let straddling = 0;
  for (let row = 0; row < rows; row += 1) {
    if (pagesTouched(region, row * bytes, bytes) > least) straddling += 1;
  }
  const more = Math.floor(times / rows) * straddling + Math.ceil(((times % rows) * straddling) / rows);
  return [
    { pages: least, fills: times - more },
    { pages: least + 1, fills: more },
  ];
}
