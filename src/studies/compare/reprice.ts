import { ConfigError } from "../../config/problem.js";
import { type MapNode, nodeAt, type Path, toValue } from "../../config/tree.js";
import { DataError } from "../../data/data-error.js";
import type { Report } from "../../report/report.js";

/** The bill of an experiment with other values. @throws ConfigError if it cannot have them */
export type Reprice = (settings: readonly string[]) => Report;

export interface Bill {
  readonly energyJoules: number;
  readonly timeSeconds: number;
  /** Energy of a day; only with a duty. */
  readonly dayJoules: number | undefined;
}

/** Energy and time of a report; nothing if it does not fit. */
export function billOf({ energy, time, duty }: Report): Bill | undefined {
  if (energy === undefined || time === undefined) return undefined;
  return { energyJoules: energy.energyJoules, timeSeconds: time.timeSeconds, dayJoules: duty?.energyJoules };
}

/** What one bill has beyond another; `null` for what one of them has not. */
export interface BillChange {
  readonly energyJoules: number | null;
  readonly timeSeconds: number | null;
  readonly dayJoules: number | null;
}

/** The difference of two bills; nothing is known of it without both. */
export function billChange(from: Bill | undefined, to: Bill | undefined): BillChange {
  if (from === undefined || to === undefined)
    return { energyJoules: null, timeSeconds: null, dayJoules: null };
  const [was, is] = [from.dayJoules, to.dayJoules];
  return {
    energyJoules: to.energyJoules - from.energyJoules,
    timeSeconds: to.timeSeconds - from.timeSeconds,
    dayJoules: was === undefined || is === undefined ? null : is - was,
  };
}

/**
 * The bill of an experiment with one value changed, or without it if `value` is undefined.
 *
 * A value below one that comes from a part cannot be set by itself, so that the maps around it are tried as well, from the
 * innermost on.
 * @param name of the document: chip, firmware or workload
 * @param tree the document as it is
 * @returns undefined if the experiment cannot have this value with its others, or does not fit with it
 */
export function billWith(
  name: string,
  tree: MapNode,
  path: Path,
  value: unknown,
  reprice: Reprice,
): Bill | undefined {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const changed = valueWith(tree, path, depth, value);
    if (changed === undefined) continue;
    try {
      return billOf(reprice([`${[name, ...path.slice(0, depth)].join(".")}=${JSON.stringify(changed)}`]));
    } catch (error) {
      if (!(error instanceof ConfigError || error instanceof DataError)) throw error;
    }
  }
  return undefined;
}

/** What stands at the first `depth` keys of a path, with the value at its end changed. */
function valueWith(tree: MapNode, path: Path, depth: number, value: unknown): unknown {
  if (depth === path.length) return value;
  const around = nodeAt(tree, path.slice(0, depth))?.node;
  if (around === undefined) return undefined;
  const result = toValue(around);
  let holder = result as Record<string | number, unknown>;
  for (const key of path.slice(depth, -1)) holder = holder[key] as Record<string | number, unknown>;
  const last = path.at(-1) as string | number;
  if (typeof holder !== "object" || holder === null) return undefined;
  if (value !== undefined) holder[last] = value;
  else if (Array.isArray(holder)) return undefined;
  else delete holder[last];
  return result;
}
