import { exact } from "../../firmware/exact.js";
import type { OffChipRegion } from "../off-chip.js";
import { liveIn, type Mover } from "./mover.js";
import { Sheet } from "./sheet.js";

/**
 * Fills `times` samples. All samples are filled equally often: whole passes over them are walked sample by sample, and
 * of the rest as many touch one page more as their share of a pass is, rounded up.
 */
export function fillSamples(mover: Mover, region: OffChipRegion, into: string, times: number): void {
  const { count, bytes } = sampleRowsOf(region);
  /** One sample for each number of pages that samples touch, and how many there are of them. */
  const kinds = new Map<number, { start: number; samples: number }>();
  for (let sample = 0; sample < count; sample += 1) {
    const start = region.address + sample * bytes;
    const pages = region.memory.isPaged ? pagesIn(start, bytes, region.memory.pageBytes) : 1;
    const kind = kinds.get(pages) ?? { start, samples: 0 };
    kind.samples += 1;
    kinds.set(pages, kind);
  }
  let rest = times;
  // Those that touch more pages first: what is left over falls to the others.
  for (const [, { start, samples }] of [...kinds].sort(([a], [b]) => b - a)) {
    const share = Math.floor(times / count) * samples + Math.ceil(((times % count) * samples) / count);
    const fills = Math.min(rest, share);
    rest -= fills;
    repeat(mover, fills, () => mover.fill(region, into, start, start + bytes));
  }
  // Which samples the last pass leaves out is not known: each counts as read in it.
  repeat(mover, Math.ceil(times / count), () => {
    for (let sample = 0; sample < count; sample += 1) {
      const start = region.address + sample * bytes;
      mover.wearByReading(region, start, start + bytes);
    }
  });
}

function pagesIn(start: number, bytes: number, pageBytes: number): number {
  let pages = 0;
  let page = -1;
  for (let address = start; address < start + bytes; address += 1) {
    const here = Math.floor(address / pageBytes);
    if (here !== page) pages += 1;
    page = here;
  }
  return pages;
}

/** Writes `times` samples in order, whole passes: in place one by one; else sector by sector. */
export function writeSamples(mover: Mover, region: OffChipRegion, times: number): void {
  const { memory, tensor, address } = region;
  const { count, bytes } = sampleRowsOf(region);
  repeat(mover, exact(times / count), () => {
    if (memory.rewrite === "inPlace") {
      for (let sample = 0; sample < count; sample += 1) {
        const start = address + sample * bytes;
        mover.write(region, start, start + bytes, tensor);
      }
      return;
    }
    let sector = Math.floor(address / memory.sectorBytes);
    while (liveIn(region, sector).start < address + region.bytes) {
      mover.programSector(region, sector, tensor);
      sector += 1;
    }
  });
}

/** Does something once and writes it down many times. */
function repeat(mover: Mover, times: number, act: () => void): void {
  if (times === 0) return;
  const once = new Sheet(mover.base);
  mover.onSheet(once, act);
  mover.sheet.addTimes(once, times);
}

function sampleRowsOf({ tensor, sampleRows }: OffChipRegion): { count: number; bytes: number } {
  if (sampleRows === undefined) throw new Error(`${tensor} does not lie in samples`);
  return sampleRows;
}
