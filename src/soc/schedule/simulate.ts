import type { Invocation } from "../../firmware/lower.js";
import { inOrder } from "../account.js";
import type { Chip } from "../chip.js";
import { timeBaseOf } from "../elapsed.js";
import { bookFetches } from "../execution.js";
import { Ledger } from "../ledger.js";
import { Moves } from "../moves.js";
import type { Placement } from "../placement/placement.js";
import { contextOf, copyCost, countLocated, type Program, statementsOf } from "../program.js";
import { BankConflicts } from "./bank-conflicts.js";
import { InvocationPlayer } from "./invocation.js";
import { Sequencer } from "./sequencer.js";

/**
 * Simulates all invocations on a chip, tile by tile: one ledger a phase and iteration. Equal invocations are played
 * once and multiplied, so the time that this takes does not depend on epochs or samples.
 * @throws KernelError for a kernel that is missing or does not fit its tensors
 */
export function simulate(
  invocations: readonly Invocation[],
  program: Program,
  chip: Chip,
  placement: Placement,
  { withoutConflicts = false }: { readonly withoutConflicts?: boolean } = {},
): Ledger[] {
  const base = timeBaseOf(chip, program.sensor);
  const copyCycles = copyCost(program, chip);
  const isDouble = program.options.buffering === "double";
  const conflicts = new BankConflicts(placement, chip, withoutConflicts);
  const ledgers = new Map<string, Ledger>();
  for (const invocation of invocations) {
    const { phase, iteration, kernel, executions } = invocation;
    const key = `${iteration} ${phase}`;
    const ledger = ledgers.get(key) ?? new Ledger(phase, iteration, base);
    ledgers.set(key, ledger);
    if (executions.times === 0) continue;
    const statements = statementsOf(program, kernel);
    const sequencer = new Sequencer(base, ledger, isDouble ? (chip.dma?.channels ?? 0) : 0);
    const moves = new Moves(chip, base, copyCycles, ledger, sequencer);
    const context = contextOf(invocation, program, chip);
    const buffers = isDouble ? 2 : 1;
    const player = new InvocationPlayer(invocation, context, placement, moves, sequencer, buffers, conflicts);
    countLocated(kernel, () => player.play(statements));
  }
  for (const ledger of ledgers.values()) bookFetches(chip, ledger);
  return inOrder([...ledgers.values()]);
}
