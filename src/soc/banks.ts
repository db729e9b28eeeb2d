import type { Chip } from "./chip.js";
import type { Sram } from "./components/sram.js";
import { type Figure, scaled } from "./costs.js";
import type { Placed } from "./placement/items.js";
import type { Placement } from "./placement/placement.js";

/** What must outlive the sleep between a training and an inference; stack and buffers are made anew. */
const PERSISTENT: readonly string[] = ["weights", "snapshot", "code"];

/** Banks of the SRAM in which any of these items has a byte. */
export function banksOf({ name, capacityBytes, banks }: Sram, items: readonly Placed[]): number {
  const bankBytes = capacityBytes / banks;
  const touched = new Set<number>();
  for (const { component, address, bytes } of items) {
    if (component !== name || bytes === 0) continue;
    const last = Math.floor((address + bytes - 1) / bankBytes);
    for (let bank = Math.floor(address / bankBytes); bank <= last; bank += 1) touched.add(bank);
  }
  return touched.size;
}

/** A figure of all banks for those that are powered. */
function ofBanks(figure: Figure, powered: number, banks: number): Figure {
  if (powered === banks) return figure;
  return scaled(figure, powered / banks, `${figure.source}, ${powered} of ${banks} banks powered`);
}

/** The chip with the leakage of the banks that stay powered: those in which a tensor lies at any time, if others are gated. */
export function gateBanks(chip: Chip, { onChip }: Placement): Chip {
  const { sram } = chip;
  if (!sram.gatesUnused) return chip;
  const on = ofBanks(sram.states.on, banksOf(sram, onChip), sram.banks);
  return { ...chip, sram: { ...sram, states: { ...sram.states, on } } };
}

/**
 * What the SRAM of a chip (not one with gated banks) draws while the device sleeps: its retention power, or its leakage
 * without one; of the banks that keep something, if others are gated.
 */
export function sleepingSram({ sram }: Chip, { onChip }: Placement): { state: string; figure: Figure } {
  const { retention, on } = sram.states;
  const kept = onChip.filter(({ tensor }) => PERSISTENT.includes(tensor));
  const powered = sram.gatesUnused ? banksOf(sram, kept) : sram.banks;
  return {
    state: retention === undefined ? "on" : "retention",
    figure: ofBanks(retention ?? on, powered, sram.banks),
  };
}
