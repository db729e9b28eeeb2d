import { GRID_POINTS, GRID_UNITS, type GridPoint, gridName } from "./networks.js";
import type { NetworkSummary, Spread } from "./summary.js";

/** A difference of two means, and its standard error where both have one. */
export interface Difference {
  readonly points: number;
  readonly standardError?: number;
}

/** A recursive network against a conventional one: what the recursion gains in test error. */
export interface Comparison {
  readonly recursive: NetworkSummary;
  readonly conventional: NetworkSummary;
  /** Test error of the conventional network minus that of the recursive one. */
  readonly gain: Difference;
  /** Storage of the conventional network over that of the recursive one. */
  readonly storageRatio: number;
}

/** A point of the trade-off against all conventional networks that bear on the paper's two claims. */
export interface PointComparison {
  readonly point: GridPoint;
  /** The same column and weight bits without recursion: exactly the same storage. */
  readonly sameShape: Comparison;
  /** The best conventional network of the grid by validation error that needs no more storage. */
  readonly bestWithinStorage: Comparison;
  /** As many hidden units as the recursive network ends with; absent where the grid has none as large. */
  readonly sameFinalSize?: Comparison;
  /** The conventional network of least storage whose mean test error is not higher; absent if there is none. */
  readonly leastForError?: Comparison;
}

/** Whether the gain is at least some points: two standard errors decide, and without them nothing does. */
export function gainIsAtLeast({ points, standardError }: Difference, wanted: number): "yes" | "no" | "open" {
  if (standardError === undefined) return "open";
  if (points - 2 * standardError >= wanted) return "yes";
  return points + 2 * standardError < wanted ? "no" : "open";
}

/** Compares a recursive with a conventional network. */
export function compare(recursive: NetworkSummary, conventional: NetworkSummary): Comparison {
  return {
    recursive,
    conventional,
    gain: difference(conventional.testErrorPercent, recursive.testErrorPercent),
    storageRatio: conventional.storageBits / recursive.storageBits,
  };
}

/** The difference of two independent means. */
function difference(minuend: Spread, subtrahend: Spread): Difference {
  const points = minuend.mean - subtrahend.mean;
  if (minuend.standardError === undefined || subtrahend.standardError === undefined) return { points };
  return { points, standardError: Math.hypot(minuend.standardError, subtrahend.standardError) };
}

/** Every recursive point of the trade-off against the conventional ones, by storage; needs both of each shape. */
export function comparePoints(summaries: readonly NetworkSummary[]): PointComparison[] {
  const byName = new Map(summaries.map((summary) => [summary.name, summary]));
  const of = (point: GridPoint): NetworkSummary | undefined => byName.get(gridName(point));
  const conventional = GRID_POINTS.filter(({ method }) => method === "bnn").flatMap(
    (point) => of(point) ?? [],
  );
  return GRID_POINTS.filter(({ method }) => method === "rbnn")
    .flatMap((point) => {
      const recursive = of(point);
      const shape = of({ ...point, method: "bnn" });
      if (recursive === undefined || shape === undefined) return [];
      const within = conventional.filter(({ storageBits }) => storageBits <= recursive.storageBits);
      const best = least(within, ({ validationErrorPercent }) => validationErrorPercent.mean) ?? shape;
      const noWorse = conventional.filter(
        ({ testErrorPercent }) => testErrorPercent.mean <= recursive.testErrorPercent.mean,
      );
      const smallest = least(noWorse, ({ storageBits }) => storageBits);
      const final = finalSize(recursive);
      const units = GRID_UNITS.find((known) => known === final);
      const large = units === undefined ? undefined : of({ ...point, method: "bnn", units });
      return {
        point,
        sameShape: compare(recursive, shape),
        bestWithinStorage: compare(recursive, best),
        ...(large === undefined ? {} : { sameFinalSize: compare(recursive, large) }),
        ...(smallest === undefined ? {} : { leastForError: compare(recursive, smallest) }),
      };
    })
    .toSorted((a, b) => a.sameShape.recursive.storageBits - b.sameShape.recursive.storageBits);
}

const finalSize = ({ iterations }: NetworkSummary): number | undefined => iterations.at(-1)?.hiddenUnits[0];

function least<T>(items: readonly T[], of: (item: T) => number): T | undefined {
  return items.reduce<T | undefined>(
    (best, item) => (best === undefined || of(item) < of(best) ? item : best),
    undefined,
  );
}
