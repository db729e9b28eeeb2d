import type { Chip } from "../chip.js";
import { placeAll } from "./all-on-chip.js";
import { groundOf } from "./ground.js";
import { leastOnChip } from "./misfit.js";
import { place } from "./place.js";
import type { PlacementRequest } from "./request.js";
import { searchOf } from "./search-of.js";

/** What can be said about a placement without looking for the cheapest; as {@link place} would say it. */
export interface Fit {
  /** Every tensor has an address somewhere. */
  readonly fits: boolean;
  /** And nothing is spilled. */
  readonly isAllOnChip: boolean;
  /** The most that lives at once if nothing is spilled. */
  readonly lowerBoundBytes: number;
}

/** Whether everything finds a place. @throws PlacementFileError as {@link place} does */
export function fitOf(request: PlacementRequest, chip: Chip): Fit {
  const ground = groundOf(request, chip);
  const { onChipTensors, unplaced } = ground;
  if (request.fixed !== undefined || onChipTensors.some(({ where }) => where === "offChip")) {
    const { fits, spilledBytes, lowerBoundBytes } = place(request, chip);
    return { fits, isAllOnChip: fits && spilledBytes === 0, lowerBoundBytes };
  }
  const { offsets } = placeAll(onChipTensors, chip);
  const isHere = offsets.peakBytes <= chip.sram.capacityBytes;
  const fits = isHere || fitsWithSpilling();
  return {
    fits: fits && unplaced.length === 0,
    isAllOnChip: isHere && unplaced.length === 0,
    lowerBoundBytes: offsets.lowerBoundBytes,
  };

  function fitsWithSpilling(): boolean {
    const search = searchOf(request, chip, ground);
    // If as many rows off chip as memories take are enough, nothing else has to be tried.
    return leastOnChip(search).offsets.peakBytes <= chip.sram.capacityBytes || search.fits();
  }
}
