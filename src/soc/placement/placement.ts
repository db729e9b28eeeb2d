import type { OffChipRegion, Unplaced } from "../off-chip.js";
import type { Placed } from "./items.js";
import type { Objective } from "./prices.js";

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
