import { DIMENSIONS, type Dimension, type Unit } from "./dimensions.js";
import { parseQuantity } from "./parse.js";

/** digits d1 d2 d3 ... and exponent e stand for d1.d2d3... x 10^e. */
interface Decimal {
  readonly sign: "" | "-";
  readonly digits: string;
  readonly exponent: number;
}

/** The shortest decimal that reads back as `value`, or the one with that many significant digits. */
function toDecimal(value: number, significantDigits?: number): Decimal {
  const text = value.toExponential(significantDigits === undefined ? undefined : significantDigits - 1);
  const [mantissa = "", exponent = ""] = text.split("e");
  return {
    sign: value < 0 ? "-" : "",
    digits: mantissa.replace(/[-.]/g, ""),
    exponent: Number(exponent),
  };
}

/** Beyond these powers of ten a plain decimal has too many zeros to read. */
const MAX_PLAIN_EXPONENT = 14;
const MIN_PLAIN_EXPONENT = -6;

function plainText({ sign, digits, exponent }: Decimal): string {
  if (exponent > MAX_PLAIN_EXPONENT || exponent < MIN_PLAIN_EXPONENT) {
    const fraction = digits.slice(1);
    return `${sign}${digits.charAt(0)}${fraction === "" ? "" : "."}${fraction}e${exponent}`;
  }
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, "0");
  const fraction = digits.slice(exponent + 1);
  return `${sign}${whole}${fraction === "" ? "" : `.${fraction}`}`;
}

/** The largest unit that leaves at least one before the decimal point, else the smallest unit. */
function unitFor(exponent: number, units: readonly Unit[]): Unit {
  const fitting = units.filter((unit) => unit.exponent <= exponent).at(-1) ?? units[0];
  if (fitting === undefined) throw new RangeError("a dimension without units to print");
  return fitting;
}

function inEngineeringNotation(decimal: Decimal, dimension: Dimension): string {
  const unit = unitFor(decimal.exponent, DIMENSIONS[dimension].printed);
  return `${plainText({ ...decimal, exponent: decimal.exponent - unit.exponent })} ${unit.name}`;
}

function requireFinite(value: number): void {
  if (!Number.isFinite(value)) throw new RangeError(`${value} is not a quantity`);
}

function baseUnit(dimension: Dimension): string {
  const { base, printed } = DIMENSIONS[dimension];
  return printed.some((unit) => unit.name === base) ? base : unitFor(0, printed).name;
}

/** Digits that survive a division by 1024^3 or 3600 of a value somebody wrote by hand. */
const ALTERNATIVE_DIGITS = 12;

/** `value` in a unit such as KiB or mAh, if that is at least one unit and reads back exactly. */
function inAlternative(value: number, unit: Unit, dimension: Dimension): string[] {
  const count = value / (Number(unit.multiplier) * 10 ** unit.exponent);
  if (count < 1) return [];
  const text = `${Number(count.toPrecision(ALTERNATIVE_DIGITS))} ${unit.name}`;
  return parseQuantity(text, dimension) === value ? [text] : [];
}

/**
 * Prints a quantity in engineering notation: "48 MHz", "64 KiB", "1.8 nJ/byte".
 * Without `digits` it is the shortest text with parseQuantity(text, dimension) === value.
 * @param value in the base unit of the dimension.
 * @throws RangeError if the value is not finite.
 */
export function formatQuantity(value: number, dimension: Dimension, digits?: number): string {
  requireFinite(value);
  if (digits !== undefined) return formatEngineering(value, dimension, digits);
  if (value === 0) return `0 ${baseUnit(dimension)}`;
  const { alternatives, prefersAlternatives } = DIMENSIONS[dimension];
  const engineering = inEngineeringNotation(toDecimal(value), dimension);
  const others = alternatives.flatMap((unit) => inAlternative(value, unit, dimension));
  const candidates = prefersAlternatives ? [...others, engineering] : [engineering, ...others];
  return candidates.reduce((best, next) => (next.indexOf(" ") < best.indexOf(" ") ? next : best));
}

/**
 * Prints a result with so many significant digits: "13.4 mJ". Whole bits and bytes are not given a fraction.
 * @param value in the base unit of the dimension; may be negative, as differences are.
 * @throws RangeError if the value is not finite.
 */
export function formatEngineering(value: number, dimension: Dimension, significantDigits: number): string {
  requireFinite(value);
  if (value === 0) return `0 ${baseUnit(dimension)}`;
  const shortest = toDecimal(value);
  const isCount = dimension === "capacity" || dimension === "width";
  const isExact = isCount && shortest.digits.length <= significantDigits;
  return inEngineeringNotation(isExact ? shortest : toDecimal(value, significantDigits), dimension);
}

const threeDigits = (value: number): string =>
  String(value >= 1000 ? Math.round(value) : Number(value.toPrecision(3)));

/** Prints a number of bytes in binary and decimal units, three digits each: "37.2 KiB (38.1 kB)", "512 B". */
export function formatBytes(bytes: number): string {
  requireFinite(bytes);
  const size = Math.abs(bytes);
  if (size < 1024) return `${threeDigits(bytes)} B`;
  const step = size >= 1024 ** 3 ? 3 : size >= 1024 ** 2 ? 2 : 1;
  const prefix = ["", "K", "M", "G"][step] ?? "";
  const decimalStep = size >= 1e9 ? 3 : size >= 1e6 ? 2 : 1;
  const decimalPrefix = ["", "k", "M", "G"][decimalStep] ?? "";
  return `${threeDigits(bytes / 1024 ** step)} ${prefix}iB (${threeDigits(bytes / 1000 ** decimalStep)} ${decimalPrefix}B)`;
}
