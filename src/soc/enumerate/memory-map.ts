import { PHASES } from "../../firmware/phases.js";
import type { Chip } from "../chip.js";
import type { OffChipRegion } from "../off-chip.js";
import type { Placed } from "../placement/items.js";
import type { Placement } from "../placement/placement.js";

/** Something that no memory can do: an address that does not exist, or that belongs to something else. */
export interface Fault {
  readonly component: string;
  readonly tensor: string;
  readonly message: string;
}

/** Says what is wrong; the same thing counts once. */
export type Complain = (fault: Fault) => void;

/** Passes each message on once. */
export function onceEach(complain: Complain): Complain {
  const said = new Set<string>();
  return (fault) => {
    if (said.has(fault.message)) return;
    said.add(fault.message);
    complain(fault);
  };
}

/** Where everything lies, by address, and whether it may lie there. */
export class MemoryMap {
  /** By tensor: one of which some rows are off chip lies in several pieces. */
  readonly #onChip = new Map<string, Placed[]>();

  constructor(
    readonly chip: Chip,
    readonly placement: Placement,
  ) {
    for (const item of placement.onChip) {
      if (item.component !== chip.sram.name) continue;
      this.#onChip.set(item.tensor, [...(this.#onChip.get(item.tensor) ?? []), item]);
    }
  }

  region(tensor: string): OffChipRegion | undefined {
    return this.placement.regions.get(tensor);
  }

  /** Bits that the core can address of a tensor; of one in rows off chip those of a row are checked one by one. */
  addressableBits(tensor: string): number {
    const region = this.region(tensor);
    if (region === undefined) return 8 * this.bytesOnChip(tensor);
    return region.sampleRows === undefined ? Number.POSITIVE_INFINITY : 8 * region.sampleRows.bytes;
  }

  /** Bytes of a tensor or buffer in the SRAM; 0 if it is not there. */
  bytesOnChip(tensor: string): number {
    return (this.#onChip.get(tensor) ?? []).reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** A row of `rowBits` bits that lies on chip, or off chip as a whole. */
  checkRow(tensor: string, row: number, rowBits: number, complain: Complain): void {
    const region = this.region(tensor);
    const range = region?.rows.get(row);
    const fault = (component: string, message: string) =>
      complain({ component, tensor, message: `row ${row} of ${tensor} ${message}` });
    if (region === undefined || range === undefined) {
      if (!this.#onChip.has(tensor)) fault(this.chip.sram.name, "lies nowhere");
      return;
    }
    const bytes = range.end - range.start;
    if (8 * bytes < rowBits) fault(region.memory.name, `has ${rowBits} bits, but only ${bytes} bytes`);
  }

  /** The rows of a tile, of which those off chip are in the row buffer together while they are worked on. */
  checkTile(tensor: string, first: number, count: number, complain: Complain): void {
    const region = this.region(tensor);
    if (region === undefined) return;
    let bytes = 0;
    for (let row = first; row < first + count; row += 1) {
      const range = region.rows.get(row);
      if (range !== undefined) bytes += range.end - range.start;
    }
    const bufferBytes = this.bytesOnChip(`rowBuffer.${tensor}`);
    if (bytes <= bufferBytes) return;
    const rows =
      count === 1
        ? `row ${first} of ${tensor} has`
        : `rows ${first} to ${first + count - 1} of ${tensor} have`;
    const message = `${rows} ${bytes} bytes, the row buffer ${bufferBytes}`;
    complain({ component: this.chip.sram.name, tensor, message });
  }

  /** A sample lands in a tensor, but for its last byte: the label has a tensor of its own. */
  checkFetch(into: string, sampleBytes: number, complain: Complain): void {
    const room = this.bytesOnChip(into);
    if (sampleBytes - 1 <= room) return;
    const message = `a sample of ${sampleBytes - 1} bytes and a label is fetched into ${into}, which has ${room}`;
    complain({ component: this.chip.sram.name, tensor: into, message });
  }

  /** What a placement may never do, whoever uses it. */
  checkPlacement(complain: Complain): void {
    const { onChip, regions } = this.placement;
    const { sram, code } = this.chip;
    for (const [position, item] of onChip.entries()) {
      const memory = item.component === code?.name ? code : sram;
      checkWithin(item, memory.name, memory.capacityBytes, complain);
      for (const other of onChip.slice(position + 1)) {
        if (other.component === item.component && liveTogether(item, other)) {
          checkApart(item, other, item.component, complain);
        }
      }
    }
    const off = [...regions.values()];
    for (const [position, region] of off.entries()) {
      const { memory, tensor, address, bytes, rows } = region;
      checkWithin(region, memory.name, memory.capacityBytes, complain);
      if (address % memory.sectorBytes !== 0) {
        const message = `${tensor} begins at byte ${address} of ${memory.name}, within a sector of ${memory.sectorBytes}`;
        complain({ component: memory.name, tensor, message });
      }
      for (const [row, { start, end }] of rows) {
        if (start >= 0 && start < end && end <= bytes) continue;
        const message = `row ${row} of ${tensor} is bytes ${start} to ${end} of a region of ${bytes}`;
        complain({ component: memory.name, tensor, message });
      }
      for (const other of off.slice(position + 1)) {
        if (other.memory.name === memory.name) checkApart(region, other, memory.name, complain);
      }
    }
  }

  /** Tensors that are in use at the same time need addresses of their own, whatever their lifetimes say. */
  checkInUse(tensors: Iterable<string>, complain: Complain): void {
    const items = [...tensors].flatMap((tensor) => this.#onChip.get(tensor) ?? []);
    for (const [position, item] of items.entries()) {
      for (const other of items.slice(position + 1)) checkApart(item, other, item.component, complain);
    }
  }
}

interface Span {
  readonly tensor: string;
  readonly address: number;
  readonly bytes: number;
}

function checkWithin(
  { tensor, address, bytes }: Span,
  component: string,
  capacity: number,
  complain: Complain,
) {
  if (address >= 0 && address + bytes <= capacity) return;
  const message = `${tensor} is bytes ${address} to ${address + bytes} of ${component}, which has ${capacity}`;
  complain({ component, tensor, message });
}

function checkApart(a: Span, b: Span, component: string, complain: Complain): void {
  if (a.address + a.bytes <= b.address || b.address + b.bytes <= a.address) return;
  const message = `${a.tensor} and ${b.tensor} share addresses of ${component} while both are in use`;
  complain({ component, tensor: a.tensor, message });
}

function liveTogether(a: Placed, b: Placed): boolean {
  return PHASES.indexOf(a.from) <= PHASES.indexOf(b.to) && PHASES.indexOf(b.from) <= PHASES.indexOf(a.to);
}
