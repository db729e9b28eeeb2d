import type { Chip } from "../chip.js";
import type { OffChipMemory } from "../components/off-chip-memory.js";
import { type OffChipRegion, rowRegion, sampleRegion } from "../off-chip.js";
import { placeAll } from "./all-on-chip.js";
import { asTold } from "./as-told.js";
import { assemble, type Decision } from "./assemble.js";
import { type Ground, groundOf } from "./ground.js";
import { aligned } from "./items.js";
import { leastOnChip } from "./misfit.js";
import type { Placement, Spilling } from "./placement.js";
import type { PlacementRequest } from "./request.js";
import type { Choice, PlacementSearch } from "./search.js";
import { searchOf } from "./search-of.js";
import { partUnitBytes } from "./spill-cost.js";

/**
 * Gives every tensor a place. If all that may be on chip fits there, it is; if not, the rows lie off chip that cost least by
 * being there (docs/cost-model.md, "Storage and placement").
 * @throws PlacementFileError for a placement file that this chip or training contradicts
 */
export function place(request: PlacementRequest, chip: Chip): Placement {
  const ground = groundOf(request, chip);
  const decision =
    request.fixed === undefined
      ? (allOnChip(request, chip, ground) ?? atLeastCost(request, chip, ground))
      : asTold(request, request.fixed, chip, ground);
  return assemble(request, chip, ground, decision);
}

/** Nothing off chip but samples; undefined if something has to be there, or finds no room here. */
function allOnChip(
  { objective }: PlacementRequest,
  chip: Chip,
  { onChipTensors }: Ground,
): Decision | undefined {
  if (onChipTensors.some(({ where }) => where === "offChip")) return undefined;
  const { items, offsets } = placeAll(onChipTensors, chip);
  if (offsets.peakBytes > chip.sram.capacityBytes) return undefined;
  return {
    everything: offsets,
    items,
    offsets,
    regions: [],
    spilling: { objective, method: "allOnChip", cost: 0, lowerBound: 0, isOptimal: true },
  };
}

/** The rows off chip that cost least; if nothing fits, as many as memories have room for. */
function atLeastCost(request: PlacementRequest, chip: Chip, ground: Ground): Decision {
  const search = searchOf(request, chip, ground);
  const { best, lowerBound, isOptimal } = search.run();
  const choice = best ?? leastOnChip(search);
  const spilling: Spilling = {
    objective: request.objective,
    method: "search",
    cost: best?.cost ?? 0,
    lowerBound: best === undefined ? 0 : lowerBound,
    isOptimal: best === undefined || isOptimal,
  };
  const everything = search
    .selections()
    .filter((selection) => selection.spilled.length === 0)
    .map((selection) => search.choiceOf(selection, [], [], 0).offsets)
    .reduce((least, next) => (next.peakBytes < least.peakBytes ? next : least));
  return {
    everything,
    items: choice.items,
    offsets: choice.offsets,
    regions: regionsOf(search, choice, chip, ground),
    spilling,
  };
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
