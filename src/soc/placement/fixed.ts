import type { TensorSpec } from "../../firmware/tensors.js";
import type { Chip } from "../chip.js";
import type { OffChipMemory } from "../components/off-chip-memory.js";
import type { SpilledRows } from "../off-chip.js";
import { buffersOf, type Spilled } from "./buffers.js";
import type { PlacementDocument } from "./file-schema.js";
import { aligned, blockBytesOf, bytesOf, type Item, liveByPhase, overlap } from "./items.js";
import type { Offsets } from "./offsets.js";
import { formatRows, parseRows } from "./row-text.js";
import { groupsOf, type RowGroup, rowBufferBytes, stretchBytes, type Uses } from "./uses.js";

/** What is wrong in a placement file; `path` leads to it in the document. */
export class PlacementFileError extends Error {
  override readonly name = "PlacementFileError";
  constructor(
    readonly path: readonly (string | number)[],
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** The rows that a placement file keeps off chip. */
export interface FixedSpill {
  readonly spec: TensorSpec;
  readonly memory: OffChipMemory;
  readonly rows: readonly SpilledRows[];
}

/** What a placement file says about rows and memories. @throws PlacementFileError */
export function fixedSpills(
  { spill }: PlacementDocument,
  tensors: readonly TensorSpec[],
  chip: Chip,
  uses: Uses,
): FixedSpill[] {
  const spillable = tensors.filter(({ where }) => where !== "pinned");
  for (const name of Object.keys(spill)) {
    if (spillable.some((spec) => spec.name === name)) continue;
    const known = spillable.map((spec) => spec.name).join(", ");
    const isPinned = tensors.some((spec) => spec.name === name);
    const what = isPinned ? `${name} has to be on chip` : `there is no tensor "${name}" in this training`;
    throw new PlacementFileError(["spill", name], "unknown-tensor", `${what}; off chip may lie ${known}`);
  }
  return spillable.flatMap((spec): FixedSpill[] => {
    const entry = Object.hasOwn(spill, spec.name) ? spill[spec.name] : undefined;
    if (entry === undefined) {
      if (spec.where !== "offChip") return [];
      const message = `${spec.name} lies off chip: name it here, with its component`;
      throw new PlacementFileError(["spill"], "missing-tensor", message);
    }
    const path = ["spill", spec.name];
    const memory = chip.offChip.find(({ name }) => name === entry.component);
    if (memory === undefined) {
      const known = chip.offChip.map(({ name }) => name).join(", ") || "none";
      const message = `there is no off-chip memory "${entry.component}"; off-chip memories: ${known}`;
      throw new PlacementFileError([...path, "component"], "unknown-component", message);
    }
    if (spec.where === "offChip") {
      if (entry.rows === undefined) return [{ spec, memory, rows: [] }];
      throw new PlacementFileError(
        [...path, "rows"],
        "out-of-range",
        `${spec.name} lies off chip as a whole`,
      );
    }
    const groups = groupsOf(spec, uses.rows);
    const total = spec.rowBits?.length ?? 0;
    const chosen = entry.rows === undefined ? [...Array(total).keys()] : parseRows(entry.rows);
    if (chosen === undefined) {
      const message = `expected ascending rows such as "50-109" or "0-3, 9", found "${entry.rows}"`;
      throw new PlacementFileError([...path, "rows"], "bad-rows", message);
    }
    if ((chosen.at(-1) ?? 0) >= total) {
      const message = `${spec.name} has the rows 0 to ${total - 1}; found ${chosen.at(-1)}`;
      throw new PlacementFileError([...path, "rows"], "out-of-range", message);
    }
    const rows = groups.map((group) => ({
      group,
      rows: chosen.filter((row) => row >= group.firstRow && row < group.firstRow + group.rows),
    }));
    return [{ spec, memory, rows }];
  });
}

/** Everything that then lies on chip: pinned tensors, kept stretches of rows, and buffers. */
export function fixedItems(
  spills: readonly FixedSpill[],
  tensors: readonly TensorSpec[],
  chip: Chip,
  uses: Uses,
  isDouble: boolean,
): Item[] {
  const { widthBits } = chip.sram;
  const away = spills.filter(({ spec }) => spec.name !== "samples");
  const buffered = away.map(({ spec, memory, rows }): Spilled => {
    const rowBytes =
      spec.where === "offChip"
        ? bytesOf(spec.bits / (spec.rowCount ?? 1))
        : Math.max(
            ...rows
              .filter((part) => part.rows.length > 0)
              .map(({ group }) => rowBufferBytes(group, widthBits)),
          );
    return { spec, memory, rowBytes };
  });
  const items = tensors.flatMap((spec): Item[] => {
    const { name: tensor, bits, from, to } = spec;
    const spill = away.find((entry) => entry.spec === spec);
    if (spec.where === "offChip") return [];
    if (spill === undefined) return [{ tensor, bytes: bytesOf(bits), from, to }];
    return spill.rows.flatMap(({ group, rows }) =>
      keptStretches(group, rows).map(([first, last]) => ({
        tensor,
        bytes: stretchBytes(group, first, last - first + 1, widthBits),
        from,
        to,
        rows: { first, last },
      })),
    );
  });
  return [...buffersOf(buffered, uses, isDouble), ...items];
}

/** Rows of a group that stay on chip, in stretches: first and last row of each. */
function keptStretches({ firstRow, rows }: RowGroup, spilled: readonly number[]): [number, number][] {
  const away = new Set(spilled);
  const stretches: [number, number][] = [];
  for (let row = firstRow; row < firstRow + rows; row += 1) {
    if (away.has(row)) continue;
    const open = stretches.at(-1);
    if (open !== undefined && open[1] === row - 1) open[1] = row;
    else stretches.push([row, row]);
  }
  return stretches;
}

/** Addresses as a placement file says; what it does not name at the lowest free address. @throws PlacementFileError */
export function fixedOffsets({ onChip }: PlacementDocument, items: readonly Item[], chip: Chip): Offsets {
  const blockBytes = blockBytesOf(chip);
  const addresses = new Map<Item, number>();
  const nameOf = ({ tensor, rows }: Item): string =>
    rows === undefined ? tensor : `rows ${formatRows([rows.first])}-${rows.last} of ${tensor}`;
  const end = (item: Item): number => (addresses.get(item) ?? 0) + aligned(item.bytes, blockBytes);
  for (const [position, { tensor, rows, address }] of onChip.entries()) {
    const at = ["onChip", position];
    const own = items.filter((item) => item.tensor === tensor);
    const wanted = rows === undefined ? undefined : parseRows(rows);
    const item = own.find((candidate) =>
      rows === undefined
        ? own.length === 1
        : candidate.rows?.first === wanted?.[0] && candidate.rows?.last === wanted?.at(-1),
    );
    if (item === undefined) {
      const known = (own.length > 0 ? own : items).map(nameOf).join(", ");
      throw new PlacementFileError(
        [...at, "tensor"],
        "unknown-tensor",
        `this is not on chip; on chip are ${known}`,
      );
    }
    if (addresses.has(item)) {
      throw new PlacementFileError([...at, "tensor"], "twice", `${nameOf(item)} already has an address`);
    }
    if (address % blockBytes !== 0) {
      const message = `expected a multiple of ${blockBytes} bytes, found ${address}`;
      throw new PlacementFileError([...at, "address"], "out-of-range", message);
    }
    if (address + item.bytes > chip.sram.capacityBytes) {
      const message = `${nameOf(item)} ends at ${address + item.bytes}, beyond the ${chip.sram.capacityBytes} bytes of ${chip.sram.name}`;
      throw new PlacementFileError([...at, "address"], "out-of-range", message);
    }
    addresses.set(item, address);
    for (const [other, start] of addresses) {
      if (other === item || !overlap(other, item) || start >= end(item) || end(other) <= address) continue;
      const message = `${nameOf(item)} (${item.bytes} bytes from ${address}) and ${nameOf(other)} (${other.bytes} bytes from ${start}) overlap while both live`;
      throw new PlacementFileError([...at, "address"], "overlap", message);
    }
  }
  for (const item of items) {
    if (addresses.has(item)) continue;
    let address = 0;
    const others = [...addresses].filter(([other]) => overlap(other, item)).sort((a, b) => a[1] - b[1]);
    for (const [other, start] of others) {
      if (start < address + aligned(item.bytes, blockBytes)) address = Math.max(address, end(other));
    }
    addresses.set(item, address);
  }
  return {
    addresses: items.map((item) => addresses.get(item) as number),
    peakBytes: Math.max(0, ...items.map(end)),
    lowerBoundBytes: Math.max(0, ...liveByPhase(items, blockBytes)),
    isOptimal: false,
  };
}
