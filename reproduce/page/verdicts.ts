import { table } from "../../docs/generate/markdown.js";
import { enumerate, storage, two } from "../format.js";
import type { NetworkSummary } from "../summary.js";

/** Each named network against its published figure and its target. */
export function verdictSection(named: readonly NetworkSummary[]): string {
  const rows = named.map((summary) => {
    const { title, hidden, iterations, weightBits, storageBits, seeds, testErrorPercent, publishedPercent } =
      summary;
    const { mean, standardDeviation, standardError } = testErrorPercent;
    const final = iterations.at(-1)?.hiddenUnits ?? hidden;
    return [
      title,
      `${hidden.join("-")} -> ${final.join("-")}`,
      String(weightBits),
      storage(storageBits),
      String(seeds),
      `**${two(mean)}**`,
      standardDeviation === undefined ? "-" : two(standardDeviation),
      standardError === undefined ? "-" : two(standardError),
      publishedPercent === undefined ? "-" : two(publishedPercent),
      verdict(summary),
    ];
  });
  const header = [
    "network",
    "hidden units",
    "bits",
    "weight storage",
    "seeds",
    "mean test error, %",
    "standard deviation",
    "standard error",
    "published, %",
    "target",
  ];
  return `## Test error against the published figures\n\n${table(header, rows)}\n\n${conclusion(named)}`;
}

function verdict({ target }: NetworkSummary): string {
  if (target === undefined) return "-";
  const what =
    target.allowedStandardErrors === 0 ? "mean" : `mean − ${target.allowedStandardErrors} standard errors`;
  const is = target.isMet ? "**met**" : "**not met**";
  return `${is}: ${what} ${two(target.comparedPercent)}, at most ${two(target.mostPercent)}`;
}

function conclusion(named: readonly NetworkSummary[]): string {
  const judged = named.filter(({ target }) => target !== undefined);
  const missed = judged.filter(({ target }) => target?.isMet === false).map(({ title }) => title);
  const targets =
    missed.length === 0
      ? `All ${judged.length} targets are met.`
      : `${judged.length - missed.length} of ${judged.length} targets are met; not those of ${enumerate(missed)}.`;
  const above = named.filter(
    ({ publishedPercent, testErrorPercent }) =>
      publishedPercent !== undefined && testErrorPercent.mean > publishedPercent,
  );
  const published = named.filter(({ publishedPercent }) => publishedPercent !== undefined);
  if (published.length === 0) return targets;
  const means =
    above.length === 0
      ? "Every mean is at or below the published one."
      : `The mean itself is above the published one for ${enumerate(
          above.map(
            ({ title, publishedPercent = 0, testErrorPercent }) =>
              `${title} (by ${two(testErrorPercent.mean - publishedPercent)})`,
          ),
        )}.`;
  return `${targets} ${means}`;
}
