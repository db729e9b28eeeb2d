import type { CountContext } from "../firmware/context.js";
import { countNest } from "../firmware/count.js";
import { exact } from "../firmware/exact.js";
import { ExpressionError } from "../firmware/expression.js";
import type { Invocation } from "../firmware/lower.js";
import type { Statement } from "../firmware/nest.js";
import { PHASES, type Phase } from "../firmware/phases.js";
import { Tally } from "../firmware/tally.js";
import type { Chip } from "./chip.js";
import type { Sensor } from "./components/sensor.js";
import { timeBaseOf } from "./elapsed.js";
import { Ledger } from "./ledger.js";
import { accessCycles, type CopyCycles, Moves } from "./moves.js";
import type { Placement } from "./placement.js";
import { bookTransfers } from "./transfers.js";

/** What the firmware does, as far as a chip is concerned. */
export interface Program {
  readonly kernels: Readonly<Record<string, readonly Statement[] | undefined>>;
  readonly options: Readonly<Record<string, string>>;
  /** The sensor that samples come from, if one does. */
  readonly sensor: Sensor | undefined;
}

/** Port of the on-chip memory that kernel cycles assume: a load of a core's word is one access (docs/cost-model.md). */
const ASSUMED_PORT_BITS = 32;

/** A kernel of the firmware that cannot be counted on this chip; `path` leads to the statement, from its name on. */
export class KernelError extends Error {
  override readonly name = "KernelError";
  constructor(
    readonly path: readonly (string | number)[],
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
  const tallies = new Map<string, { phase: Phase; iteration: number; tally: Tally; assumed: Tally }>();
  for (const invocation of invocations) {
    const { phase, iteration } = invocation;
    const key = `${iteration} ${phase}`;
    const entry = tallies.get(key) ?? { phase, iteration, tally: new Tally(), assumed: new Tally() };
    tallies.set(key, entry);
    const { isa } = chip.core;
    const { widthBits } = chip.sram;
    countKernel(invocation, program, { isa, portBits: widthBits }, entry.tally);
    if (widthBits < ASSUMED_PORT_BITS) {
      countKernel(invocation, program, { isa, portBits: ASSUMED_PORT_BITS }, entry.assumed);
    }
  }
  const copyCycles = copyCost(program, chip);
  const base = timeBaseOf(chip, program.sensor);
  const ledgers = [...tallies.values()].map(({ phase, iteration, tally, assumed }) => {
    const ledger = new Ledger(phase, iteration, base);
    bookKernels(tally, chip, ledger);
    if (chip.sram.widthBits < ASSUMED_PORT_BITS) bookNarrowPort(tally, assumed, ledger);
    bookTransfers(tally, placement, new Moves(chip, base, copyCycles, ledger));
    bookFetches(chip, ledger);
    return ledger;
  });
  return ledgers.sort(
    (a, b) => a.iteration - b.iteration || PHASES.indexOf(a.phase) - PHASES.indexOf(b.phase),
  );
}

function countKernel(
  invocation: Invocation,
  program: Program,
  core: Pick<CountContext, "isa" | "portBits">,
  tally: Tally,
): void {
  const { kernel, names, bindings, executions, options } = invocation;
  const statements = program.kernels[kernel];
  if (statements === undefined) {
    throw new KernelError(
      [kernel],
      `the options need a kernel "${kernel}", which the firmware does not have`,
    );
  }
  const context = { names, bindings, options: { ...program.options, ...options }, ...core };
  countLocated(kernel, () => countNest(statements, context, executions, tally));
}

export function countLocated(kernel: string, count: () => Tally): Tally {
  try {
    return count();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const below = error instanceof ExpressionError ? error.path : [];
    throw new KernelError([kernel, ...below], `kernel ${kernel}: ${error.message}`);
  }
}

function bookKernels(tally: Tally, chip: Chip, ledger: Ledger): void {
  const { sram } = chip;
  for (const { tensor, action, count, bits } of tally.accesses) {
    ledger.add(sram.name, action, tensor, count, bits);
  }
  for (const [name, count] of tally.operations) ledger.operations.set(name, count);
  ledger.kernelCycles = tally.cycles;
  // Kernel cycles assume single-cycle SRAM; a slower one stalls the core on each access.
  ledger.stallCycles = exact(accessesOf(tally) * (accessCycles(chip) - 1));
}

/** Kernel cycles cover the accesses of a 32-bit port: each further one of a narrower port takes a cycle of its own. */
function bookNarrowPort(tally: Tally, assumed: Tally, ledger: Ledger): void {
  const further = Math.max(0, accessesOf(tally) - accessesOf(assumed));
  ledger.stallCycles = exact(ledger.stallCycles + further);
}

function accessesOf(tally: Tally): number {
  return tally.accesses.reduce((sum, entry) => exact(sum + entry.count), 0);
}

/** Bits of code that a core takes a cycle: one instruction of 16 bits. */
const CODE_BITS_PER_CYCLE = 16;

/** Instruction fetches, at the core's rate over the cycles in which it executes. */
function bookFetches(chip: Chip, ledger: Ledger): void {
  const { core } = chip;
  // Without a code memory the program lies in the SRAM.
  const { name, widthBits } = chip.code ?? chip.sram;
  const cycles = ledger.kernelCycles + ledger.copyCycles;
  const fetches = exact(Math.ceil(cycles / (core.cyclesPerFetch ?? widthBits / CODE_BITS_PER_CYCLE)));
  // A memory narrower than an instruction delivers less than the core takes, an access a cycle at best.
  ledger.stallCycles = exact(ledger.stallCycles + Math.max(0, fetches - cycles));
  ledger.add(name, "read", "code", fetches, fetches * widthBits);
  if (chip.code !== undefined) return;
  ledger.stallCycles = exact(ledger.stallCycles + fetches * (accessCycles(chip) - 1));
}

export function copyCost(program: Program, chip: Chip): CopyCycles {
  const known = new Map<number, number>();
  return (bytes) => {
    const before = known.get(bytes);
    if (before !== undefined) return before;
    const statements = program.kernels.copy;
    if (statements === undefined) {
      throw new KernelError(
        ["copy"],
        `${chip.name} has no DMA engine, so the firmware needs a kernel "copy"`,
      );
    }
    const context = {
      names: { bytes },
      bindings: {},
      options: program.options,
      isa: chip.core.isa,
      portBits: chip.sram.widthBits,
    };
    const { cycles } = countLocated("copy", () => countNest(statements, context, { times: 1 }));
    known.set(bytes, cycles);
    return cycles;
  };
}
