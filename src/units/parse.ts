import leven from "leven";
import { DIMENSIONS, type Dimension, findUnit } from "./dimensions.js";

/** Why a text is not a quantity of the wanted dimension. */
export type UnitErrorCode = "bare-number" | "unknown-unit" | "wrong-dimension" | "not-a-quantity";

/** A text that is not a quantity of the wanted dimension. */
export class UnitError extends Error {
  override readonly name = "UnitError";

  constructor(
    readonly code: UnitErrorCode,
    message: string,
    /** What would have been right: "a capacity such as 64 KiB". */
    readonly expected: string,
    /** The unit that was probably meant. */
    readonly suggestion?: string,
  ) {
    super(message);
  }
}

/** Longer texts are no quantities; the bound keeps big-integer work on hostile input small. */
const MAX_LENGTH = 64;

/** Sign, digits, fraction, exponent of ten, unit. */
const QUANTITY = /^([+-]?)(\d+)?(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?\s*(.*)$/s;

/** What follows the digits is no unit: a decimal comma, digits in groups, a number that is not decimal. */
const NUMBER_GOES_ON = /^(?:[\d.,'\u2019_]|x[\da-f]|[ob]\d)/i;

/** "a capacity such as 64 KiB": what a quantity of this dimension looks like. */
export function describeQuantity(dimension: Dimension): string {
  const { noun, example } = DIMENSIONS[dimension];
  return `${noun} such as ${example}`;
}

/** One spelling per unit: micro sign and Greek mu are u, a superscript two is 2, no blanks around the slash. */
function normaliseUnit(text: string): string {
  return text
    .replace(/[\u00b5\u03bc]/g, "u")
    .replace(/\u00b2|\^2/g, "2")
    .replace(/\s*\/\s*/g, "/");
}

/** The unit of this dimension that was probably meant, if one is near enough. */
function nearestUnit(name: string, dimension: Dimension): string | undefined {
  const names = DIMENSIONS[dimension].units.map((unit) => unit.name);
  const lower = name.toLowerCase();
  const sameLetters = names.filter((candidate) => candidate.toLowerCase() === lower);
  if (/^[kmg]b$/.test(lower) && dimension === "capacity") {
    const prefix = lower.charAt(0);
    return `${prefix === "k" ? "k" : prefix.toUpperCase()}B or ${prefix.toUpperCase()}iB`;
  }
  if (sameLetters.length > 0) return sameLetters[0];
  const limit = Math.max(1, Math.floor(name.length / 3));
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const candidate of names) {
    const distance = leven(lower, candidate.toLowerCase(), { maxDistance: bestDistance });
    if (distance < bestDistance && distance < candidate.length) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

function unknownUnit(text: string, name: string, dimension: Dimension): UnitError {
  const { units } = DIMENSIONS[dimension];
  const expected = describeQuantity(dimension);
  const known = units.map((unit) => unit.name).join(", ");
  const message = `unknown unit ${name} in ${text}; expected ${expected} (units: ${known})`;
  return new UnitError("unknown-unit", message, expected, nearestUnit(name, dimension));
}

/**
 * Reads a quantity such as "64 KiB" or "5 pJ/access".
 * The result is the double nearest to the exact decimal value: "0.1 pJ" is 1e-13, not 0.1 * 1e-12.
 * @returns the value in the base unit of the dimension (see DIMENSIONS), e.g. bytes, seconds, joules per access.
 * @throws UnitError if the text has no unit, an unknown one, one of another dimension, or is no quantity at all.
 */
export function parseQuantity(text: string, dimension: Dimension): number {
  const expected = describeQuantity(dimension);
  const trimmed = text.trim();
  const match = trimmed.length <= MAX_LENGTH ? QUANTITY.exec(trimmed) : null;
  const [, sign = "", whole = "", fraction = "", exponent = "0", unitText = ""] = match ?? [];
  if (whole + fraction === "") {
    const shown = trimmed.length <= MAX_LENGTH ? trimmed : `${trimmed.slice(0, MAX_LENGTH)}...`;
    throw new UnitError("not-a-quantity", `expected ${expected}, found "${shown}"`, expected);
  }
  if (unitText === "") {
    throw new UnitError("bare-number", `${trimmed} has no unit; expected ${expected}`, expected);
  }
  if (NUMBER_GOES_ON.test(unitText)) {
    const message = `expected ${expected}, its number written like 48.5, found "${trimmed}"`;
    throw new UnitError("not-a-quantity", message, expected);
  }
  const name = normaliseUnit(unitText);
  const unit = findUnit(name);
  if (unit === undefined) throw unknownUnit(trimmed, unitText, dimension);
  if (unit.dimension !== dimension) {
    const { noun } = DIMENSIONS[unit.dimension];
    throw new UnitError("wrong-dimension", `${trimmed} is ${noun}; expected ${expected}`, expected);
  }
  const digits = BigInt(whole + fraction) * unit.multiplier;
  const value = Number(`${sign}${digits}e${Number(exponent) - fraction.length + unit.exponent}`);
  if (!Number.isFinite(value)) {
    throw new UnitError("not-a-quantity", `${trimmed} is too large; expected ${expected}`, expected);
  }
  return value;
}
