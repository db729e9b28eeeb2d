import { formatQuantity } from "../../units/format.js";
import type { Report } from "../report.js";
import { count, time as formatTime, quantity } from "./numbers.js";
import { facts, type Section } from "./section.js";
import { trafficTable } from "./traffic-section.js";

/** One inference with the final network; absent when nothing ran. */
export function inferenceSection({ inference, time }: Report): Section | undefined {
  if (inference === undefined) return undefined;
  const { timeSeconds, cycles, energyJoules, traffic } = inference;
  const clock = time === undefined ? "" : ` at ${formatQuantity(time.clockHertz, "frequency")}`;
  const lines = facts([
    ["time", `${formatTime(timeSeconds)}, ${count(cycles)} cycles${clock}`],
    ["energy", quantity(energyJoules, "energy")],
  ]);
  return { title: "ONE INFERENCE, FINAL NETWORK", lines: [...lines, ...trafficTable(traffic)] };
}
