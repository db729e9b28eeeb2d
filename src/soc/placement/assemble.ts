import type { TensorSpec } from "../../firmware/tensors.js";
import type { Chip } from "../chip.js";
import type { OffChipRegion } from "../off-chip.js";
import type { Ground } from "./ground.js";
import { type Item, type Placed, sum } from "./items.js";
import type { Offsets } from "./offsets.js";
import { ON_CHIP, type Placement, type Spilling } from "./placement.js";
import type { PlacementRequest } from "./request.js";

/** What was decided about the tensors of a request. */
export interface Decision {
  /** Addresses if nothing were spilled. */
  readonly everything: Offsets;
  readonly items: readonly Item[];
  /** Addresses of the items. */
  readonly offsets: Offsets;
  /** What lies off chip, beside the samples. */
  readonly regions: readonly OffChipRegion[];
  readonly spilling: Spilling;
}

/** The placement that a decision amounts to, with samples, code, and what has no room. */
export function assemble(
  request: PlacementRequest,
  chip: Chip,
  { samples, unplaced: before }: Ground,
  { everything, items, offsets, regions, spilling }: Decision,
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
