import type { Report } from "../report.js";
import { facts, type Section, wrapped } from "./section.js";

/** What a reader has to know before trusting a number. */
export function notesSection({ notes }: Report): Section | undefined {
  if (notes.length === 0) return undefined;
  return { title: "NOTES", lines: notes.flatMap((note) => wrapped(`- ${note}`, "  ")) };
}

/** Words and units of the report. */
export function legendSection(): Section {
  const lines = facts([
    ["KiB, kB", "1 KiB = 1,024 byte, 1 kB = 1,000 byte"],
    [
      "count",
      "accesses at the component's port, bytes of a serial part, or cycles of a core; bytes are the useful ones",
    ],
    ["phases", "summed over all iterations; --csv and --json keep them apart"],
    [
      "validate",
      "the forward passes over the validation set after each epoch; the test set is the host's and costs nothing",
    ],
    ["a weight", "storage divided by all weights it holds, frozen ones included"],
    [
      "status",
      "measured, datasheet, derived, estimate, given (in your files), placeholder (a guess without a source)",
    ],
    [
      "accuracy",
      "this is a cycle-approximate model: results have four digits to compare them, not because they are that exact",
    ],
  ]);
  return { title: "LEGEND", lines };
}
