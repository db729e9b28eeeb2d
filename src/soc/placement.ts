import type { TensorSpec } from "../firmware/tensors.js";
import type { Chip } from "./chip.js";
import type { OffChipMemory } from "./components/off-chip-memory.js";
import { firstFit, type Layout, type Placed, sum } from "./first-fit.js";
import { bufferBytes, type OffChip, type OffChipRegion, placeOffChip, type Unplaced } from "./off-chip.js";

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

/** Stands for all that must lie in the SRAM, in {@link Unplaced}. */
export const ON_CHIP = "on-chip tensors";

/** What is placed where by request. */
export interface PlacementRequest {
  readonly tensors: readonly TensorSpec[];
  readonly codeBytes: number;
  /** Component that holds the samples, if a memory does. */
  readonly samplesIn: string | undefined;
}

/** Tensors that may lie off chip beside the samples: gradient, weights, snapshot and cached logits. */
const MOST_MEMORIES_IN_USE = 4;

/**
 * First fit: tensors in their order at the lowest address that is free while they live. What does not fit is spilled
 * by whole rows from the end of that order, the fewest rows that make the rest fit, so that a larger SRAM never spills
 * more. Off chip the first memory with room serves, unless fewer rows are spilled if only some of the memories are used:
 * those with large sectors need large buffers.
 */
export function place(request: PlacementRequest, chip: Chip): Placement {
  const code = pinned("code", request.codeBytes);
  const codeOnNvm = chip.code !== undefined && request.codeBytes <= chip.code.capacityBytes;
  const needed = chip.code === undefined ? [code, ...request.tensors] : request.tensors;
  const { everything, layout, offChip } = bestAttempt(request, needed, chip);
  const unplaced: Unplaced[] = [];
  if (layout.peakBytes > chip.sram.capacityBytes) {
    const { name: component, capacityBytes: roomBytes } = chip.sram;
    unplaced.push({ tensor: ON_CHIP, demandBytes: layout.peakBytes, roomBytes, component });
  }
  if (chip.code !== undefined && !codeOnNvm) {
    const { name: component, capacityBytes: roomBytes } = chip.code;
    unplaced.push({ tensor: "code", demandBytes: request.codeBytes, roomBytes, component });
  }
  unplaced.push(...offChip.unplaced);
  const codeItems = chip.code === undefined ? [] : firstFit([code], chip.code.name).items;
  const spilled = [...offChip.regions.values()].filter((region) => region.sampleRows === undefined);
  return {
    fits: unplaced.length === 0,
    onChip: [...layout.items, ...codeItems],
    offChip: offChip.items,
    regions: offChip.regions,
    peakBytes: layout.peakBytes,
    unspilledPeakBytes: everything.peakBytes,
    lowerBoundBytes: everything.liveBytes,
    spilledBytes: sum(spilled.map((region) => region.bytes)),
    unplaced,
  };
}

/** A placement that uses some of the off-chip memories. */
interface Attempt {
  readonly fits: boolean;
  /** Rows that stay on chip. */
  readonly kept: number;
  /** The layout if nothing were spilled. */
  readonly everything: Layout;
  readonly layout: Layout;
  readonly offChip: OffChip;
}

/** Of all that fit, the first that spills the fewest rows; all memories in the order of the file if none fits. */
function bestAttempt(request: PlacementRequest, tensors: readonly TensorSpec[], chip: Chip): Attempt {
  const totalRows = sum(tensors.map((tensor) => tensor.rowBits?.length ?? 0));
  let best = attempt(request, tensors, chip, totalRows, chip.offChip);
  if (best.fits && best.kept === totalRows) return best;
  for (const memories of selections(chip.offChip, MOST_MEMORIES_IN_USE)) {
    const other = attempt(request, tensors, chip, totalRows, memories);
    if (other.fits && (!best.fits || other.kept > best.kept)) best = other;
  }
  return best;
}

/** Everything placed with spilled rows and cached logits in some of the memories; samples stay where they belong. */
function attempt(
  { samplesIn }: PlacementRequest,
  tensors: readonly TensorSpec[],
  { sram, offChip: all }: Chip,
  totalRows: number,
  memories: readonly OffChipMemory[],
): Attempt {
  const samples = all.filter((memory) => samplesIn === undefined || memory.name === samplesIn);
  const layOut = (kept: number): { layout: Layout; offChip: OffChip } => {
    const offChip = placeOffChip(tensors, kept, { samples, others: memories });
    const { row, sector } = bufferBytes(offChip);
    const buffers = [pinned("sectorBuffer", sector), pinned("rowBuffer", row)].filter(({ bits }) => bits > 0);
    return { offChip, layout: firstFit([...buffers, ...onChipParts(tensors, kept)], sram.name) };
  };
  let kept = totalRows;
  let result = layOut(kept);
  const everything = result.layout;
  // Without an off-chip memory there is nowhere to spill to.
  while (kept > 0 && memories.length > 0 && result.layout.peakBytes > sram.capacityBytes) {
    kept -= 1;
    result = layOut(kept);
  }
  const fits = result.layout.peakBytes <= sram.capacityBytes && result.offChip.unplaced.length === 0;
  return { fits, kept, everything, ...result };
}

/** Every choice of one to `most` memories, in the order of the file. */
function selections(memories: readonly OffChipMemory[], most: number): OffChipMemory[][] {
  const [first, ...rest] = memories;
  if (first === undefined || most === 0) return [];
  const withFirst = selections(rest, most - 1).map((others) => [first, ...others]);
  return [[first], ...withFirst, ...selections(rest, most)];
}

function pinned(name: string, bytes: number): TensorSpec {
  return { name, bits: bytes * 8, from: "load", to: "recycle", where: "pinned" };
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
