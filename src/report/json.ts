import type { Report } from "./report.js";

/** JSON has no word for these and would write null, so they must not get this far. */
function requireFinite(key: string, value: unknown): unknown {
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new RangeError(`${key} is ${value}, which a report cannot hold`);
  }
  return value;
}

/** A list of nothing but numbers, one a line. No string can look like it, since JSON escapes line breaks. */
const NUMBERS_ONE_A_LINE = /\[\n\s+-?\d[\d.eE+-]*(?:,\n\s+-?\d[\d.eE+-]*)*\n\s+\]/g;

/** Any document as indented JSON with a final line break; lists of numbers stay on one line. */
export function renderDocument(document: object): string {
  const text = JSON.stringify(document, requireFinite, 2);
  return `${text.replace(NUMBERS_ONE_A_LINE, (list) => list.replace(/\s+/g, " "))}\n`;
}

/** The report as the JSON document `rebit/report@1`. @throws RangeError if a number is not finite. */
export function renderJson(report: Report): string {
  return renderDocument(report);
}
