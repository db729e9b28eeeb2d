import { table } from "../../docs/generate/markdown.js";
import { meanAndError, two } from "../format.js";
import type { NetworkSummary } from "../summary.js";

/** The course of the recursion of each named network. */
export function courseSection(named: readonly NetworkSummary[]): string {
  const header = [
    "network",
    "iteration",
    "hidden units",
    "plastic bits",
    "epochs",
    "best epoch",
    "training error, %",
    "validation error, %",
    "test error, %",
  ];
  const rows = named.flatMap(({ title, iterations }) =>
    iterations.map((iteration, index) => [
      index === 0 ? title : "",
      String(iteration.iteration),
      iteration.hiddenUnits.join("-"),
      String(iteration.plasticBits),
      iteration.epochs.toFixed(0),
      iteration.bestEpoch.toFixed(1),
      two(iteration.trainErrorPercent.mean),
      meanAndError(iteration.validationErrorPercent),
      meanAndError(iteration.testErrorPercent),
    ]),
  );
  return `## Iteration by iteration

Means over the seeds, with the standard error. The training error is the running one of the best epoch: each sample as it was
classified just before it was learned.

${table(header, rows)}`;
}
