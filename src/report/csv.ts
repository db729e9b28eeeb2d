import type { Report } from "./report.js";

/** Columns that say what a number is of. The last three carry the number itself and where it comes from. */
const KEYS = [
  "component",
  "action",
  "state",
  "tensor",
  "from",
  "to",
  "phase",
  "iteration",
  "op",
  "change",
] as const;
const ORIGINS = ["status", "source"] as const;
const COLUMNS = ["section", "name", ...KEYS, "quantity", "value", "unit", ...ORIGINS] as const;

type Column = (typeof COLUMNS)[number];
type Row = Readonly<Partial<Record<Column, string>>>;

/** Units by the end of a field's name; a plain count has the unit 1. The first that matches holds. */
const UNITS: readonly (readonly [RegExp, string])[] = [
  [/joulesPerAction$/, "J/action"],
  [/bitsPerWeight$/, "bit/weight"],
  [/erasesPerSector$/, "erase/sector"],
  [/writesPerByte$/, "write/byte"],
  [/enduranceCycles$/, "erase/sector"],
  [/squareMillimetres$/, "mm2"],
  [/seconds$/i, "s"],
  [/joules$/i, "J"],
  [/watts$/i, "W"],
  [/hertz$/i, "Hz"],
  [/bytes$/i, "B"],
  [/bits$/i, "bit"],
  [/percent$/i, "%"],
  [/cycles$/i, "cycle"],
  [/amperes$/i, "A"],
  [/volts$/i, "V"],
  [/PerYear$/, "1/year"],
  [/PerDay$/, "1/day"],
  [/^days$/, "day"],
  [/^years$/, "year"],
  [/^address$/, "B"],
];

const unitOf = (quantity: string): string => UNITS.find(([pattern]) => pattern.test(quantity))?.[1] ?? "1";

const isKey = (name: string): boolean => [...KEYS, ...ORIGINS].some((key) => key === name);

/** The columns that an object fills for all numbers in it, and in the objects below it. */
function keysOf(object: object): Row {
  const keys = Object.entries(object).filter(([name, value]) => isKey(name) && typeof value !== "object");
  return Object.fromEntries(keys.map(([name, value]) => [name, String(value)]));
}

const joined = (name: string | undefined, next: string): string =>
  name === undefined || name === "" ? next : `${name}.${next}`;

/** Every number and truth value at or below `value`; objects in a list are told apart by their keys. */
function rowsOf(value: unknown, quantity: string, context: Row): Row[] {
  if (typeof value === "number" || typeof value === "boolean") {
    const unit = typeof value === "number" ? unitOf(quantity) : "";
    return [{ ...context, quantity, value: String(value), unit }];
  }
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, position) => {
      const isObject = typeof item === "object" && !Array.isArray(item);
      const name = isObject ? context.name : joined(context.name, String(position + 1));
      return rowsOf(item, quantity, name === undefined ? context : { ...context, name });
    });
  }
  return typeof value === "object" && value !== null ? rowsOfObject(value, context) : [];
}

function rowsOfObject(object: object, context: Row): Row[] {
  const inner = { ...context, ...keysOf(object) };
  return Object.entries(object).flatMap(([field, value]) => {
    if (isKey(field)) return [];
    const isGroup = typeof value === "object" && value !== null && !isNumberList(value);
    const rows = rowsOf(value, field, isGroup ? { ...inner, name: joined(inner.name, field) } : inner);
    // What wears by writes of a byte withstands so many writes, not erases.
    const isOfBytes = field === "enduranceCycles" && "writesPerByte" in object;
    return isOfBytes ? rows.map((row) => ({ ...row, unit: "write/byte" })) : rows;
  });
}

const isNumberList = (value: unknown): boolean =>
  Array.isArray(value) && value.every((item) => typeof item === "number" || isNumberList(item));

/** RFC 4180: a field with a comma, a quote or a line break is quoted, and quotes in it are doubled. */
const escaped = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** The report in long form (RFC 4180): one number a row, named by section, name and the key columns. */
export function renderCsv(report: Report): string {
  const rows = Object.entries(report).flatMap(([section, value]) => rowsOf(value, section, { section }));
  const lines = rows.map((row) => COLUMNS.map((column) => escaped(row[column] ?? "")).join(","));
  return [COLUMNS.join(","), ...lines, ""].join("\r\n");
}
