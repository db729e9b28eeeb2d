import { table } from "../../docs/generate/markdown.js";
import { enumerate } from "../format.js";
import { FIG3_VARIATIONS, GRID_NETWORKS, NAMED_NETWORKS, type Network } from "../networks.js";
import { duration } from "../progress.js";
import type { TrainingRecord } from "../results.js";
import type { NetworkSummary } from "../summary.js";

const JOBS = 2;

/** What the trainings took. */
export function timeSection(
  summaries: readonly NetworkSummary[],
  records: readonly TrainingRecord[],
): string {
  const among = (networks: readonly Network[]) =>
    summaries.filter(({ name }) => networks.some((network) => network.name === name));
  const groups = [
    { title: "variations of fig3", group: among(FIG3_VARIATIONS) },
    { title: "storage-error trade-off", group: among(GRID_NETWORKS) },
  ];
  const total = (of: (record: TrainingRecord) => number): number =>
    records.reduce((sum, record) => sum + of(record), 0);
  const machines = [...new Set(records.map(({ machine }) => machine))];
  const row = (title: string, group: readonly NetworkSummary[]): string[] => {
    const trainings = group.reduce((sum, { seeds }) => sum + seeds, 0);
    const sum = (of: (summary: NetworkSummary) => number): number =>
      group.reduce((seconds, summary) => seconds + of(summary) * summary.seeds, 0);
    const [cpu, clock] = [sum(({ cpuSeconds }) => cpuSeconds), sum(({ seconds }) => seconds)];
    return [title, String(trainings), (cpu / trainings).toFixed(1), duration(cpu), duration(clock)];
  };
  const rows = among(NAMED_NETWORKS).map((summary) => row(summary.title, [summary]));
  rows.push(...groups.filter(({ group }) => group.length > 0).map(({ title, group }) => row(title, group)));
  const header = ["network", "trainings", "processor seconds each, mean", "processor time", "by the clock"];
  return `## Time

${table(header, rows)}

Each training runs on one thread, ${JOBS} at a time. On ${JOBS} cores of their own they need ${duration(total(({ cpuSeconds }) => cpuSeconds) / JOBS)};
by the clock it was ${duration(total(({ seconds }) => seconds) / JOBS)}, with whatever else ran on the machine. Measured on ${enumerate(machines)}.`;
}
