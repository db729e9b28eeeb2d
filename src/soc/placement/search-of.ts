import type { Chip } from "../chip.js";
import type { Ground } from "./ground.js";
import { pricesOf } from "./prices.js";
import type { PlacementRequest } from "./request.js";
import { PlacementSearch } from "./search.js";
import type { Uses } from "./uses.js";

const NO_USES: Uses = { rows: [], samples: [] };

/** The search for the rows that a request spills. */
export function searchOf(
  { objective, isDoubleBuffered, uses, copyCycles }: PlacementRequest,
  chip: Chip,
  { onChipTensors, rooms }: Ground,
): PlacementSearch {
  return new PlacementSearch({
    chip,
    tensors: onChipTensors,
    // Without a memory to spill to nothing is asked what it would cost.
    uses: chip.offChip.length === 0 ? NO_USES : uses(),
    prices: pricesOf(chip, objective, copyCycles),
    isDouble: isDoubleBuffered,
    rooms,
  });
}
