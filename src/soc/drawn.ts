import type { Chip } from "./chip.js";

/** Energy or power of one block, in an action or a state. */
interface Use {
  readonly component: string;
  readonly state?: string;
}

/**
 * Share of the battery's energy that arrives at a block. The core's domain loses what its regulator does not pass on;
 * the core's sleep power is the chip's at its supply pin, as datasheets state it, regulator included.
 */
export function efficiencyOf({ supply, core, sram, code }: Chip, { component, state }: Use): number {
  const outer = supply.efficiency?.value ?? 1;
  const isCore = component === core.name && state !== "sleep";
  const isMemory = [sram, code].some((memory) => memory?.name === component && memory.inCoreDomain);
  return isCore || isMemory ? outer * supply.coreEfficiency : outer;
}

/** Energy that the battery gives for entries of energy, summed left to right. */
export function drawnJoules(
  chip: Chip,
  entries: readonly (Use & { readonly energyJoules: number })[],
): number {
  return entries.reduce((sum, entry) => sum + entry.energyJoules / efficiencyOf(chip, entry), 0);
}

/** Power that the battery gives for blocks that draw power at once. */
export function drawnWatts(chip: Chip, uses: readonly (Use & { readonly watts: number })[]): number {
  return uses.reduce((sum, use) => sum + use.watts / efficiencyOf(chip, use), 0);
}
