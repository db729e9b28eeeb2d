import type { TensorSpec } from "../firmware/tensors.js";
import type { OffChipMemory } from "./components/off-chip-memory.js";
import { aligned, bytesOf, type Placed } from "./first-fit.js";

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
}

/** What found no place: what it needs, and the most room that any memory has for it. */
export interface Unplaced {
  readonly tensor: string;
  readonly demandBytes: number;
  readonly roomBytes: number;
  /** The memory with that room; undefined if there is none at all. */
  readonly component: string | undefined;
}

/** Everything off chip. */
export interface OffChip {
  readonly items: readonly Placed[];
  readonly regions: ReadonlyMap<string, OffChipRegion>;
  readonly unplaced: readonly Unplaced[];
}

/** Memories that may hold samples, and those that may hold the rest. */
export interface OffChipMemories {
  readonly samples: readonly OffChipMemory[];
  readonly others: readonly OffChipMemory[];
}

/** What lies off chip when the first `kept` rows stay on chip: each tensor in the first memory that has room. */
export function placeOffChip(
  tensors: readonly TensorSpec[],
  kept: number,
  memories: OffChipMemories,
): OffChip {
  const used = new Map<string, number>();
  const items: Placed[] = [];
  const regions = new Map<string, OffChipRegion>();
  const unplaced: Unplaced[] = [];
  const put = (
    { name: tensor, from, to }: TensorSpec,
    bits: number,
    rows: Pick<OffChipRegion, "rows" | "sampleRows">,
  ): void => {
    const bytes = bytesOf(bits);
    const candidates = tensor === "samples" ? memories.samples : memories.others;
    const rooms = candidates.map((memory) => ({
      memory,
      roomBytes: memory.capacityBytes - (used.get(memory.name) ?? 0),
    }));
    const memory = rooms.find(({ roomBytes }) => bytes <= roomBytes)?.memory;
    if (memory === undefined) {
      const [largest] = rooms.toSorted((x, y) => y.roomBytes - x.roomBytes);
      const room = { roomBytes: largest?.roomBytes ?? 0, component: largest?.memory.name };
      unplaced.push({ tensor, demandBytes: bytes, ...room });
      return;
    }
    const address = used.get(memory.name) ?? 0;
    // Regions start at sectors, so that erasing one tensor does not touch another.
    used.set(memory.name, aligned(address + bytes, memory.sectorBytes));
    items.push({ tensor, component: memory.name, bytes, address, from, to });
    regions.set(tensor, { tensor, memory, address, bytes, ...rows });
  };

  let remaining = kept;
  for (const tensor of tensors) {
    const rowBits = tensor.rowBits ?? [];
    if (tensor.where === "offChip") {
      const count = tensor.rowCount ?? 1;
      const sampleRows = { count, bytes: bytesOf(tensor.bits / count) };
      put(tensor, tensor.bits, { rows: new Map(), sampleRows });
    }
    if (tensor.where !== "rows") continue;
    const firstRow = Math.min(remaining, rowBits.length);
    remaining -= firstRow;
    if (firstRow === rowBits.length) continue;
    const rows = new Map<number, ByteRange>();
    let startBit = 0;
    for (const [position, bits] of rowBits.slice(firstRow).entries()) {
      rows.set(firstRow + position, { start: Math.floor(startBit / 8), end: bytesOf(startBit + bits) });
      startBit += bits;
    }
    put(tensor, startBit, { rows, sampleRows: undefined });
  }
  return { items, regions, unplaced };
}

/**
 * Bytes of what passes through the SRAM on its way from and to off-chip memories: a row at a time; what is rewritten by
 * sectors also needs room for a whole one.
 */
export function bufferBytes({ regions }: OffChip): { row: number; sector: number } {
  let row = 0;
  let sector = 0;
  for (const { tensor, rows, sampleRows, memory } of regions.values()) {
    // Samples are only read, and straight into the input buffer.
    if (tensor === "samples") continue;
    if (memory.rewrite === "sectors") sector = Math.max(sector, memory.sectorBytes);
    for (const { start, end } of rows.values()) row = Math.max(row, end - start);
    row = Math.max(row, sampleRows?.bytes ?? 0);
  }
  return { row, sector };
}
