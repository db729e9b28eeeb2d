import { exact } from "../../firmware/exact.js";
import type { Chip } from "../chip.js";
import { COPIES, CYCLES, KERNELS, STALLS } from "../counters.js";
import { cyclesOf, roundedUp, type TimeBase } from "../elapsed.js";
import type { StallCause } from "../ledger.js";
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
  const fetchCycles = code?.accessSeconds === undefined ? 1 : roundedUp(code.accessSeconds * core.clockHertz);
  let elapsed = kernelCycles + cyclesOf(base, sheet.waiting);
  const stall = (cause: StallCause, stallCycles: number): void => {
    if (stallCycles <= 0) return;
    sheet.add(core.name, cause, STALLS, exact(stallCycles));
    elapsed += stallCycles;
  };
  const further = sram.widthBits < PORT_OF_KERNEL_CYCLES ? sheet.kernelAccesses - sheet.assumedAccesses : 0;
  stall("wait states", sheet.kernelAccesses * (accessCycles - 1));
  stall("narrow port", further);
  if (code === undefined) {
    // Code in the SRAM is fetched in the cycles that the kernels' own accesses leave to the port.
    const late = Math.max(0, fetches - cycles, fetches + sheet.kernelAccesses - cycles - further);
    stall("code fetch", late + fetches * (accessCycles - 1));
  } else stall("code fetch", fetches * fetchCycles - cycles);
  return exact(roundedUp(elapsed));
}
