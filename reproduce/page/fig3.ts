import { table } from "../../docs/generate/markdown.js";
import { compare } from "../comparison.js";
import { meanAndError, signed, storage, two } from "../format.js";
import type { NetworkSummary } from "../summary.js";

/** The published gain of the first recursion, 8 to 4 bits a weight, in points of test error. */
const PUBLISHED_FIRST_GAIN = 0.4;

/** The network of two hidden layers against its published error, and what the difference rests on. */
export function fig3Section(fig3: NetworkSummary, variations: readonly NetworkSummary[]): string {
  const { testErrorPercent, publishedPercent = 0, iterations } = fig3;
  const gap = testErrorPercent.mean - publishedPercent;
  const errors = iterations.map((iteration) => iteration.testErrorPercent.mean);
  const [first = 0, second = 0] = errors;
  const last = errors.at(-1) ?? 0;
  const text = `## The network of two hidden layers

Published ${two(publishedPercent)} %, measured ${meanAndError(testErrorPercent)} %: ${two(Math.abs(gap))} points ${gap > 0 ? "above" : "below"}.
One column alone has ${two(first)} %. The first recursion gains ${two(first - second)} points (published: about ${two(PUBLISHED_FIRST_GAIN)}), the
others together ${two(second - last)}. Variations with one thing changed tell what the difference rests on:`;
  if (variations.length === 0) return text.replace(/ Variations.*$/, "");
  const rows = [fig3, ...variations].map((summary) => [
    summary === fig3
      ? `${summary.title}, ${summary.weightBits} bits a weight, dithered updates`
      : summary.title,
    storage(summary.storageBits),
    String(summary.seeds),
    meanAndError(summary.validationErrorPercent),
    meanAndError(summary.testErrorPercent),
    summary === fig3 ? "" : signed(compare(summary, fig3).gain),
    signed({ points: summary.testErrorPercent.mean - publishedPercent }),
  ]);
  const header = [
    "network",
    "storage",
    "seeds",
    "validation error, %",
    "test error, %",
    "gain over fig3",
    "above published",
  ];
  return `${text}\n\n${table(header, rows)}`;
}
