import { type Column, table } from "../report/text/table.js";
import { shown } from "./printable.js";

/** A part of a document: a title, a table, and lines below it. */
export interface Section {
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
  readonly below: readonly string[];
}

/** Sections as text for a terminal. */
export const sectionsText = (sections: readonly Section[]): string => sections.map(plain).join("\n\n");

/** Sections for a pull request or a page. */
export const sectionsMarkdown = (sections: readonly Section[]): string => sections.map(markdown).join("\n\n");

const plain = ({ title, columns, rows, below }: Section): string =>
  [
    title,
    ...(rows.length === 0
      ? []
      : table(
          columns,
          rows.map((row) => row.map(shown)),
        ).map((line) => `  ${line}`)),
    ...below.map((line) => `  ${line}`),
  ].join("\n");

const cell = (text: string): string => shown(text).replaceAll("|", "\\|");

function markdown({ title, columns, rows, below }: Section): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(" | ")} |`;
  const rule = columns.map(({ align }) => (align === "right" ? "---:" : "---"));
  const lines =
    rows.length === 0 ? [] : [line(columns.map((column) => column.title)), `| ${rule.join(" | ")} |`];
  return [
    `### ${cell(title)}`,
    "",
    ...lines,
    ...rows.map(line),
    "",
    ...below.map((text) => `${text}\n`),
  ].join("\n");
}
