import { relative } from "node:path";
import { Command } from "commander";
import { suggest } from "../../config/suggest.js";
import { nodeFiles } from "../../data/node-files.js";
import { footnotes } from "../../report/text/footnotes.js";
import { facts, wrapped } from "../../report/text/section.js";
import { left, table } from "../../report/text/table.js";
import { PARTS_FOLDER } from "../../soc/library.js";
import { listParts, type Part } from "../../soc/part-library.js";
import { UsageError } from "../errors.js";
import { print, printDocument } from "../output.js";
import { derivedTables } from "./derived-tables.js";

const EXAMPLES = `
Examples:
  rebit parts
  rebit parts W25Q128JV
  rebit parts --json

In a chip, a component of the same kind takes a part's figures with "part: NAME".`;

function findPart(parts: readonly Part[], name: string): Part {
  const part = parts.find((known) => known.name === name);
  if (part !== undefined) return part;
  const names = parts.map((known) => known.name);
  const meant = suggest(name, names);
  const hint = meant === undefined ? "" : `\n(Did you mean ${meant}?)`;
  throw new UsageError(`unknown part '${name}'; parts: ${names.join(", ")}${hint}`);
}

function overview(parts: readonly Part[]): string[] {
  const width = Math.max(...parts.map(({ name }) => name.length));
  return facts(parts.map(({ name, kind, description }) => [`${name.padEnd(width)}  ${kind}`, description]));
}

/** Every figure of one part, with the text of each source once below the table, and what a chip derives from them. */
function details({ name, kind, description, source, path, figures, derived }: Part): string[] {
  const sources = footnotes(figures.map((figure) => figure.source));
  const rows = figures.map((figure) => [
    figure.name,
    figure.value,
    figure.status,
    sources.reference(figure.source),
  ]);
  return [
    ...wrapped(`${name} (${kind}): ${description}`),
    ...wrapped(`source: ${source}`, "  "),
    `file: ${path}`,
    ...table([left("figure"), left("value"), left("status"), left("source")], rows),
    ...sources.lines,
    ...derivedTables(derived),
  ];
}

function printParts(name: string | undefined, { json }: { readonly json?: boolean }): void {
  const all = listParts(nodeFiles, PARTS_FOLDER).map((part) => ({
    ...part,
    path: relative(process.cwd(), part.path),
  }));
  const one = name === undefined ? undefined : findPart(all, name);
  if (json) printDocument({ schema: "rebit/parts@1", parts: one === undefined ? all : [one] });
  else print((one === undefined ? overview(all) : details(one)).join("\n"));
}

/** `rebit parts [NAME]`: the library of parts with the source of every figure. */
export const partsCommand = (): Command =>
  new Command("parts")
    .argument("[name]", "one part, with all its figures")
    .summary("list the library of parts, or the figures of one")
    .description(
      "Lists the parts that come with rebit, or one of them with the source of every figure, and with the energies and " +
        "the bandwidth that a chip derives from them.",
    )
    .option("--json", "print as one JSON document (rebit/parts@1)")
    .addHelpText("after", EXAMPLES)
    .action(printParts);
