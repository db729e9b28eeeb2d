import { countNest } from "../firmware/count.js";
import type { Invocation } from "../firmware/lower.js";
import { PHASES, type Phase } from "../firmware/phases.js";
import { Tally } from "../firmware/tally.js";
import type { Chip } from "./chip.js";
import { timeBaseOf } from "./elapsed.js";
import { ASSUMED_PORT_BITS, bookExecution, bookFetches, executionOf } from "./execution.js";
import { Ledger } from "./ledger.js";
import { Moves, oneByOne } from "./moves.js";
import type { Placement } from "./placement.js";
import { contextOf, copyCost, countLocated, type Program, statementsOf } from "./program.js";
import { bookTransfers } from "./transfers.js";

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
  const isNarrow = chip.sram.widthBits < ASSUMED_PORT_BITS;
  const tallies = new Map<string, { phase: Phase; iteration: number; tally: Tally; assumed: Tally }>();
  for (const invocation of invocations) {
    const { phase, iteration, kernel, executions } = invocation;
    const key = `${iteration} ${phase}`;
    const entry = tallies.get(key) ?? { phase, iteration, tally: new Tally(), assumed: new Tally() };
    tallies.set(key, entry);
    const statements = statementsOf(program, kernel);
    const count = (portBits: number, tally: Tally) =>
      countNest(statements, contextOf(invocation, program, chip, portBits), executions, tally);
    countLocated(kernel, () => count(chip.sram.widthBits, entry.tally));
    if (isNarrow) countLocated(kernel, () => count(ASSUMED_PORT_BITS, entry.assumed));
  }
  const copyCycles = copyCost(program, chip);
  const base = timeBaseOf(chip, program.sensor);
  const ledgers = [...tallies.values()].map(({ phase, iteration, tally, assumed }) => {
    const ledger = new Ledger(phase, iteration, base);
    bookExecution(tally, executionOf(tally, isNarrow ? assumed : undefined, chip), 1, chip, ledger);
    const moves = new Moves(chip, base, copyCycles, ledger, oneByOne(ledger.waiting));
    bookTransfers(tally, placement, moves, program.options.buffering === "double");
    bookFetches(chip, ledger);
    return ledger;
  });
  return inOrder(ledgers);
}

/** Ledgers in the order in which reports list phases. */
export function inOrder(ledgers: readonly Ledger[]): Ledger[] {
  return ledgers.toSorted(
    (a, b) => a.iteration - b.iteration || PHASES.indexOf(a.phase) - PHASES.indexOf(b.phase),
  );
}
