import { exact } from "../firmware/exact.js";
import type { Tally } from "../firmware/tally.js";
import type { Chip } from "./chip.js";
import type { Ledger } from "./ledger.js";
import type { OffChipRegion } from "./off-chip.js";
import type { Placement } from "./placement.js";

/** Core cycles to copy a number of bytes, where the chip has no DMA engine. */
export type CopyCycles = (bytes: number) => number;

/**
 * Books what a tally's visits and fetches move between the sensor or off-chip memories and the SRAM: a fill is an
 * off-chip read plus an SRAM write under the tensor's name; a rewritten row is written back sector by sector.
 */
export function bookTransfers(
  tally: Tally,
  placement: Placement,
  chip: Chip,
  sensorName: string | undefined,
  copyCycles: CopyCycles,
  ledger: Ledger,
): void {
  const mover = new Mover(chip, copyCycles, ledger);
  for (const { tensor, into, count, bits } of tally.fetches) {
    if (sensorName === undefined) mover.fillSamples(regionOf(placement, tensor), into, bits / 8, count);
    else mover.fromSensor(sensorName, into, bits / 8, count);
  }
  for (const [tensor, visits] of tally.sampleVisits) {
    const region = placement.regions.get(tensor);
    if (region?.sampleRows === undefined) continue;
    mover.fillSamples(region, tensor, region.sampleRows.bytes, visits.reads);
    mover.writeInOrder(region, region.sampleRows, visits.writes);
  }
  for (const [tensor, visits] of tally.rowVisits) {
    const region = placement.regions.get(tensor);
    if (region === undefined) continue;
    for (const [row, { start, end }] of region.rows) {
      mover.fill(region, tensor, end - start, visits.reads[row] ?? 0, start);
      mover.rewrite(region, start, end, visits.writes[row] ?? 0);
    }
  }
}

function regionOf(placement: Placement, tensor: string): OffChipRegion {
  const region = placement.regions.get(tensor);
  if (region === undefined) throw new Error(`${tensor} was fetched but has no off-chip region`);
  return region;
}

class Mover {
  constructor(
    readonly chip: Chip,
    readonly copyCycles: CopyCycles,
    readonly ledger: Ledger,
  ) {}

  /** A sample over the sensor's interface. */
  fromSensor(sensor: string, into: string, bytes: number, times: number): void {
    this.ledger.add(sensor, "read", into, bytes * times, bytes * 8 * times);
    this.#sram("write", into, bytes, times);
    this.#move(bytes, times);
  }

  /** One burst from off chip into the SRAM. */
  fill(region: OffChipRegion, tensor: string, bytes: number, times: number, start = 0): void {
    const pages = unitsTouched(region.address + start, bytes, region.memory.pageBytes);
    this.#burst(region, tensor, bytes, times, pages * times);
  }

  /** Sample rows, all equally often: what is no whole pass touches its share of the pages, rounded up. */
  fillSamples(region: OffChipRegion, tensor: string, bytes: number, times: number): void {
    const { address, memory, sampleRows } = region;
    const rows = sampleRows?.count ?? 1;
    let pagesOfPass = 0;
    for (let row = 0; row < rows; row += 1) {
      pagesOfPass += unitsTouched(address + row * bytes, bytes, memory.pageBytes);
    }
    const pages = Math.floor(times / rows) * pagesOfPass + Math.ceil(((times % rows) * pagesOfPass) / rows);
    this.#burst(region, tensor, bytes, times, pages);
  }

  /** `times` bursts of `bytes` bytes, which touch `pages` pages in all. */
  #burst(region: OffChipRegion, tensor: string, bytes: number, times: number, pages: number): void {
    if (times === 0 || bytes === 0) return;
    const { memory } = region;
    if (memory.isPaged) {
      this.ledger.add(memory.name, "load", tensor, pages, 0);
      this.ledger.add(memory.name, "command", tensor, 2 * pages, 0);
    } else this.ledger.add(memory.name, "command", tensor, times, 0);
    this.ledger.add(memory.name, "read", tensor, bytes * times, bytes * 8 * times);
    this.#sram("write", tensor, bytes, times);
    this.#move(bytes, times);
  }

  /**
   * Writes bytes `start` to `end` of a region back: for each sector that they touch, the rest of its live bytes is read
   * into the sector buffer, the sector erased, and all its live pages programmed.
   */
  rewrite(region: OffChipRegion, start: number, end: number, times: number): void {
    if (times === 0 || end === start) return;
    const { memory, tensor } = region;
    const { sectorBytes } = memory;
    for (let sector = Math.floor(start / sectorBytes); sector * sectorBytes < end; sector += 1) {
      const sectorStart = sector * sectorBytes;
      const live = Math.min(region.bytes - sectorStart, sectorBytes);
      const changed = Math.min(end, sectorStart + live) - Math.max(start, sectorStart);
      const rest = live - changed;
      if (rest > 0) {
        this.fill(region, "sectorBuffer", rest, times, sectorStart);
        this.#sram("read", "sectorBuffer", rest, times);
      }
      this.#sram("read", tensor, changed, times);
      this.#program(region, live, times, sector);
    }
  }

  /** Writes all sample rows in order, `times` rows in all: each sector is erased and programmed once a pass. */
  writeInOrder(
    region: OffChipRegion,
    rows: { readonly count: number; readonly bytes: number },
    times: number,
  ): void {
    if (times === 0) return;
    const passes = times / rows.count;
    if (!Number.isInteger(passes))
      throw new Error(`${region.tensor}: ${times} writes are no whole passes over ${rows.count} rows`);
    const { sectorBytes } = region.memory;
    for (let sector = 0; sector * sectorBytes < region.bytes; sector += 1) {
      const live = Math.min(region.bytes - sector * sectorBytes, sectorBytes);
      this.#sram("read", region.tensor, live, passes);
      this.#program(region, live, passes, sector);
    }
  }

  #program(region: OffChipRegion, live: number, times: number, sector: number): void {
    const { memory, tensor } = region;
    const pages = Math.ceil(live / memory.pageBytes);
    // One command for the erase and one for each page.
    this.ledger.add(memory.name, "command", tensor, (pages + 1) * times, 0);
    this.ledger.add(memory.name, "erase", tensor, times, 0);
    this.ledger.add(memory.name, "write", tensor, live * times, live * 8 * times);
    this.ledger.add(memory.name, "program", tensor, pages * times, 0);
    this.ledger.addErases(memory.name, region.address / memory.sectorBytes + sector, times);
    this.#move(live, times);
  }

  #sram(action: "read" | "write", tensor: string, bytes: number, times: number): void {
    const { sram } = this.chip;
    const words = Math.ceil((bytes * 8) / sram.widthBits);
    this.ledger.add(sram.name, action, tensor, words * times, bytes * 8 * times);
    this.ledger.transferAccesses = exact(this.ledger.transferAccesses + words * times);
  }

  #move(bytes: number, times: number): void {
    if (this.chip.dma === undefined) {
      this.ledger.copyCycles = exact(this.ledger.copyCycles + this.copyCycles(bytes) * times);
    } else this.ledger.dmaBytes = exact(this.ledger.dmaBytes + bytes * times);
  }
}

function unitsTouched(start: number, bytes: number, unitBytes: number): number {
  return Math.floor((start + bytes - 1) / unitBytes) - Math.floor(start / unitBytes) + 1;
}
