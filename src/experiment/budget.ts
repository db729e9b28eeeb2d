import type { Report } from "../report/report.js";
import type { Dimension } from "../units/dimensions.js";
import { parseQuantity, UnitError } from "../units/parse.js";

/** A limit on a number of a report: `storage.onChip.peakBytes <= 60 KiB`. */
export interface Budget {
  readonly text: string;
  /** Keys of the report from its root, with indices in lists. */
  readonly path: readonly string[];
  readonly operator: "<=" | ">=";
  /** In the unit of the number: bytes, joules, seconds. */
  readonly limit: number;
}

/** A budget that cannot be read; `message` says what is wrong. */
export class BudgetError extends Error {
  override readonly name = "BudgetError";
}

/** Units that the names of numbers end with. */
const DIMENSION_OF: readonly [ending: string, dimension: Dimension][] = [
  ["Bytes", "capacity"],
  ["bytes", "capacity"],
  ["Joules", "energy"],
  ["Seconds", "time"],
  ["Watts", "power"],
  ["watts", "power"],
  ["Hertz", "frequency"],
  ["Amperes", "current"],
];

const EXAMPLE = "such as storage.onChip.peakBytes <= 60 KiB";

/** @throws BudgetError */
export function parseBudget(text: string): Budget {
  const parts = /^\s*([A-Za-z][\w.]*)\s*(<=|>=)\s*(\S.*?)\s*$/.exec(text);
  if (parts === null)
    throw new BudgetError(`expected PATH <= VALUE or PATH >= VALUE, ${EXAMPLE}; found "${text}"`);
  const [, dotted = "", operator, value = ""] = parts;
  const path = dotted.split(".");
  return {
    text: text.trim(),
    path,
    operator: operator as Budget["operator"],
    limit: limitOf(path.at(-1) ?? "", value),
  };
}

function limitOf(name: string, value: string): number {
  const [, dimension] = DIMENSION_OF.find(([ending]) => name.endsWith(ending)) ?? [];
  if (dimension === undefined) return plainNumber(name, value);
  try {
    return parseQuantity(value, dimension);
  } catch (error) {
    if (!(error instanceof UnitError)) throw error;
    throw new BudgetError(`${name}: ${error.message}`);
  }
}

function plainNumber(name: string, value: string): number {
  const number = Number(name.endsWith("Percent") ? value.replace(/\s*%$/, "") : value);
  if (Number.isFinite(number)) return number;
  throw new BudgetError(`${name} is a plain number; found "${value}"`);
}

export interface BudgetResult {
  readonly budget: string;
  readonly passed: boolean;
  /** `null` where the report has no such number: a failure. */
  readonly value: number | null;
  readonly limit: number;
}

/** Holds a report to a budget. */
export function checkBudget({ text, path, operator, limit }: Budget, report: Report): BudgetResult {
  let found: unknown = report;
  for (const key of path) {
    found =
      typeof found === "object" && found !== null && Object.hasOwn(found, key)
        ? (found as Record<string, unknown>)[key]
        : undefined;
  }
  if (typeof found !== "number") return { budget: text, passed: false, value: null, limit };
  return { budget: text, passed: operator === "<=" ? found <= limit : found >= limit, value: found, limit };
}
