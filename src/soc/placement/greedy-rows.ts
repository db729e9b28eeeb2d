import { lastWhere } from "./last-where.js";
import type { RowChoice, RowProblem } from "./row-problem.js";
import type { SpillTable } from "./spill-cost.js";

/** Some choice that frees enough: the cheapest bytes first, of each group as few rows as do. */
export function greedyChoice(
  groups: readonly SpillTable[],
  needs: RowProblem["needs"],
  rooms: RowProblem["rooms"],
): RowChoice | undefined {
  const chosen = new Array<number>(groups.length).fill(0);
  const lacking = needs.map(({ bytes }) => bytes);
  const room = rooms.map(({ bytes }) => bytes);
  let cost = 0;
  const byPrice = groups
    .map((table, index) => ({ table, index, price: table.price }))
    .sort((a, b) => a.price - b.price);
  for (const { table, index } of byPrice) {
    const most = lastWhere(table.group.rows, (spilled) =>
      rooms.every(({ by }, at) => !by[index] || (table.taken[spilled] as number) <= (room[at] as number)),
    );
    const wanted =
      1 +
      lastWhere(table.group.rows, (spilled) =>
        needs.some(
          ({ by }, at) => by[index] === true && (lacking[at] as number) > (table.freed[spilled] as number),
        ),
      );
    const spilled = Math.max(0, Math.min(most, wanted));
    chosen[index] = spilled;
    cost += table.cost[spilled] as number;
    for (const [at, { by }] of needs.entries()) {
      if (by[index]) lacking[at] = (lacking[at] as number) - (table.freed[spilled] as number);
    }
    for (const [at, { by }] of rooms.entries()) {
      if (by[index]) room[at] = (room[at] as number) - (table.taken[spilled] as number);
    }
  }
  return lacking.every((bytes) => bytes <= 0) ? { spilled: chosen, cost } : undefined;
}
