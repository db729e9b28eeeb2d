import type { RowProblem } from "./row-problem.js";
import type { SpillTable } from "./spill-cost.js";

/** A bound is a sum of quotients: within this share it may lie above a cost that it bounds. */
export const ROUNDING = 1e-9;

/**
 * A cost below which no choice lies: bytes freed at the best price of each group, with fractions of rows. Infinite if no choice
 * frees enough.
 */
export function leastCost(problem: RowProblem): number {
  const { groups, needs } = problem;
  if (needs.some(({ bytes, by }) => mostFreed(problem, by) < bytes)) return Number.POSITIVE_INFINITY;
  return remainingCost(groups, needs, 0)(needs.map(({ bytes }) => bytes));
}

/** Bytes that some groups free at most: where room is short, those first that free most for what they take. */
function mostFreed({ groups, rooms }: RowProblem, by: readonly boolean[]): number {
  const all = [...groups.keys()].filter((index) => by[index]);
  const freedBy = (index: number): number => groups[index]?.freed.at(-1) ?? 0;
  const unlimited = all.filter((index) => !rooms.some((room) => room.by[index]));
  let most = unlimited.reduce((total, index) => total + freedBy(index), 0);
  for (const room of rooms) {
    const offers = all
      .filter((index) => room.by[index])
      .map((index) => {
        const { freed, taken } = groups[index] as SpillTable;
        let yieldOfByte = 0;
        for (let rows = 1; rows < freed.length; rows += 1) {
          yieldOfByte = Math.max(yieldOfByte, (freed[rows] as number) / (taken[rows] as number));
        }
        return { yieldOfByte, taken: taken.at(-1) ?? 0, freed: freedBy(index) };
      })
      .sort((a, b) => b.yieldOfByte - a.yieldOfByte);
    let left = room.bytes;
    for (const { yieldOfByte, taken, freed } of offers) {
      const bytes = Math.min(left, taken);
      most += Math.min(freed, bytes * yieldOfByte);
      left -= bytes;
    }
  }
  // A quotient may come out a little low.
  return Math.ceil(most * (1 + ROUNDING));
}

/** The bound of what the groups from a position on must still cost; infinite where they cannot free enough. */
export function remainingCost(
  groups: readonly SpillTable[],
  needs: RowProblem["needs"],
  from: number,
): (lacking: readonly number[]) => number {
  const offers = needs.map(({ by }) =>
    groups
      .map((table, index) => ({ price: table.price, most: table.freed.at(-1) ?? 0, index }))
      .filter(({ index, most }) => index >= from && by[index] === true && most > 0)
      .sort((a, b) => a.price - b.price),
  );
  return (lacking) => {
    let most = 0;
    for (const [at, bytes] of lacking.entries()) {
      let left = bytes;
      let cost = 0;
      for (const { price, most: available } of offers[at] ?? []) {
        if (left <= 0) break;
        cost += price * Math.min(left, available);
        left -= available;
      }
      if (left > 0) return Number.POSITIVE_INFINITY;
      most = Math.max(most, cost);
    }
    return most;
  };
}
