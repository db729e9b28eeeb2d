import type { LoopBody } from "../firmware/tally.js";
import { addAmount, addTime, CORE, cyclesOf, type Elapsed, type TimeBase } from "./elapsed.js";

/** What a loop over rows does with spilled rows, in all its executions. */
export interface StreamedRows {
  /** What bringing in its rows takes, one after the other. */
  readonly fills: Elapsed;
  /** What writing its rows back takes, without the rewriting of sectors. */
  readonly writes: Elapsed;
  /** What rewriting sectors takes, but for those that are left only after the last row. */
  readonly sectors: Elapsed;
  readonly lastSectors: Elapsed;
  /** Core cycles of the loop's body, stalls included, for these rows alone. */
  readonly computeCycles: number;
  /** Spilled rows that are visited in all. */
  readonly rows: number;
  /** Spilled rows of an execution that visits all rows. */
  readonly rowsPerExecution: number;
  /** Sectors that `sectors` are about. */
  readonly rewrites: number;
  /** Rows on chip come first: the first spilled one is brought in beside the computing of the last of them. */
  readonly isAhead: boolean;
}

/**
 * Adds what the core waits for if the moves of one row run beside the computing of another:
 * n rows that take c to compute and m to move take max(n c, n m) + min(c, m), of which n c are computing. The last term is what
 * the first fill and the last write-back take, and loses the first fill behind rows on chip. While a sector is
 * rewritten the core computes the one row that it has in advance, and the last sector is rewritten when all is computed. An
 * approximation where rows differ; the schedule is simulated in a run.
 */
export function addOverlapped(to: Elapsed, base: TimeBase, streamed: StreamedRows): void {
  const { fills, writes, sectors, lastSectors, computeCycles, rows, rowsPerExecution, rewrites } = streamed;
  const [filling, writing] = [cyclesOf(base, fills), cyclesOf(base, writes)];
  const moving = filling + writing;
  const ends = Math.min(computeCycles, moving) - (streamed.isAhead ? Math.min(computeCycles, filling) : 0);
  const tail = ends / rowsPerExecution;
  addTime(to, lastSectors);
  addTime(to, sectors);
  const spare = Math.max(0, computeCycles - moving) / rows;
  addAmount(to, CORE, -Math.round(Math.min(cyclesOf(base, sectors), rewrites * spare)));
  if (computeCycles >= moving) {
    const share = moving === 0 ? 0 : tail / moving;
    for (const elapsed of [fills, writes]) {
      for (const [slot, amount] of elapsed.entries()) addAmount(to, slot, Math.round(amount * share));
    }
    return;
  }
  addTime(to, fills);
  addTime(to, writes);
  addAmount(to, CORE, Math.round(tail) - computeCycles);
}

/** Core cycles of a share of a loop's body. */
export function bodyCycles({ cycles, accesses }: LoopBody, cyclesPerAccess: number, share: number): number {
  return Math.round((cycles + accesses * (cyclesPerAccess - 1)) * share);
}
