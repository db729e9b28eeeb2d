import type { Dimension } from "../src/units/dimensions.js";
import { formatEngineering } from "../src/units/format.js";
import type { Difference } from "./comparison.js";
import type { Spread } from "./summary.js";

export const BITS_PER_KIB = 8 * 1024;

/** "2.56" */
export const two = (value: number): string => value.toFixed(2);

/** "310.2 KiB" */
export const storage = (bits: number): string => `${(bits / BITS_PER_KIB).toFixed(1)} KiB`;

/** "2.56 ± 0.03", with the standard error; without it if there is one seed. */
export const meanAndError = ({ mean, standardError }: Spread): string =>
  standardError === undefined ? two(mean) : `${two(mean)} ± ${two(standardError)}`;

/** "+0.52 ± 0.07" points */
export function signed({ points, standardError }: Difference): string {
  const sign = points < 0 ? "−" : "+";
  const error = standardError === undefined ? "" : ` ± ${two(standardError)}`;
  return `${sign}${two(Math.abs(points))}${error}`;
}

const THREE_DIGITS = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 3 });

const SCIENTIFIC_FROM = 1e7;

/** "34.3", "0.0417", "1,200,000", "8.33e8": three significant digits. */
export const three = (value: number): string =>
  value < SCIENTIFIC_FROM
    ? THREE_DIGITS.format(value)
    : String(Number(value.toPrecision(3)).toExponential()).replace("e+", "e");

/** "5.8 kJ", "103 ms": three significant digits. */
export const measured = (value: number, dimension: Dimension): string =>
  formatEngineering(value, dimension, 3);

/** "12.3 %" of a share between 0 and 1. */
export const percentOf = (share: number): string => `${(100 * share).toFixed(1)} %`;

const LONG_TIMES = [
  [365.25 * 86_400, "years"],
  [86_400, "days"],
  [3600, "h"],
  [60, "min"],
] as const;

/** Beyond this no device lasts. */
const MOST_YEARS = 1000;

/** "65.3 days", "26.1 h", "103 ms" */
export function longTime(seconds: number): string {
  if (seconds > MOST_YEARS * LONG_TIMES[0][0]) return `over ${three(MOST_YEARS)} years`;
  const [size, unit] = LONG_TIMES.find(([least]) => seconds >= 2 * least) ?? [1, undefined];
  return unit === undefined ? measured(seconds, "time") : `${three(seconds / size)} ${unit}`;
}

/** "a, b and c" */
export function enumerate(items: readonly string[]): string {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}
