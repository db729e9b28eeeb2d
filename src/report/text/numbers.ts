import type { Dimension } from "../../units/dimensions.js";
import { formatEngineering } from "../../units/format.js";

/** Digits of a result in the text report: a cost model is not better than that. */
const DIGITS = 4;

/** "13.40 mJ": a result with its unit. */
export const quantity = (value: number, dimension: Dimension): string =>
  formatEngineering(value, dimension, DIGITS);

/** "1,234,567": a count with its thousands apart. */
export const count = (value: number): string => {
  const [whole = "", fraction] = String(value).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
};

/** "1 epoch", "3 epochs". */
export const plural = (value: number, noun: string): string =>
  `${count(value)} ${noun}${value === 1 ? "" : "s"}`;

/** "12.5 %" of a share between 0 and 1; what is not zero never looks like it. */
export function share(value: number): string {
  const percent = value * 100;
  if (percent > 0 && percent < 0.05) return "< 0.1 %";
  return `${percent.toFixed(1)} %`;
}

/** `part` as a share of `whole`. */
export const shareOf = (part: number, whole: number): string => (whole === 0 ? "-" : share(part / whole));

/** "4.63 %" of an error rate in per cent; "-" where nothing was trained. */
export const errorRate = (percent: number | undefined): string =>
  percent === undefined ? "-" : `${percent.toFixed(2)} %`;

const scaled = (bytes: number, step: number): string => {
  const value = bytes / step;
  if (value > 0 && value < 0.005) return "< 0.01";
  return value >= 100 ? count(Number(value.toFixed(1))) : value.toFixed(2);
};

export const kibibytes = (bytes: number): string => scaled(bytes, 1024);
export const kilobytes = (bytes: number): string => scaled(bytes, 1000);

const SECONDS_PER_UNIT = [
  [86_400, "d"],
  [3600, "h"],
  [60, "min"],
] as const;

/** "41.54 ms", "24,927 s" */
export const time = (seconds: number): string =>
  seconds >= 1000 ? `${count(Math.round(seconds))} s` : quantity(seconds, "time");

/** A time, with minutes, hours or days beside it where those say more. */
export function duration(seconds: number): string {
  const plain = time(seconds);
  const larger = SECONDS_PER_UNIT.find(([size]) => seconds >= 2 * size);
  if (larger === undefined) return plain;
  const [size, unit] = larger;
  return `${plain} (${(seconds / size).toPrecision(3)} ${unit})`;
}

/** A number of trainings or days: whole where it is large, three digits where it is small. */
export const roughly = (value: number): string =>
  value >= 1000 ? count(Math.floor(value)) : String(Number(value.toPrecision(3)));

/** Adds up values that share a key, in the order in which the keys first appear. */
export function sumBy<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  amountOf: (item: T) => number,
): Map<string, number> {
  const sums = new Map<string, number>();
  for (const item of items) {
    const key = keyOf(item);
    sums.set(key, (sums.get(key) ?? 0) + amountOf(item));
  }
  return sums;
}
