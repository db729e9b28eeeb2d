import { ratioSpread, type Spread } from "./statistics.js";

/** A claim on speed: `subject` is at least `atLeast` times as fast as the best of the `others`. */
export interface Target {
  readonly scenario: string;
  readonly subject: string;
  readonly others: readonly string[];
  /** How the others are called together. */
  readonly against: string;
  readonly atLeast: number;
}

/** What came of a target; without a ratio it could not be checked, for want of the contenders in `missing`. */
export interface Verdict {
  readonly target: Target;
  readonly outcome: "met" | "not met" | "not measured";
  readonly ratio?: Spread;
  readonly missing: readonly string[];
}

/** Samples/s of contenders, round by round: `[contender]`. A contender that was not measured is not in it. */
export type Rates = ReadonlyMap<string, readonly number[]>;

/** Checks a target. All contenders that it names must have been measured: the best of some is not the best. */
export function verdictOn(target: Target, rates: Rates): Verdict {
  const { subject, others, atLeast } = target;
  const missing = [subject, ...others].filter((name) => !rates.has(name));
  if (missing.length > 0) return { target, outcome: "not measured", missing };
  const ratesOf = (name: string) => rates.get(name) as readonly number[];
  const ratio = ratioSpread(ratesOf(subject), others.map(ratesOf));
  return { target, outcome: ratio.median >= atLeast ? "met" : "not met", ratio, missing };
}
