import { countNest } from "../firmware/count.js";
import type { Invocation } from "../firmware/lower.js";
import type { Statement } from "../firmware/nest.js";
import { PHASES, type Phase } from "../firmware/phases.js";
import { Tally } from "../firmware/tally.js";
import type { Chip } from "./chip.js";
import { Ledger } from "./ledger.js";
import type { Placement } from "./placement.js";
import { bookTransfers, type CopyCycles } from "./transfers.js";

/** What the firmware does, as far as a chip is concerned. */
export interface Program {
  readonly kernels: Readonly<Record<string, readonly Statement[] | undefined>>;
  readonly options: Readonly<Record<string, string>>;
  /** Name of the sensor component that samples come from, if one does. */
  readonly sensor: string | undefined;
}

/** A kernel of the firmware that cannot be counted on this chip; `kernel` is its name. */
export class KernelError extends Error {
  override readonly name = "KernelError";
  constructor(
    readonly kernel: string,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Counts all invocations on a chip: one ledger a phase and iteration, in the order of iterations and phases.
 * @throws KernelError for a kernel that is missing or does not fit its tensors
 */
export function account(
  invocations: readonly Invocation[],
  program: Program,
  chip: Chip,
  placement: Placement,
): Ledger[] {
  const tallies = new Map<string, { phase: Phase; iteration: number; tally: Tally }>();
  for (const invocation of invocations) {
    const { phase, iteration } = invocation;
    const key = `${iteration} ${phase}`;
    const entry = tallies.get(key) ?? { phase, iteration, tally: new Tally() };
    tallies.set(key, entry);
    countKernel(invocation, program, chip, entry.tally);
  }
  const copyCycles = copyCost(program, chip);
  const ledgers = [...tallies.values()].map(({ phase, iteration, tally }) => {
    const ledger = new Ledger(phase, iteration);
    bookKernels(tally, chip, ledger);
    bookTransfers(tally, placement, chip, program.sensor, copyCycles, ledger);
    bookFetches(chip, ledger);
    return ledger;
  });
  return ledgers.sort(
    (a, b) => a.iteration - b.iteration || PHASES.indexOf(a.phase) - PHASES.indexOf(b.phase),
  );
}

function countKernel(invocation: Invocation, program: Program, chip: Chip, tally: Tally): void {
  const { kernel, names, bindings, executions } = invocation;
  const statements = program.kernels[kernel];
  if (statements === undefined) {
    throw new KernelError(kernel, `the options need a kernel "${kernel}", which the firmware does not have`);
  }
  const context = {
    names,
    bindings,
    options: program.options,
    isa: chip.core.isa,
    portBits: chip.sram.widthBits,
  };
  try {
    countNest(statements, context, executions, tally);
  } catch (error) {
    if (error instanceof Error) throw new KernelError(kernel, `kernel ${kernel}: ${error.message}`);
    throw error;
  }
}

function bookKernels(tally: Tally, chip: Chip, ledger: Ledger): void {
  const { sram, core } = chip;
  for (const { tensor, action, count, bits } of tally.accesses) {
    ledger.add(sram.name, action, tensor, count, bits);
  }
  for (const [name, count] of tally.operations) ledger.operations.set(name, count);
  ledger.kernelCycles = tally.cycles;
  // Kernel cycles assume single-cycle SRAM; a slower one stalls the core on each access.
  const accesses = tally.accesses.reduce((sum, entry) => sum + entry.count, 0);
  ledger.stallCycles = accesses * (Math.ceil(sram.accessSeconds * core.clockHertz) - 1);
}

/** Instruction fetches, at the core's rate over the cycles in which it executes. */
function bookFetches(chip: Chip, ledger: Ledger): void {
  const { code, core } = chip;
  if (code === undefined) return;
  const fetches = Math.ceil((ledger.kernelCycles + ledger.copyCycles) / core.cyclesPerFetch);
  ledger.add(code.name, "read", "code", fetches, fetches * code.widthBits);
}

function copyCost(program: Program, chip: Chip): CopyCycles {
  const known = new Map<number, number>();
  return (bytes) => {
    const before = known.get(bytes);
    if (before !== undefined) return before;
    const statements = program.kernels.copy;
    if (statements === undefined) {
      throw new KernelError("copy", `${chip.name} has no DMA engine, so the firmware needs a kernel "copy"`);
    }
    const context = {
      names: { bytes },
      bindings: {},
      options: program.options,
      isa: chip.core.isa,
      portBits: chip.sram.widthBits,
    };
    const { cycles } = countNest(statements, context, { times: 1 });
    known.set(bytes, cycles);
    return cycles;
  };
}
