import { DIMENSIONS, type Dimension } from "../units/dimensions.js";
import { describeQuantity, parseQuantity, UnitError } from "../units/parse.js";
import { type Complain, expectedButFound } from "./field.js";

/** Bounds of a number; without any, all numbers. */
export interface Range {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly exclusiveMin?: number | undefined;
}

/** Whether a value keeps all bounds. */
export const isWithin = (value: number, { min, max, exclusiveMin }: Range): boolean =>
  (min === undefined || value >= min) &&
  (max === undefined || value <= max) &&
  (exclusiveMin === undefined || value > exclusiveMin);

/** " from 1 to 32", " of at least 1": the range as it continues "a whole number". */
export function rangeText({ min, max, exclusiveMin }: Range, print: (value: number) => string): string {
  const upper = max === undefined ? "" : ` up to ${print(max)}`;
  if (exclusiveMin !== undefined) return ` above ${print(exclusiveMin)}${upper}`;
  if (min === undefined) return upper;
  return max === undefined ? ` of at least ${print(min)}` : ` from ${print(min)} to ${print(max)}`;
}

/** A number as quantities are written, for JSON Schema patterns. */
const NUMBER_PATTERN = "[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?";

/** What `parseQuantity` reads, without anchors. */
export function quantityPattern(dimension: Dimension): string {
  const units = DIMENSIONS[dimension].units.map(({ name }) => name.replace(/^u/, "[u\u00b5\u03bc]"));
  return `${NUMBER_PATTERN}\\s*(${units.join("|")})`;
}

/** Parses a quantity, wording every refusal. */
export function readQuantity(value: unknown, dimension: Dimension, complain: Complain): number {
  const expected = describeQuantity(dimension);
  if (typeof value === "number") return complain("bare-number", `${value} has no unit; expected ${expected}`);
  if (typeof value !== "string") return complain("wrong-type", expectedButFound(expected, value));
  try {
    return parseQuantity(value, dimension);
  } catch (error) {
    if (!(error instanceof UnitError)) throw error;
    return complain(error.code, error.message, error.suggestion);
  }
}
