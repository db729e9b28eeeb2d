import type { SpillTable } from "./spill-cost.js";

/** How many rows of each group to spill: the cheapest numbers that free enough. */
export interface RowProblem {
  readonly groups: readonly SpillTable[];
  /** What must be free: `by` says for each group whether its rows count. */
  readonly needs: readonly { readonly bytes: number; readonly by: readonly boolean[] }[];
  /** What may be taken at most of a memory: `by` says for each group whether it lies there. */
  readonly rooms: readonly { readonly bytes: number; readonly by: readonly boolean[] }[];
}

/** Numbers of spilled rows, by group. */
export interface RowChoice {
  readonly spilled: readonly number[];
  readonly cost: number;
}

export interface RowChoices {
  /** Cheapest first; those that others beat in cost and in all that they free are left out. Empty: there is none. */
  readonly choices: readonly RowChoice[];
  /** No choice costs less. */
  readonly lowerBound: number;
  /** The first choice is the cheapest there is, and without any there is none. */
  readonly isExact: boolean;
}

/** A bound is a sum of quotients: within this share it may lie above a cost that it bounds. */
const ROUNDING = 1e-9;

interface State {
  readonly cost: number;
  readonly lacking: readonly number[];
  readonly room: readonly number[];
  readonly spilled: number;
  readonly before: State | undefined;
}

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

/** The bound of what the groups from a position on must still cost; infinite where they cannot free enough. */
function remainingCost(
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

/** Some choice that frees enough: the cheapest bytes first, of each group as few rows as do. */
function greedyChoice(
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

/** The last number from 0 to `most` for which something holds that holds up to some number only; -1 if for none. */
function lastWhere(most: number, holds: (value: number) => boolean): number {
  let [low, high] = [-1, most];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
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
