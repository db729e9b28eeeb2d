import type { LoopBody } from "../firmware/tally.js";
import { addAmount, addTime, CORE, cyclesOf, type Elapsed, type TimeBase } from "./elapsed.js";
import { sum } from "./placement/items.js";

/** What a loop does with spilled rows of one kind, in all its executions. */
export interface StreamedRows {
  /** What bringing in the rows takes, one after the other. */
  readonly fills: Elapsed;
  /** What writing the rows back takes, without the rewriting of sectors. */
  readonly writes: Elapsed;
  /** Core cycles of the loop's body, stalls included, for these rows alone. */
  readonly computeCycles: number;
}

/** What a loop over rows does with all spilled rows, in all its executions. */
export interface StreamingLoop {
  /** Rows by which of the loop's tensors are spilled there. */
  readonly kinds: readonly StreamedRows[];
  /** What rewriting sectors takes, but for those that are left only after the last row. */
  readonly sectors: Elapsed;
  readonly lastSectors: Elapsed;
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
 * n rows of a kind that take c to compute and m to move take max(n c, n m), of which n c are computing. The first fill and the
 * last write-back add min(c, m), less the first fill behind rows on chip. While a sector is rewritten the core computes
 * the one row that it has in advance, and the last sector is rewritten when all is computed. An approximation; the schedule is
 * simulated in a run.
 */
export function addOverlapped(to: Elapsed, base: TimeBase, loop: StreamingLoop): void {
  const { kinds, sectors, lastSectors, rows, rowsPerExecution, rewrites, isAhead } = loop;
  const movingOf = ({ fills, writes }: StreamedRows): number =>
    cyclesOf(base, fills) + cyclesOf(base, writes);
  const computing = sum(kinds.map(({ computeCycles }) => computeCycles));
  const moving = sum(kinds.map(movingOf));
  const filling = sum(kinds.map(({ fills }) => cyclesOf(base, fills)));
  const ends = Math.min(computing, moving) - (isAhead ? Math.min(computing, filling) : 0);
  /** Of each cycle of moving, what it adds to the first fill and the last write-back. */
  const share = moving === 0 ? 0 : ends / rowsPerExecution / moving;
  for (const kind of kinds) {
    const { fills, writes, computeCycles } = kind;
    const isHidden = computeCycles >= movingOf(kind);
    for (const elapsed of [fills, writes]) {
      for (const [slot, amount] of elapsed.entries()) {
        addAmount(to, slot, isHidden ? Math.round(amount * share) : amount);
      }
    }
    if (!isHidden) addAmount(to, CORE, Math.round(movingOf(kind) * share) - computeCycles);
  }
  const spare = sum(kinds.map((kind) => Math.max(0, kind.computeCycles - movingOf(kind)))) / rows;
  addTime(to, sectors);
  addTime(to, lastSectors);
  addAmount(to, CORE, -Math.round(Math.min(cyclesOf(base, sectors), rewrites * spare)));
}

/** Core cycles of a share of a loop's body. */
export function bodyCycles({ cycles, accesses }: LoopBody, cyclesPerAccess: number, share: number): number {
  return Math.round((cycles + accesses * (cyclesPerAccess - 1)) * share);
}
