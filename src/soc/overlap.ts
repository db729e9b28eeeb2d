import type { LoopBody } from "../firmware/tally.js";
import { addAmount, CORE, cyclesOf, type Elapsed, type TimeBase } from "./elapsed.js";

/** What a loop over rows does with spilled rows, in all its executions. */
export interface StreamedRows {
  /** What their moves take, one after the other. */
  readonly moving: Elapsed;
  /** Core cycles of the loop's body, stalls included, for these rows alone. */
  readonly computeCycles: number;
  /** Spilled rows that an execution of the loop visits, on average. */
  readonly rowsPerExecution: number;
}

/**
 * Adds what the core waits for if the moves of one row run beside the computing of another:
 * n rows that take c to compute and m to move take max(n c, n m) + min(c, m), of which n c are computing. An approximation
 * where rows differ; the schedule is simulated in a run.
 */
export function addOverlapped(
  to: Elapsed,
  base: TimeBase,
  { moving, computeCycles, rowsPerExecution }: StreamedRows,
): void {
  const share = 1 / Math.max(1, rowsPerExecution);
  if (computeCycles >= cyclesOf(base, moving)) {
    for (const [slot, amount] of moving.entries()) addAmount(to, slot, Math.round(amount * share));
    return;
  }
  for (const [slot, amount] of moving.entries()) addAmount(to, slot, amount);
  addAmount(to, CORE, Math.round(computeCycles * share) - computeCycles);
}

/** Core cycles of a share of a loop's body. */
export function bodyCycles({ cycles, accesses }: LoopBody, cyclesPerAccess: number, share: number): number {
  return Math.round((cycles + accesses * (cyclesPerAccess - 1)) * share);
}
