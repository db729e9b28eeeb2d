import { sum } from "./items.js";
import type { Choice, PlacementSearch } from "./search.js";
import { partUnitBytes } from "./spill-cost.js";

/** Of placements that do not fit, the one that takes least on chip: as many rows off chip as memories have room for. */
export function leastOnChip(search: PlacementSearch): Choice {
  const { rooms, chip } = search.situation;
  const attempts = search.selections().map((selection) => {
    const tables = search.tablesOf(selection);
    const spilled = new Array<number>(tables.length).fill(0);
    for (const [memory, capacity] of rooms) {
      const unit = partUnitBytes(memory, chip.sram.widthBits);
      const whole = selection.whole.filter((entry) => entry.memory === memory);
      let room =
        capacity -
        sum(whole.map(({ spec, rowBytes }) => Math.ceil((rowBytes * (spec.rowCount ?? 1)) / unit) * unit));
      const largestFirst = [...tables.keys()]
        .filter((index) => tables[index]?.memory === memory)
        .sort((a, b) => (tables[b]?.freed.at(-1) ?? 0) - (tables[a]?.freed.at(-1) ?? 0));
      for (const index of largestFirst) {
        const { taken } = tables[index] as (typeof tables)[number];
        const rows = taken.findLastIndex((bytes) => bytes <= room);
        spilled[index] = Math.max(0, rows);
        room -= taken[Math.max(0, rows)] ?? 0;
      }
    }
    return search.choiceOf(selection, tables, spilled, 0);
  });
  return attempts.reduce((least, next) => (next.offsets.peakBytes < least.offsets.peakBytes ? next : least));
}
