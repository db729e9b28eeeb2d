import type { TensorSpec } from "../../firmware/tensors.js";
import type { Chip } from "../chip.js";
import type { OffChipMemory } from "../components/off-chip-memory.js";
import { type OffChipRegion, sampleRegion, type Unplaced } from "../off-chip.js";
import { aligned, bytesOf } from "./items.js";
import type { PlacementRequest } from "./request.js";
import { partUnitBytes } from "./spill-cost.js";

/** What is decided before anything is spilled. */
export interface Ground {
  /** Without samples, and without what has no room in any memory. */
  readonly onChipTensors: readonly TensorSpec[];
  /** What samples leave of each memory, in whole sectors. */
  readonly rooms: ReadonlyMap<OffChipMemory, number>;
  /** First free address in each memory. */
  readonly starts: ReadonlyMap<OffChipMemory, number>;
  readonly samples: readonly { readonly spec: TensorSpec; readonly region: OffChipRegion }[];
  readonly unplaced: readonly Unplaced[];
}

/** Places the samples, and finds what no memory has room for. */
export function groundOf(request: PlacementRequest, chip: Chip): Ground {
  const { widthBits } = chip.sram;
  const code = pinned("code", request.codeBytes);
  const unplaced: Unplaced[] = [];
  const starts = new Map<OffChipMemory, number>(chip.offChip.map((memory) => [memory, 0]));
  const wholeUnits = (memory: OffChipMemory): number => {
    const unit = partUnitBytes(memory, widthBits);
    return Math.floor(memory.capacityBytes / unit) * unit;
  };
  const tensors = chip.code === undefined ? [code, ...request.tensors] : request.tensors;
  if (chip.code !== undefined && request.codeBytes > chip.code.capacityBytes) {
    const { name: component, capacityBytes: roomBytes } = chip.code;
    unplaced.push({ tensor: "code", demandBytes: request.codeBytes, roomBytes, component });
  }
  const roomOf = (memory: OffChipMemory): number => wholeUnits(memory) - (starts.get(memory) ?? 0);
  const firstWithRoom = (
    spec: TensorSpec,
    candidates: readonly OffChipMemory[],
  ): OffChipMemory | undefined => {
    const demandBytes = sizeOffChip(spec);
    const found = candidates.find((memory) => demandBytes <= roomOf(memory));
    if (found !== undefined) return found;
    const [largest] = candidates.toSorted((a, b) => roomOf(b) - roomOf(a));
    const roomBytes = largest === undefined ? 0 : roomOf(largest);
    unplaced.push({ tensor: spec.name, demandBytes, roomBytes, component: largest?.name });
    return undefined;
  };
  const samples: { spec: TensorSpec; region: OffChipRegion }[] = [];
  for (const spec of tensors.filter(({ name }) => name === "samples")) {
    const candidates = chip.offChip.filter(
      ({ name }) => request.samplesIn === undefined || name === request.samplesIn,
    );
    const memory = firstWithRoom(spec, candidates);
    if (memory === undefined) continue;
    samples.push({ spec, region: sampleRegion(spec, memory, 0) });
    starts.set(memory, aligned(sizeOffChip(spec), partUnitBytes(memory, widthBits)));
  }
  const onChipTensors = tensors.filter((spec) => {
    if (spec.name === "samples") return false;
    return spec.where !== "offChip" || firstWithRoom(spec, chip.offChip) !== undefined;
  });
  const rooms = new Map(chip.offChip.map((memory) => [memory, roomOf(memory)]));
  return { onChipTensors, rooms, starts, samples, unplaced };
}

function sizeOffChip({ bits, rowCount = 1 }: TensorSpec): number {
  return bytesOf(bits / rowCount) * rowCount;
}

function pinned(name: string, bytes: number): TensorSpec {
  return { name, bits: bytes * 8, from: "load", to: "recycle", where: "pinned" };
}
