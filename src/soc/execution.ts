import { exact } from "../firmware/exact.js";
import type { Tally } from "../firmware/tally.js";
import type { Chip } from "./chip.js";
import { roundedUp } from "./elapsed.js";
import type { Ledger } from "./ledger.js";
import { accessCycles } from "./moves.js";

/** Port of the on-chip memory that kernel cycles assume: a load of a core's word is one access (docs/cost-model.md). */
export const ASSUMED_PORT_BITS = 32;

/** What executing statements takes: their cycles, and stalls on the memory. */
export interface Execution {
  readonly kernelCycles: number;
  /** Kernel cycles assume single-cycle SRAM; a slower one stalls the core on each access. */
  readonly waitStates: number;
  /** Kernel cycles cover the accesses of a 32-bit port: each further one of a narrower port takes a cycle of its own. */
  readonly narrowPort: number;
}

/** @param assumed the same statements counted at {@link ASSUMED_PORT_BITS}, where the chip's port is narrower */
export function executionOf(tally: Tally, assumed: Tally | undefined, chip: Chip): Execution {
  const accesses = tally.accessCount;
  return {
    kernelCycles: tally.cycles,
    waitStates: exact(accesses * (accessCycles(chip) - 1)),
    narrowPort: assumed === undefined ? 0 : accesses - assumed.accessCount,
  };
}

/** Books what statements access, compute and take, `times` times. */
export function bookExecution(
  tally: Tally,
  execution: Execution,
  times: number,
  chip: Chip,
  ledger: Ledger,
): void {
  for (const { tensor, action, count, bits } of tally.accesses) {
    ledger.add(chip.sram.name, action, tensor, count * times, bits * times);
  }
  for (const [name, count] of tally.operations) ledger.addOperations(name, count * times);
  ledger.kernelCycles = exact(ledger.kernelCycles + execution.kernelCycles * times);
  ledger.kernelAccesses = exact(ledger.kernelAccesses + tally.accessCount * times);
  ledger.addStalls("wait states", execution.waitStates * times);
  ledger.addStalls("narrow port", execution.narrowPort * times);
}

/** Bits of code that a core takes a cycle: one instruction of 16 bits. */
const CODE_BITS_PER_CYCLE = 16;

/** What the core does in some cycles, as far as its fetches have to wait for it. */
export interface Fetching {
  /** Of kernels and copying. */
  readonly cycles: number;
  /** Of kernels, at the port of the SRAM. */
  readonly accesses: number;
  /** Of these, those beyond the port that kernel cycles assume: each has taken a cycle of its own. */
  readonly further: number;
}

/** Instruction fetches at the core's rate over the cycles in which it executes or copies, and how long it waits for them. */
export function fetchesOf(
  chip: Chip,
  { cycles, accesses, further }: Fetching,
): { count: number; stallCycles: number } {
  const { core, code, sram } = chip;
  // Without a code memory the program lies in the SRAM.
  const { widthBits } = code ?? sram;
  const count = exact(Math.ceil(cycles / (core.cyclesPerFetch ?? widthBits / CODE_BITS_PER_CYCLE)));
  if (code === undefined) {
    // Fetches take the cycles in which the kernels' own accesses leave the port free; each access takes one of them.
    const late = Math.max(0, count - cycles, count + accesses - cycles - further);
    return { count, stallCycles: late + count * (accessCycles(chip) - 1) };
  }
  // The next access runs while the core executes what the last one brought: it waits for what takes longer than that.
  return { count, stallCycles: Math.max(0, count * fetchCycles(chip) - cycles) };
}

/** Books instruction fetches of all that a ledger has so far. */
export function bookFetches(chip: Chip, ledger: Ledger): void {
  const { name, widthBits } = chip.code ?? chip.sram;
  const { count, stallCycles } = fetchesOf(chip, {
    cycles: exact(ledger.kernelCycles + ledger.copyCycles),
    accesses: ledger.kernelAccesses,
    further: ledger.stalls.get("narrow port") ?? 0,
  });
  ledger.add(name, "read", "code", count, count * widthBits);
  ledger.addStalls("code fetch", stallCycles);
}

/** Core cycles that an access of the code memory takes: one, if no access time is given. */
export function fetchCycles({ code, core }: Chip): number {
  return code?.accessSeconds === undefined ? 1 : roundedUp(code.accessSeconds * core.clockHertz);
}
