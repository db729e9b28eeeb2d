import { comparePoints } from "./comparison.js";
import { enumerate } from "./format.js";
import type { HardwareResults } from "./hardware/study.js";
import { FIG3_VARIATIONS, NAMED_NETWORKS, type Network } from "./networks.js";
import { courseSection } from "./page/course.js";
import { fig3Section } from "./page/fig3.js";
import { hardwareSection } from "./page/hardware.js";
import { timeSection } from "./page/time.js";
import { tradeOffSection } from "./page/trade-off.js";
import { verdictSection } from "./page/verdicts.js";
import type { TrainingRecord } from "./results.js";
import type { NetworkSummary } from "./summary.js";

const INTRODUCTION = `# Results of the paper, reproduced

\`npm run reproduce\` trains these networks and writes this page, its figure and [paper-results.json](paper-results.json), which
holds every training. Every number and verdict below is computed from that file, and a test compares the two.
[paper-conformance.md](paper-conformance.md) says what the paper (arXiv 1709.05306) does and where it is misprinted.`;

const RULES = `## How to read these figures

- **Data.** MNIST: the first 50,000 training images for training, the last 10,000 for validation, 10,000 for testing.
- **Chosen by validation error alone.** In each iteration the signs of the epoch with the lowest validation error are frozen;
  the test error is theirs. No seed is left out.
- **The settings were tuned on these very sets.** Epochs, batch, shifts and narrowing (\`configs/workloads\`) were found on the
  validation set, by people who saw test errors of earlier trainings beside it. So these figures flatter rebit by an amount that only
  fresh data could tell. The paper, too, tuned the learning rate and the range of the weights for each network.
- **Spread.** The standard deviation is that over the seeds, the standard error that of their mean. All seeds share one test set, and a
  test set of 10,000 has a standard deviation of its own, 0.16 points at an error of 2.5 %, which is in neither.
- **Other than in the paper:** batches of 100 or 1 instead of 1,000, at most 30 epochs an iteration instead of 1,000, a learning
  rate that is a power of two, a clipped line for tanh, deltas of 8 bits.`;

/** docs/paper-results.md: everything on it comes from the trainings. */
export function renderPage(
  summaries: readonly NetworkSummary[],
  records: readonly TrainingRecord[],
  hardware: HardwareResults,
): string {
  const named = among(summaries, NAMED_NETWORKS);
  const fig3 = summaries.find(({ name }) => name === "fig3");
  const sections = [
    INTRODUCTION,
    scope(summaries, records),
    ...(named.length === 0 ? [] : [verdictSection(named)]),
    RULES,
    ...(named.length === 0 ? [] : [courseSection(named)]),
    ...(fig3 === undefined ? [] : [fig3Section(fig3, among(summaries, FIG3_VARIATIONS))]),
    tradeOffSection(summaries, comparePoints(summaries)),
    ...(hardware.comparisons.length === 0 ? [] : [hardwareSection(hardware, summaries)]),
    timeSection(summaries, records),
  ];
  return `${sections.join("\n\n")}\n`;
}

function among(summaries: readonly NetworkSummary[], networks: readonly Network[]): NetworkSummary[] {
  const names = new Set(networks.map(({ name }) => name));
  return summaries.filter(({ name }) => names.has(name));
}

function scope(summaries: readonly NetworkSummary[], records: readonly TrainingRecord[]): string {
  const seeds = [...new Set(summaries.map((summary) => summary.seeds))].toSorted((a, b) => b - a);
  return `${records.length} trainings of ${summaries.length} networks, over ${enumerate(seeds.map(String))} seeds each.`;
}
