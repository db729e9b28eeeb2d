import type { ByteRange, OffChipRegion } from "../off-chip.js";
import { liveIn, type Mover } from "./mover.js";
import type { Sheet } from "./sheet.js";

/** Where the rewriting of a sector is written down, told that a row touches it. */
export type SectorSheet = (sector: number, row: number) => Sheet;

/**
 * The sector buffer of a memory that is rewritten by sectors, as one execution of a loop over rows uses it: it holds one
 * sector, and a sector goes back when the loop leaves it.
 */
export class SectorBuffer {
  #sector: number | undefined;
  /** Where the sector in the buffer is written down. */
  #sheet: Sheet | undefined;

  constructor(
    readonly mover: Mover,
    readonly region: OffChipRegion,
    readonly sheetOf: SectorSheet,
    readonly bufferBytes: number,
  ) {}

  /** Copies a changed row into the sectors that it lies in; `row` names it to the sheets. */
  merge({ start, end }: ByteRange, row: number): void {
    const { mover, region } = this;
    mover.merge(region.tensor, "sectorBuffer", end - start);
    let last: number | undefined;
    for (let byte = start; byte < end; byte += 1) {
      const sector = Math.floor((region.address + byte) / region.memory.sectorBytes);
      if (sector === last) continue;
      last = sector;
      // Also a sector that is in the buffer already has to know all of its rows.
      const sheet = this.sheetOf(sector, row);
      if (sector !== this.#sector) this.#load(sector, sheet);
    }
  }

  /** Erases and programs what is in the buffer. */
  flush(): void {
    const sector = this.#sector;
    if (sector === undefined || this.#sheet === undefined) return;
    this.mover.onSheet(this.#sheet, () => this.mover.programSector(this.region, sector, "sectorBuffer"));
    this.#sector = undefined;
  }

  #load(sector: number, sheet: Sheet): void {
    this.flush();
    const { mover, region, bufferBytes } = this;
    const { start, end } = liveIn(region, sector);
    if (end - start > bufferBytes) {
      const message = `sector ${sector} of ${region.memory.name} has ${end - start} live bytes, the sector buffer ${bufferBytes}`;
      mover.complain({ component: mover.chip.sram.name, tensor: "sectorBuffer", message });
    }
    this.#sector = sector;
    this.#sheet = sheet;
    mover.onSheet(sheet, () => mover.fill(region, "sectorBuffer", start, end));
  }
}
