import type { Report } from "../report.js";
import { count, sumBy } from "./numbers.js";
import type { Section } from "./section.js";
import { left, right, table } from "./table.js";

type ExactOperations = Report["operations"]["exact"];

const PHASE_AND_OP = "\n";

/** The phase that is no part of a training. */
const INFER = "infer";

/** Operations by phase, a column for each kind of operation. */
function exactTable(exact: ExactOperations): string[] {
  if (exact.length === 0) return [];
  const ops = [...new Set(exact.map(({ op }) => op))];
  const phases = [...new Set(exact.map(({ phase }) => phase))];
  const counts = sumBy(
    exact,
    ({ phase, op }) => phase + PHASE_AND_OP + op,
    (entry) => entry.count,
  );
  const rows = phases.map((phase) => [
    phase === INFER ? "infer (one inference)" : phase,
    ...ops.map((op) => count(counts.get(phase + PHASE_AND_OP + op) ?? 0)),
  ]);
  return table([left("exact, whole training"), ...ops.map(right)], rows);
}

/** Counts in the convention of the paper, and exact ones. */
export function operationsSection({ operations }: Report): Section {
  const { learning, inference } = operations.paper;
  const rows = [
    ["learning", count(learning.shift), count(learning.multiply), count(learning.add)],
    ["inference", count(inference.shift), "-", count(inference.add)],
  ];
  const columns = [left("paper convention, per sample"), right("shift"), right("multiply"), right("add")];
  return { title: "OPERATIONS", lines: [...table(columns, rows), ...exactTable(operations.exact)] };
}
