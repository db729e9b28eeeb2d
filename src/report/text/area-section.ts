import type { Report } from "../report.js";
import { footnotes } from "./footnotes.js";
import { quantity } from "./numbers.js";
import type { Section } from "./section.js";
import { left, right, table } from "./table.js";

const SQUARE_MILLIMETRES_PER_SQUARE_METRE = 1e6;

const area = (squareMillimetres: number): string =>
  quantity(squareMillimetres / SQUARE_MILLIMETRES_PER_SQUARE_METRE, "area");

/** Area of the components for which it is known. */
export function areaSection(report: Report): Section | undefined {
  if (report.area === undefined) return undefined;
  const { squareMillimetres, entries } = report.area;
  const sources = footnotes(entries.map(({ source }) => source));
  const rows = entries.map((entry) => [
    entry.component,
    area(entry.squareMillimetres),
    entry.status,
    sources.reference(entry.source),
  ]);
  const columns = [left("component"), right("area"), left("status"), left("source")];
  const drawn = table(columns, rows, ["total", area(squareMillimetres), "", ""]);
  return { title: "AREA, WHERE KNOWN", lines: [...drawn, ...sources.lines] };
}
