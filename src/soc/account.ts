import { countNest } from "../firmware/count.js";
import type { Invocation } from "../firmware/lower.js";
import { PHASES, type Phase } from "../firmware/phases.js";
import { Tally } from "../firmware/tally.js";
import type { Chip } from "./chip.js";
import { timeBaseOf } from "./elapsed.js";
import { ASSUMED_PORT_BITS, bookExecution, bookFetches, executionOf } from "./execution.js";
import { Ledger } from "./ledger.js";
import { Moves, oneByOne } from "./moves.js";
import type { Placement } from "./placement/placement.js";
import { contextOf, copyCost, countLocated, type Program, statementsOf } from "./program.js";
import { bookTransfers } from "./transfers.js";

/** What the kernels of one phase of one iteration do, whatever memories the chip has beside its SRAM. */
export interface CountedPhase {
  readonly phase: Phase;
  readonly iteration: number;
  readonly tally: Tally;
  /** The same at a port of 32 bit, where the chip's is narrower: what kernel cycles cover. */
  readonly assumed: Tally | undefined;
}

/**
 * Counts all invocations on a chip in closed form: one ledger a phase and iteration, in the order of iterations and
 * phases.
 * @throws KernelError for a kernel that is missing or does not fit its tensors
 */
export function account(
  invocations: readonly Invocation[],
  program: Program,
  chip: Chip,
  placement: Placement,
): Ledger[] {
  return book(countPhases(invocations, program, chip), program, chip, placement);
}

/** Counts the kernels of all invocations. It depends on the chip's instruction set and the width of its SRAM alone. */
export function countPhases(
  invocations: readonly Invocation[],
  program: Program,
  chip: Chip,
): CountedPhase[] {
  const isNarrow = chip.sram.widthBits < ASSUMED_PORT_BITS;
  const phases = new Map<string, CountedPhase>();
  for (const invocation of invocations) {
    const { phase, iteration, kernel, executions } = invocation;
    const key = `${iteration} ${phase}`;
    const assumed = isNarrow ? new Tally() : undefined;
    const entry = phases.get(key) ?? { phase, iteration, tally: new Tally(), assumed };
    phases.set(key, entry);
    const statements = statementsOf(program, kernel);
    const count = (portBits: number, tally: Tally) =>
      countNest(statements, contextOf(invocation, program, chip, portBits), executions, tally);
    countLocated(kernel, () => count(chip.sram.widthBits, entry.tally));
    const { assumed: covered } = entry;
    if (covered !== undefined) countLocated(kernel, () => count(ASSUMED_PORT_BITS, covered));
  }
  return inOrder([...phases.values()]);
}

/** Books counted phases on a chip: accesses, transfers, code fetches, and what they take. */
export function book(
  phases: readonly CountedPhase[],
  program: Program,
  chip: Chip,
  placement: Placement,
): Ledger[] {
  const copyCycles = copyCost(program, chip);
  const base = timeBaseOf(chip, program.sensor);
  return phases.map(({ phase, iteration, tally, assumed }) => {
    const ledger = new Ledger(phase, iteration, base);
    bookExecution(tally, executionOf(tally, assumed, chip), 1, chip, ledger);
    const moves = new Moves(chip, base, copyCycles, ledger, oneByOne(ledger.waiting));
    bookTransfers(tally, placement, moves, program.options.buffering === "double");
    bookFetches(chip, ledger);
    return ledger;
  });
}

/** Phases in the order in which reports list them. */
export function inOrder<P extends { readonly phase: Phase; readonly iteration: number }>(
  phases: readonly P[],
): P[] {
  return phases.toSorted(
    (a, b) => a.iteration - b.iteration || PHASES.indexOf(a.phase) - PHASES.indexOf(b.phase),
  );
}
