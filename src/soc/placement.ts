import type { TensorSpec } from "../firmware/tensors.js";
import type { Chip } from "./chip.js";
import type { OffChipMemory } from "./components/off-chip-memory.js";
import type { CopyCycles } from "./moves.js";
import { type OffChipRegion, rowRegion, sampleRegion, type Unplaced } from "./off-chip.js";
import type { PlacementDocument } from "./placement/file-schema.js";
import { fixedItems, fixedOffsets, fixedSpills, PlacementFileError } from "./placement/fixed.js";
import { aligned, blockBytesOf, bytesOf, type Item, type Placed, sum } from "./placement/items.js";
import { leastOnChip } from "./placement/misfit.js";
import { type Offsets, placeOffsets } from "./placement/offsets.js";
import { type Objective, pricesOf } from "./placement/prices.js";
import { regionCost } from "./placement/region-cost.js";
import { type Choice, PlacementSearch } from "./placement/search.js";
import { partUnitBytes, sampleCost } from "./placement/spill-cost.js";
import type { Uses } from "./placement/uses.js";

/** How the rows that lie off chip were chosen, and how far from the best that may be. */
export interface Spilling {
  readonly objective: Objective;
  /** `allOnChip`: nothing had to be chosen; `search`: the cheapest rows; `file`: a placement file says which. */
  readonly method: "allOnChip" | "search" | "file";
  /** Joules or seconds of one training, at the bound of its activity, that what lies off chip costs by being there. */
  readonly cost: number;
  /** No placement costs less. */
  readonly lowerBound: number;
  readonly isOptimal: boolean;
}

/** Where everything is. */
export interface Placement {
  /** Every tensor has an address somewhere. */
  readonly fits: boolean;
  readonly onChip: readonly Placed[];
  readonly offChip: readonly Placed[];
  readonly regions: ReadonlyMap<string, OffChipRegion>;
  /** The highest end on chip, in whole blocks ({@link blockBytesOf}). */
  readonly peakBytes: number;
  /** The peak if nothing were spilled. */
  readonly unspilledPeakBytes: number;
  /** The most that lives at once if nothing is spilled: no placement needs less. */
  readonly lowerBoundBytes: number;
  readonly spilledBytes: number;
  readonly unplaced: readonly Unplaced[];
  readonly spilling: Spilling;
}

/** Stands for all that must lie in the SRAM, in {@link Unplaced}. */
export const ON_CHIP = "on-chip tensors";

/** What is placed where by request. */
export interface PlacementRequest {
  readonly tensors: readonly TensorSpec[];
  readonly codeBytes: number;
  /** Component that holds the samples, if a memory does. */
  readonly samplesIn: string | undefined;
  readonly objective: Objective;
  /** Rows off chip pass through two buffers each. */
  readonly isDoubleBuffered: boolean;
  /** What a training does with tensors that may lie off chip; asked for only if something has to. */
  readonly uses: () => Uses;
  /** Core cycles of copying, where the chip has no DMA engine. */
  readonly copyCycles: CopyCycles;
  /** What a placement file says, in place of a search. */
  readonly fixed?: PlacementDocument | undefined;
}

const NO_USES: Uses = { rows: [], samples: [] };

/**
 * Gives every tensor a place. If all that may be on chip fits there, it is; if not, the rows lie off chip that cost least by
 * being there (docs/cost-model.md, "Storage and placement").
 * @throws PlacementFileError for a placement file that this chip or training contradicts
 */
export function place(request: PlacementRequest, chip: Chip): Placement {
  const ground = groundOf(request, chip);
  const { onChipTensors, rooms } = ground;
  if (request.fixed !== undefined) return placeAsTold(request, request.fixed, chip, ground);
  const needsSearch = onChipTensors.some(({ where }) => where === "offChip");
  const everything = placeAll(onChipTensors, chip);
  if (!needsSearch && everything.offsets.peakBytes <= chip.sram.capacityBytes) {
    const spilling: Spilling = {
      objective: request.objective,
      method: "allOnChip",
      cost: 0,
      lowerBound: 0,
      isOptimal: true,
    };
    return assemble(request, chip, ground, {
      everything: everything.offsets,
      ...everything,
      regions: [],
      spilling,
    });
  }
  const search = searchOf(request, chip, onChipTensors, rooms);
  const { best, lowerBound, isOptimal } = search.run();
  const choice = best ?? leastOnChip(search);
  const spilling: Spilling = {
    objective: request.objective,
    method: "search",
    cost: best?.cost ?? 0,
    lowerBound: best === undefined ? 0 : lowerBound,
    isOptimal: best === undefined || isOptimal,
  };
  const unspilled = search
    .selections()
    .filter((selection) => selection.spilled.length === 0)
    .map((selection) => search.choiceOf(selection, [], [], 0).offsets)
    .reduce((least, next) => (next.peakBytes < least.peakBytes ? next : least));
  return assemble(request, chip, ground, {
    everything: unspilled,
    items: choice.items,
    offsets: choice.offsets,
    regions: regionsOf(search, choice, chip, ground),
    spilling,
  });
}

/** As a placement file says. Its cost is compared with the least there is. */
function placeAsTold(
  request: PlacementRequest,
  fixed: PlacementDocument,
  chip: Chip,
  ground: Ground,
): Placement {
  const { onChipTensors, rooms, starts } = ground;
  const search = searchOf(request, chip, onChipTensors, rooms);
  const { uses, prices } = search.situation;
  const { widthBits } = chip.sram;
  const spills = fixedSpills(fixed, onChipTensors, chip, uses);
  const items = fixedItems(spills, onChipTensors, chip, uses, request.isDoubleBuffered);
  const next = new Map(starts);
  let cost = 0;
  const regions = spills.map(({ spec, memory, rows }) => {
    const address = next.get(memory) ?? 0;
    const region =
      spec.where === "offChip"
        ? sampleRegion(spec, memory, address)
        : rowRegion(spec.name, rows, memory, address, widthBits);
    const end = aligned(address + region.bytes, partUnitBytes(memory, widthBits));
    if (end > memory.capacityBytes) {
      const message = `${spec.name} ends at ${end}, beyond the ${memory.capacityBytes} bytes of ${memory.name}`;
      throw new PlacementFileError(["spill", spec.name], "out-of-range", message);
    }
    next.set(memory, end);
    if (spec.where === "offChip") {
      const own = uses.samples.filter(({ tensor }) => tensor === spec.name);
      const reads = sum(own.map((use) => use.reads));
      const writes = sum(own.map((use) => use.writes));
      cost += sampleCost(spec, reads, writes, memory, prices);
    } else cost += regionCost(region, rows, prices);
    return region;
  });
  const found = search.run();
  const lowerBound = found.best === undefined ? 0 : Math.min(cost, found.lowerBound);
  const { objective } = request;
  return assemble(request, chip, ground, {
    everything: placeAll(onChipTensors, chip).offsets,
    items,
    offsets: fixedOffsets(fixed, items, chip),
    regions,
    spilling: { objective, method: "file", cost, lowerBound, isOptimal: cost <= lowerBound * (1 + 1e-9) },
  });
}

/** What is decided before anything is spilled. */
interface Ground {
  /** Without samples, and without what has no room in any memory. */
  readonly onChipTensors: readonly TensorSpec[];
  /** What samples leave of each memory, in whole sectors. */
  readonly rooms: ReadonlyMap<OffChipMemory, number>;
  /** First free address in each memory. */
  readonly starts: ReadonlyMap<OffChipMemory, number>;
  readonly samples: readonly { readonly spec: TensorSpec; readonly region: OffChipRegion }[];
  readonly unplaced: readonly Unplaced[];
}

function groundOf(request: PlacementRequest, chip: Chip): Ground {
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

function searchOf(
  { objective, isDoubleBuffered, uses, copyCycles }: PlacementRequest,
  chip: Chip,
  tensors: readonly TensorSpec[],
  rooms: ReadonlyMap<OffChipMemory, number>,
): PlacementSearch {
  return new PlacementSearch({
    chip,
    tensors,
    // Without a memory to spill to nothing is asked what it would cost.
    uses: chip.offChip.length === 0 ? NO_USES : uses(),
    prices: pricesOf(chip, objective, copyCycles),
    isDouble: isDoubleBuffered,
    rooms,
  });
}

/** All of the tensors whole on chip. */
function placeAll(tensors: readonly TensorSpec[], chip: Chip): { items: Item[]; offsets: Offsets } {
  const items = tensors
    .filter(({ where }) => where !== "offChip")
    .map(({ name: tensor, bits, from, to }) => ({ tensor, bytes: bytesOf(bits), from, to }));
  return { items, offsets: placeOffsets(items, blockBytesOf(chip)) };
}

/** Regions one after the other in each memory, each from a sector on. */
function regionsOf(
  search: PlacementSearch,
  { selection, spilledRows }: Choice,
  { sram: { widthBits } }: Chip,
  { starts }: Ground,
): OffChipRegion[] {
  const next = new Map(starts);
  const put = (memory: OffChipMemory, make: (address: number) => OffChipRegion): OffChipRegion => {
    const address = next.get(memory) ?? 0;
    const region = make(address);
    next.set(memory, aligned(address + region.bytes, partUnitBytes(memory, widthBits)));
    return region;
  };
  return [
    ...selection.whole.map(({ spec, memory }) =>
      put(memory, (address) => sampleRegion(spec, memory, address)),
    ),
    ...selection.spilled.map(({ spec, memory }) => {
      const spilled = (search.groups.get(spec.name) ?? []).map((group) => {
        const count = spilledRows.get(group) ?? 0;
        const first = group.firstRow + group.rows - count;
        return { group, rows: Array.from({ length: count }, (_, position) => first + position) };
      });
      return put(memory, (address) => rowRegion(spec.name, spilled, memory, address, widthBits));
    }),
  ];
}

function assemble(
  request: PlacementRequest,
  chip: Chip,
  { samples, unplaced: before }: Ground,
  {
    everything,
    items,
    offsets,
    regions,
    spilling,
  }: {
    everything: Offsets;
    items: readonly Item[];
    offsets: Offsets;
    regions: readonly OffChipRegion[];
    spilling: Spilling;
  },
): Placement {
  const { sram, code } = chip;
  const unplaced = [...before];
  if (offsets.peakBytes > sram.capacityBytes) {
    const { name: component, capacityBytes: roomBytes } = sram;
    unplaced.unshift({ tensor: ON_CHIP, demandBytes: offsets.peakBytes, roomBytes, component });
  }
  const onChip = items.map(
    (item, index): Placed => ({
      ...item,
      component: sram.name,
      address: offsets.addresses[index] as number,
    }),
  );
  if (code !== undefined) {
    onChip.push({
      tensor: "code",
      bytes: request.codeBytes,
      from: "load",
      to: "recycle",
      component: code.name,
      address: 0,
    });
  }
  const allRegions = [...samples.map(({ region }) => region), ...regions];
  const specOf = new Map(request.tensors.map((spec) => [spec.name, spec]));
  return {
    fits: unplaced.length === 0,
    onChip,
    offChip: allRegions.map(({ tensor, memory, bytes, address }): Placed => {
      const { from, to } = specOf.get(tensor) as TensorSpec;
      return { tensor, component: memory.name, bytes, address, from, to };
    }),
    regions: new Map(allRegions.map((region) => [region.tensor, region])),
    peakBytes: offsets.peakBytes,
    unspilledPeakBytes: everything.peakBytes,
    lowerBoundBytes: everything.lowerBoundBytes,
    spilledBytes: sum(
      allRegions.filter(({ sampleRows }) => sampleRows === undefined).map(({ bytes }) => bytes),
    ),
    unplaced,
    spilling,
  };
}

function sizeOffChip({ bits, rowCount = 1 }: TensorSpec): number {
  return bytesOf(bits / rowCount) * rowCount;
}

function pinned(name: string, bytes: number): TensorSpec {
  return { name, bits: bytes * 8, from: "load", to: "recycle", where: "pinned" };
}
