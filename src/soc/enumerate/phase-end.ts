import { exact } from "../../firmware/exact.js";
import type { Chip } from "../chip.js";
import { ALL_TENSORS, COPIES, CYCLES, KERNELS, STALLS } from "../counters.js";
import { cyclesOf, roundedUp, type TimeBase } from "../elapsed.js";
import type { Sheet } from "./sheet.js";

/** Port of the on-chip memory that kernel cycles assume: a load of a core's word is one access (docs/cost-model.md, 35). */
export const PORT_OF_KERNEL_CYCLES = 32;

/** Bits of code that a core takes a cycle: one instruction of 16 bits (docs/cost-model.md, 32). */
const CODE_BITS_PER_CYCLE = 16;

/**
 * Adds what follows from the sums of a phase and not from its accesses: instruction fetches, at the core's rate over its
 * cycles, and stalls.
 * @returns the elapsed core cycles
 */
export function finishPhase(sheet: Sheet, chip: Chip, base: TimeBase): number {
  const { core, sram, code } = chip;
  const accessCycles = roundedUp(sram.accessSeconds * core.clockHertz);
  const memory = code ?? sram;
  const kernelCycles = sheet.count(core.name, CYCLES, KERNELS);
  const cycles = exact(kernelCycles + sheet.count(core.name, CYCLES, COPIES));
  const cyclesPerFetch = core.cyclesPerFetch ?? memory.widthBits / CODE_BITS_PER_CYCLE;
  const fetches = exact(Math.ceil(cycles / cyclesPerFetch));
  sheet.add(memory.name, "read", "code", fetches, exact(fetches * memory.widthBits));
  const isNarrow = sram.widthBits < PORT_OF_KERNEL_CYCLES;
  const stalls = exact(
    sheet.kernelAccesses * (accessCycles - 1) +
      (isNarrow ? Math.max(0, sheet.kernelAccesses - sheet.assumedAccesses) : 0) +
      Math.max(0, fetches - cycles) +
      (code === undefined ? fetches * (accessCycles - 1) : 0),
  );
  sheet.add(core.name, STALLS, ALL_TENSORS, stalls);
  return exact(roundedUp(kernelCycles + stalls + cyclesOf(base, sheet.waiting)));
}
