import { Command, Option } from "commander";
import { readBytes } from "../../data/node-files.js";
import { type Experiment, estimate, type LoadOptions, loadExperiment } from "../../index.js";
import { table } from "../../report/text/table.js";
import { compareSides, type Side } from "../../studies/compare/compare.js";
import { parseReport } from "../../studies/compare/read-report.js";
import { comparisonSections, type Section } from "../comparison-sections.js";
import { print, printDocument } from "../output.js";
import { shown } from "../printable.js";

const EXAMPLES = `
Examples:
  rebit compare configs/experiments/paper-r1.yaml configs/experiments/paper-b1.yaml
  rebit compare configs/experiments/quickstart.yaml my-experiment.yaml --markdown
  rebit run configs/experiments/quickstart.yaml --json > before.json
  rebit compare before.json configs/experiments/quickstart.yaml

An experiment is estimated, at the bound of its activity. A report is what run or estimate printed with --json. Where both are
experiments, every value that differs is changed in A by itself, and the rest is shown as interaction.`;

interface CompareFlags {
  readonly json?: boolean;
  readonly markdown?: boolean;
}

function sideOf(path: string): Side {
  const report = parseReport(readBytes(path), path);
  if (report !== undefined) return { path, report };
  const load = (options: LoadOptions): Experiment => loadExperiment(path, options);
  const loaded = load({});
  return {
    path,
    report: estimate(loaded),
    experiment: { loaded, reprice: (set) => estimate(load({ set })) },
  };
}

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

function compareTwo(before: string, after: string, { json, markdown: asMarkdown }: CompareFlags): void {
  const comparison = compareSides(sideOf(before), sideOf(after));
  if (json) {
    printDocument(comparison);
    return;
  }
  const sections = comparisonSections(comparison);
  print(sections.map(asMarkdown ? markdown : plain).join("\n\n"));
}

/** `rebit compare A B`: two experiments or reports side by side, and where their difference comes from. */
export const compareCommand = (): Command =>
  new Command("compare")
    .argument("<a>", "an experiment, or a report that run or estimate printed with --json")
    .argument("<b>", "another one")
    .summary("compare two experiments or saved reports, and say where the difference comes from")
    .description(
      "Compares two experiments or saved reports: storage, time and energy side by side; the difference of energy by component and " +
        "action, as more or fewer of them and as dearer or cheaper ones, and through the traffic of tensors; and of two experiments the " +
        "values that differ, with what each contributes.",
    )
    .addOption(new Option("--json", "print as one JSON document (rebit/compare@1)").conflicts("markdown"))
    .option("--markdown", "print tables for a pull request or a page")
    .addHelpText("after", EXAMPLES)
    .action(compareTwo);
