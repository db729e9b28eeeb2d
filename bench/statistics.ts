import { max, median, min } from "simple-statistics";

/** A median with the least and the greatest value behind it. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** The spread of at least one value. */
export function spreadOf(values: readonly number[]): Spread {
  const copy = [...values];
  return { median: median(copy), min: min(copy), max: max(copy) };
}

/**
 * The spread of a ratio: `subject` over the best of the `others` in the same round, round by round, so that what slows
 * a whole round down cancels.
 */
export function ratioSpread(subject: readonly number[], others: readonly (readonly number[])[]): Spread {
  return spreadOf(
    subject.map((value, round) => value / Math.max(...others.map((other) => other[round] as number))),
  );
}
