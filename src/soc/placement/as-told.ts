import type { Chip } from "../chip.js";
import { rowRegion, sampleRegion } from "../off-chip.js";
import { placeAll } from "./all-on-chip.js";
import type { Decision } from "./assemble.js";
import type { PlacementDocument } from "./file-schema.js";
import { fixedItems, fixedOffsets, fixedSpills, PlacementFileError } from "./fixed.js";
import type { Ground } from "./ground.js";
import { aligned, sum } from "./items.js";
import { regionCost } from "./region-cost.js";
import type { PlacementRequest } from "./request.js";
import { searchOf } from "./search-of.js";
import { partUnitBytes, sampleCost } from "./spill-cost.js";

/** As a placement file says. Its cost is compared with the least there is. */
export function asTold(
  request: PlacementRequest,
  fixed: PlacementDocument,
  chip: Chip,
  ground: Ground,
): Decision {
  const { onChipTensors, starts } = ground;
  const search = searchOf(request, chip, ground);
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
  return {
    everything: placeAll(onChipTensors, chip).offsets,
    items,
    offsets: fixedOffsets(fixed, items, chip),
    regions,
    spilling: { objective, method: "file", cost, lowerBound, isOptimal: cost <= lowerBound * (1 + 1e-9) },
  };
}
