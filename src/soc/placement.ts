import { PHASES, type Phase } from "../firmware/phases.js";
import type { TensorSpec } from "../firmware/tensors.js";
import type { Chip } from "./chip.js";
import type { Flash } from "./components/flash.js";

/** One placed tensor, or the part of it that lies in one memory. */
export interface Placed {
  readonly tensor: string;
  readonly component: string;
  readonly bytes: number;
  readonly address: number;
  readonly from: Phase;
  readonly to: Phase;
}

/** The part of a tensor that lies off chip. */
export interface OffChipRegion {
  readonly tensor: string;
  readonly memory: Flash;
  readonly address: number;
  readonly bytes: number;
  /** First spilled row, for tensors with rows; rows before it are on chip. */
  readonly firstRow: number;
  /** Bit at which each row from `firstRow` on starts within the region, and the end of the last one. */
  readonly rowStarts: readonly number[];
  /** Uniform rows of a tensor whose rows are samples. */
  readonly sampleRows: { readonly count: number; readonly bytes: number } | undefined;
}

/** Where everything is. */
export interface Placement {
  /** Every tensor has an address somewhere. */
  readonly fits: boolean;
  readonly onChip: readonly Placed[];
  readonly offChip: readonly Placed[];
  readonly regions: ReadonlyMap<string, OffChipRegion>;
  readonly peakBytes: number;
  /** The peak if nothing were spilled. */
  readonly unspilledPeakBytes: number;
  /** The most that lives at once if nothing is spilled: no placement needs less. */
  readonly lowerBoundBytes: number;
  readonly spilledBytes: number;
  readonly unplaced: readonly Unplaced[];
}

/** What found no place: what it needs, and the most room that any memory has for it. */
export interface Unplaced {
  readonly tensor: string;
  readonly demandBytes: number;
  readonly roomBytes: number;
  /** The memory with that room; undefined if there is none at all. */
  readonly component: string | undefined;
}

/** What is placed where by request. */
export interface PlacementRequest {
  readonly tensors: readonly TensorSpec[];
  readonly codeBytes: number;
  /** Component that holds the samples, if a memory does. */
  readonly samplesIn: string | undefined;
}

/** Tensors start at words of the widest common core, 32 bit. */
const ALIGNMENT_BYTES = 4;

const bytesOf = (bits: number): number => Math.ceil(bits / 8);
const aligned = (bytes: number, to: number): number => Math.ceil(bytes / to) * to;

/**
 * First fit: tensors in their order at the lowest address that is free while they live. What does not fit is spilled
 * by whole rows from the end of that order, the fewest rows that make the rest fit, so that a larger SRAM never spills
 * more.
 */
export function place(request: PlacementRequest, chip: Chip): Placement {
  const code = tensorOf("code", request.codeBytes);
  const codeOnNvm = chip.code !== undefined && request.codeBytes <= chip.code.capacityBytes;
  const needed = chip.code === undefined ? [code, ...request.tensors] : request.tensors;
  const totalRows = needed.reduce((sum, tensor) => sum + (tensor.rowBits?.length ?? 0), 0);
  const everything = layOut(request, needed, totalRows, chip);
  let best = everything;
  // Without an off-chip memory there is nowhere to spill to.
  for (let kept = totalRows - 1; kept >= 0 && chip.offChip.length > 0; kept -= 1) {
    if (best.peakBytes <= chip.sram.capacityBytes) break;
    best = layOut(request, needed, kept, chip);
  }
  const unplaced: Unplaced[] = [];
  if (best.peakBytes > chip.sram.capacityBytes) {
    const { name: component, capacityBytes: roomBytes } = chip.sram;
    unplaced.push({ tensor: "on-chip tensors", demandBytes: best.peakBytes, roomBytes, component });
  }
  if (chip.code !== undefined && !codeOnNvm) {
    const { name: component, capacityBytes: roomBytes } = chip.code;
    unplaced.push({ tensor: "code", demandBytes: request.codeBytes, roomBytes, component });
  }
  const { offChip } = best;
  const codeItem: Placed[] =
    chip.code === undefined
      ? []
      : [
          {
            tensor: "code",
            component: chip.code.name,
            bytes: request.codeBytes,
            address: 0,
            from: "load",
            to: "recycle",
          },
        ];
  const spilledBytes = [...offChip.regions.values()]
    .filter((region) => region.sampleRows === undefined)
    .reduce((sum, region) => sum + region.bytes, 0);
  return {
    fits: unplaced.length === 0 && offChip.unplaced.length === 0,
    onChip: [...best.items, ...codeItem],
    offChip: offChip.items,
    regions: offChip.regions,
    peakBytes: best.peakBytes,
    unspilledPeakBytes: everything.peakBytes,
    lowerBoundBytes: everything.liveBytes,
    spilledBytes,
    unplaced: [...unplaced, ...offChip.unplaced],
  };
}

function tensorOf(name: string, bytes: number): TensorSpec {
  return { name, bits: bytes * 8, from: "load", to: "recycle", where: "pinned" };
}

/** Everything placed when the first `kept` rows stay on chip. */
function layOut(request: PlacementRequest, tensors: readonly TensorSpec[], kept: number, chip: Chip) {
  const offChip = placeOffChip(request, tensors, kept, chip);
  return { offChip, ...firstFit([...buffersOf(offChip.regions), ...onChipParts(tensors, kept)], chip) };
}

/** What passes through the SRAM on its way from and to off-chip memories: a row at a time, rewritten by whole sectors. */
function buffersOf(regions: ReadonlyMap<string, OffChipRegion>): TensorSpec[] {
  let rowBytes = 0;
  let sectorBytes = 0;
  for (const { tensor, rowStarts, sampleRows, memory } of regions.values()) {
    // Samples are only read, and straight into the input buffer.
    if (tensor === "samples") continue;
    sectorBytes = Math.max(sectorBytes, memory.sectorBytes);
    for (let row = 1; row < rowStarts.length; row += 1) {
      const bits = (rowStarts[row] ?? 0) - (rowStarts[row - 1] ?? 0);
      // A row may start within a byte and end within another.
      rowBytes = Math.max(rowBytes, bytesOf(bits) + 1);
    }
    rowBytes = Math.max(rowBytes, sampleRows?.bytes ?? 0);
  }
  return sectorBytes === 0 ? [] : [tensorOf("sectorBuffer", sectorBytes), tensorOf("rowBuffer", rowBytes)];
}

/** The on-chip tensors, those in rows with what is left of the first `kept` rows. */
function onChipParts(tensors: readonly TensorSpec[], kept: number): TensorSpec[] {
  let remaining = kept;
  return tensors.flatMap((tensor) => {
    if (tensor.where === "offChip") return [];
    if (tensor.rowBits === undefined) return [tensor];
    const here = Math.min(remaining, tensor.rowBits.length);
    remaining -= here;
    const bits = here === tensor.rowBits.length ? tensor.bits : sum(tensor.rowBits.slice(0, here));
    return bits > 0 ? [{ ...tensor, bits }] : [];
  });
}

function firstFit(
  tensors: readonly TensorSpec[],
  chip: Chip,
): { items: Placed[]; peakBytes: number; liveBytes: number } {
  const items: Placed[] = [];
  let peakBytes = 0;
  for (const tensor of tensors) {
    const bytes = bytesOf(tensor.bits);
    const neighbours = items.filter((item) => overlaps(item, tensor)).sort((a, b) => a.address - b.address);
    let address = 0;
    for (const item of neighbours) {
      if (item.address >= address + bytes) break;
      address = Math.max(address, aligned(item.address + item.bytes, ALIGNMENT_BYTES));
    }
    items.push({
      tensor: tensor.name,
      component: chip.sram.name,
      bytes,
      address,
      from: tensor.from,
      to: tensor.to,
    });
    peakBytes = Math.max(peakBytes, address + bytes);
  }
  const liveBytes = Math.max(
    ...PHASES.map((phase) => {
      const live = items.filter((item) => overlaps(item, { from: phase, to: phase }));
      return sum(live.map((item) => item.bytes));
    }),
  );
  return { items, peakBytes, liveBytes };
}

function overlaps(a: { from: Phase; to: Phase }, b: { from: Phase; to: Phase }): boolean {
  return PHASES.indexOf(a.from) <= PHASES.indexOf(b.to) && PHASES.indexOf(b.from) <= PHASES.indexOf(a.to);
}

function placeOffChip(
  request: PlacementRequest,
  tensors: readonly TensorSpec[],
  kept: number,
  chip: Chip,
): Pick<Placement, "unplaced" | "regions"> & { items: Placed[] } {
  const used = new Map<string, number>();
  const items: Placed[] = [];
  const regions = new Map<string, OffChipRegion>();
  const unplaced: Unplaced[] = [];
  const put = (
    tensor: TensorSpec,
    bits: number,
    rows: Pick<OffChipRegion, "firstRow" | "rowStarts" | "sampleRows">,
  ): void => {
    const bytes = bytesOf(bits);
    const wanted = tensor.name === "samples" ? request.samplesIn : undefined;
    const candidates = chip.offChip.filter((memory) => wanted === undefined || memory.name === wanted);
    const memory = candidates.find(
      (candidate) => (used.get(candidate.name) ?? 0) + bytes <= candidate.capacityBytes,
    );
    if (memory === undefined) {
      const rooms = candidates.map((candidate) => ({
        component: candidate.name,
        roomBytes: candidate.capacityBytes - (used.get(candidate.name) ?? 0),
      }));
      const [largest] = rooms.toSorted((x, y) => y.roomBytes - x.roomBytes);
      unplaced.push({
        tensor: tensor.name,
        demandBytes: bytes,
        roomBytes: 0,
        component: undefined,
        ...largest,
      });
      return;
    }
    const address = used.get(memory.name) ?? 0;
    // Regions start at sectors, so that erasing one tensor does not touch another.
    used.set(memory.name, aligned(address + bytes, memory.sectorBytes));
    const { from, to } = tensor;
    items.push({ tensor: tensor.name, component: memory.name, bytes, address, from, to });
    regions.set(tensor.name, { tensor: tensor.name, memory, address, bytes, ...rows });
  };

  let remaining = kept;
  for (const tensor of tensors) {
    const rowBits = tensor.rowBits ?? [];
    if (tensor.where === "offChip") {
      const count = tensor.rowCount ?? 1;
      put(tensor, tensor.bits, {
        firstRow: 0,
        rowStarts: [],
        sampleRows: { count, bytes: bytesOf(tensor.bits / count) },
      });
    }
    if (tensor.where !== "rows") continue;
    const firstRow = Math.min(remaining, rowBits.length);
    remaining -= firstRow;
    if (firstRow === rowBits.length) continue;
    const rowStarts = [0];
    for (const bits of rowBits.slice(firstRow)) rowStarts.push((rowStarts.at(-1) ?? 0) + bits);
    put(tensor, rowStarts.at(-1) ?? 0, { firstRow, rowStarts, sampleRows: undefined });
  }
  return { items, regions, unplaced };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
