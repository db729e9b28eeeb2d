import { table } from "../../docs/generate/markdown.js";
import { enumerate, longTime, meanAndError, measured, percentOf, three } from "../format.js";
import type { HardwareCost } from "../hardware/cost.js";
import { MEMORIES } from "../hardware/pairs.js";
import type { HardwareComparison, HardwareResults } from "../hardware/study.js";
import type { NetworkSummary } from "../summary.js";
import { hardwareReasons, JOURNAL_RATIO, withCosts, workReason } from "./hardware-reasons.js";
import { hardwareWear } from "./hardware-wear.js";

/** What the tables of a batch are made of. */
interface Batch {
  readonly costs: readonly HardwareCost[];
  readonly comparisons: readonly HardwareComparison[];
  readonly titleOf: (network: string) => string;
}

/** Time, energy and wear of both methods on the same chips, beside the journal's figure; batch 1 and larger ones apart. */
export function hardwareSection(
  { costs, comparisons }: HardwareResults,
  summaries: readonly NetworkSummary[],
): string {
  const titleOf = (network: string): string =>
    summaries.find(({ name }) => name === network)?.title ?? network;
  const batchOf = (wanted: (batch: number) => boolean): Batch => ({
    costs: costs.filter(({ batch }) => wanted(batch)),
    comparisons: comparisons.filter(({ batch }) => wanted(batch)),
    titleOf,
  });
  const single = batchOf((batch) => batch === 1);
  const larger = batchOf((batch) => batch > 1);
  const sections = [introduction(comparisons, titleOf)];
  if (single.comparisons.length > 0) {
    sections.push(
      `### Batch 1

Both sides dither and update the weights after each sample: neither needs a gradient buffer. \`configs/workloads\` says by which
validation errors their epochs were chosen.`,
      ...tables(single, summaries),
      `### What explains the difference`,
      hardwareReasons(withCosts(single.costs, single.comparisons), titleOf),
      hardwareWear(single.costs, titleOf),
    );
  }
  if (larger.comparisons.length > 0) {
    const batches = [...new Set(larger.comparisons.map(({ batch }) => String(batch)))];
    sections.push(
      `### Batch ${enumerate(batches)}

The networks of Table 2 as they are trained above, with truncated updates. A batch is buffered and replayed row by row, so spilled
rows are rewritten once a batch. The buffers take SRAM from the weights: more of them are spilled.`,
      ...tables(larger, summaries),
      workReason(withCosts(larger.costs, larger.comparisons), titleOf),
      hardwareWear(larger.costs, titleOf),
    );
  }
  return sections.join("\n\n");
}

function introduction(
  comparisons: readonly HardwareComparison[],
  titleOf: (network: string) => string,
): string {
  const pairs = new Map(
    comparisons
      .filter(({ memory }) => memory === MEMORIES[0]?.title)
      .map(({ recursive, conventional, chip }) => [
        chip,
        `${titleOf(recursive)} against ${titleOf(conventional)} on \`${chip}\``,
      ]),
  );
  const chips = new Set(comparisons.map(({ chip }) => `\`${chip}\``));
  return `## Training on a chip, beside the journal's ${JOURNAL_RATIO}x

The journal version of the paper (IEEE TCAS-I 2019, document 8643565) says in its abstract that on an FPGA its method trains a network
in ${JOURNAL_RATIO}x shorter latency than the conventional one, because off-chip accesses disappear. Here both methods are priced on
the same microcontroller, whose SRAM holds the recycled weights but not the conventional ones:
${enumerate([...pairs.values()])}. Off chip is a serial NOR flash or a serial FRAM
(\`configs/chips\`: ${enumerate([...chips])}).

Each network is priced with what its training by seed 1 really did: epochs, snapshots, and how often each row of weights was updated.
Costs are in closed form, single buffered, with the assumptions of [cost-model.md](cost-model.md); no number has been compared
with silicon.`;
}

function tables(batch: Batch, summaries: readonly NetworkSummary[]): string[] {
  return [ratioTable(batch), costTable(batch, summaries), shareTable(batch)];
}

function ratioTable({ comparisons, titleOf }: Batch): string {
  const rows = comparisons.map((comparison) => [
    `${titleOf(comparison.conventional)} over ${titleOf(comparison.recursive)}`,
    comparison.memory,
    `**${three(comparison.timeRatio)}**`,
    three(comparison.timePerSampleRatio),
    three(comparison.onChipTimeRatio),
    `**${three(comparison.energyRatio)}**`,
    three(comparison.energyPerSampleRatio),
    comparison.wearRatio === null ? "only the BNN wears" : three(comparison.wearRatio),
  ]);
  rows.push(["the journal, FPGA", "-", `**${JOURNAL_RATIO}**`, "-", "-", "-", "-", "-"]);
  const header = [
    "BNN over RBNN",
    "off chip",
    "time of a training",
    "time a sample",
    "time of a training, on chip alone",
    "energy of a training",
    "energy a sample",
    "wear",
  ];
  return `${table(header, rows)}

A sample is one presentation of a training sample, with its share of the validations; the number of epochs has no part in it. *On chip
alone* leaves out what the off-chip memory takes: the ratio that remains if off-chip accesses cost no time.`;
}

function costTable({ costs, titleOf }: Batch, summaries: readonly NetworkSummary[]): string {
  const errorOf = (network: string): string => {
    const summary = summaries.find(({ name }) => name === network);
    return summary === undefined ? "-" : meanAndError(summary.testErrorPercent);
  };
  const rows = costs.map((cost) => [
    titleOf(cost.network),
    cost.memory,
    errorOf(cost.network),
    three(cost.samples),
    measured(cost.offChip.spilledBytes, "capacity"),
    longTime(cost.timeSeconds),
    longTime(cost.timeSeconds / cost.samples),
    measured(cost.energyJoules, "energy"),
    measured(cost.energyJoules / cost.samples, "energy"),
    measured(cost.offChip.readBytes, "capacity"),
    measured(cost.offChip.writtenBytes, "capacity"),
    percentOf(cost.placeholderShare),
  ]);
  const header = [
    "network",
    "off chip",
    "mean test error, %",
    "samples",
    "spilled",
    "time",
    "time a sample",
    "energy",
    "energy a sample",
    "read off chip",
    "written off chip",
    "energy on placeholders",
  ];
  return table(header, rows);
}

function shareTable({ costs, titleOf }: Batch): string {
  const rows = costs
    .filter(({ offChip }) => offChip.spilledBytes > 0)
    .map(({ network, memory, timeSeconds, timeParts, bottleneck, energyJoules, offChip }) => [
      titleOf(network),
      memory,
      ...[timeParts.onChip, timeParts.transfer, timeParts.program, timeParts.erase].map((seconds) =>
        percentOf(seconds / timeSeconds),
      ),
      bottleneck,
      percentOf(offChip.energyJoules / energyJoules),
    ]);
  const header = [
    "network",
    "off chip",
    "time on chip",
    "time of the off-chip bus",
    "of page programs",
    "of sector erases",
    "bottleneck",
    "energy of the off-chip memory",
  ];
  return table(header, rows);
}
