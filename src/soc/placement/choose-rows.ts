import { greedyChoice } from "./greedy-rows.js";
import { lastWhere } from "./last-where.js";
import { leastCost, ROUNDING, remainingCost } from "./row-bounds.js";
import type { RowChoice, RowProblem } from "./row-problem.js";
import type { SpillTable } from "./spill-cost.js";

export interface RowChoices {
  /** Cheapest first; those that others beat in cost and in all that they free are left out. Empty: there is none. */
  readonly choices: readonly RowChoice[];
  /** No choice costs less. */
  readonly lowerBound: number;
  /** The first choice is the cheapest there is, and without any there is none. */
  readonly isExact: boolean;
}

interface State {
  readonly cost: number;
  readonly lacking: readonly number[];
  readonly room: readonly number[];
  readonly spilled: number;
  readonly before: State | undefined;
}

/** States that are kept at a time; where nothing but the needs limits them there are a few. */
const MOST_STATES = 1000;

/**
 * Group by group, all numbers of rows that may still lead to something cheaper than `limit`: a state that costs more and
 * frees less than another is dropped, and one whose cost and the bound of what it lacks come to more than the cheapest known.
 * @param mostSteps numbers of rows that are tried in all; beyond them only part of the states are kept
 */
export function chooseRows(problem: RowProblem, limit: number, mostSteps: number): RowChoices {
  const { needs, rooms } = problem;
  const order = orderOf(problem);
  const groups = order.map((index) => problem.groups[index] as SpillTable);
  const byOrder = <T extends { readonly by: readonly boolean[] }>(entry: T): T => ({
    ...entry,
    by: order.map((index) => entry.by[index] as boolean),
  });
  const orderedNeeds = needs.map(byOrder);
  const orderedRooms = rooms.map(byOrder);
  const rest = groups.map((_, position) => remainingCost(groups, orderedNeeds, position + 1));
  const lowerBound = leastCost(problem);
  const greedy = greedyChoice(groups, orderedNeeds, orderedRooms);
  let best = Math.min(limit, greedy?.cost ?? Number.POSITIVE_INFINITY);
  let steps = 0;
  let isExact = true;
  let states: State[] = [
    {
      cost: 0,
      lacking: needs.map(({ bytes }) => bytes),
      room: rooms.map(({ bytes }) => bytes),
      spilled: 0,
      before: undefined,
    },
  ];
  for (const [position, table] of groups.entries()) {
    let next: State[] = [];
    const bound = rest[position] as (lacking: readonly number[]) => number;
    for (const state of states) {
      if (steps > mostSteps) isExact = false;
      const after = (spilled: number): number[] =>
        orderedNeeds.map(({ by }, at) => {
          const lacking = state.lacking[at] as number;
          return by[position] ? lacking - (table.freed[spilled] as number) : lacking;
        });
      const isBeaten = (cost: number): boolean =>
        cost === Number.POSITIVE_INFINITY || cost * (1 - ROUNDING) > best;
      // Costs rise and what is lacking falls with each row, so that both ends of the range are found by halving.
      const last = lastWhere(table.group.rows, (spilled) => {
        const fits = orderedRooms.every(
          ({ by }, at) => !by[position] || (table.taken[spilled] as number) <= (state.room[at] as number),
        );
        return fits && !isBeaten(state.cost + (table.cost[spilled] as number));
      });
      const tooFew = lastWhere(table.group.rows, (spilled) => isBeaten(state.cost + bound(after(spilled))));
      for (let spilled = tooFew + 1; spilled <= last; spilled += 1) {
        steps += 1;
        if (!isExact && spilled < last) continue;
        const cost = state.cost + (table.cost[spilled] as number);
        const lacking = after(spilled);
        const least = bound(lacking);
        if (isBeaten(cost + least)) continue;
        const room = orderedRooms.map(({ by }, at) => {
          const left = state.room[at] as number;
          return by[position] ? left - (table.taken[spilled] as number) : left;
        });
        if (lacking.every((bytes) => bytes <= 0)) best = Math.min(best, cost);
        if (next.length > 4 * MOST_STATES) next = undominated(next);
        if (next.length > 2 * MOST_STATES) isExact = false;
        next.push({
          cost,
          lacking: lacking.map((bytes) => Math.max(0, bytes)),
          room,
          spilled,
          before: state,
        });
        // Enough is freed: further rows only cost more.
        if (orderedNeeds.every(({ by }, at) => !by[position] || (lacking[at] as number) <= 0)) break;
      }
    }
    states = undominated(next);
    if (states.length > MOST_STATES) {
      isExact = false;
      states = states.slice(0, MOST_STATES / 2).concat(states.slice(-MOST_STATES / 2));
    }
  }
  const found = states
    .filter(({ lacking }) => lacking.every((bytes) => bytes <= 0))
    .map((state): RowChoice => {
      const spilled: number[] = [];
      for (let at: State | undefined = state; at?.before !== undefined; at = at.before)
        spilled.unshift(at.spilled);
      return { spilled, cost: state.cost };
    });
  // A search that was cut short may have lost what it began with.
  if (!isExact && greedy !== undefined) found.push(greedy);
  const choices = found
    .toSorted((a, b) => a.cost - b.cost)
    .map(({ spilled, cost }): RowChoice => {
      const byGroup = new Array<number>(groups.length).fill(0);
      for (const [position, index] of order.entries()) byGroup[index] = spilled[position] as number;
      return { spilled: byGroup, cost };
    });
  return { choices, lowerBound, isExact };
}

/** Groups that free something everywhere first, so that needs are settled early; the cheapest bytes first among them. */
function orderOf({ groups, needs }: RowProblem): number[] {
  const breadth = (index: number): number => needs.filter(({ by }) => by[index]).length;
  const prices = groups.map(({ price }) => price);
  return groups
    .map((_, index) => index)
    .sort((a, b) => breadth(b) - breadth(a) || (prices[a] as number) - (prices[b] as number) || a - b);
}

/** States by cost, without those that cost at least as much as another, lack at least as much and leave no more room. */
function undominated(states: readonly State[]): State[] {
  const kept: State[] = [];
  for (const state of states.toSorted((a, b) => a.cost - b.cost)) {
    const isWorse = kept.some(
      (other) =>
        other.lacking.every((bytes, at) => bytes <= (state.lacking[at] as number)) &&
        other.room.every((bytes, at) => bytes >= (state.room[at] as number)),
    );
    if (!isWorse) kept.push(state);
  }
  return kept;
}
