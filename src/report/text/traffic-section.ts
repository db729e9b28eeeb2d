import { formatBytes } from "../../units/format.js";
import type { TrafficEntry } from "../costs.js";
import type { Report } from "../report.js";
import { count, sumBy } from "./numbers.js";
import type { Section } from "./section.js";
import { left, right, table } from "./table.js";

const SEPARATOR = "\n";

/** Component, action and tensor, with counts summed over phases and iterations. */
export function trafficTable(traffic: readonly TrafficEntry[]): string[] {
  const keyOf = ({ component, action, tensor }: TrafficEntry) => [component, action, tensor].join(SEPARATOR);
  const counts = sumBy(traffic, keyOf, (entry) => entry.count);
  const bytes = sumBy(traffic, keyOf, (entry) => entry.bytes);
  const rows = [...counts].map(([key, accesses]) => {
    const useful = bytes.get(key) ?? 0;
    return [...key.split(SEPARATOR), count(accesses), count(useful), formatBytes(useful)];
  });
  rows.sort(([a = ""], [b = ""]) => (a < b ? -1 : a > b ? 1 : 0));
  const columns = [
    left("component"),
    left("action"),
    left("tensor"),
    right("count"),
    right("useful bytes"),
    right("in binary and decimal units"),
  ];
  return table(columns, rows);
}

/** Accesses of the whole training; absent when nothing ran. */
export function trafficSection({ traffic }: Report): Section | undefined {
  if (traffic.length === 0) return undefined;
  return { title: "TRAFFIC OF THE TRAINING", lines: trafficTable(traffic) };
}
