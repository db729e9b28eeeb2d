import type { TensorSpec } from "../../firmware/tensors.js";
import type { Chip } from "../chip.js";
import type { OffChipMemory } from "../components/off-chip-memory.js";
import type { Prices } from "./prices.js";
import type { Uses } from "./uses.js";

/** What is to be placed on a chip, and what its places cost. */
export interface Situation {
  readonly chip: Chip;
  /** Everything that needs an address on chip or, by `where`, off chip; without the samples. */
  readonly tensors: readonly TensorSpec[];
  readonly uses: Uses;
  readonly prices: Prices;
  readonly isDouble: boolean;
  /** Room in each memory, in the order of the chip: what samples leave of it. */
  readonly rooms: ReadonlyMap<OffChipMemory, number>;
}
