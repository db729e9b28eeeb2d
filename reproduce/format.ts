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

/** "a, b and c" */
export function enumerate(items: readonly string[]): string {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}
