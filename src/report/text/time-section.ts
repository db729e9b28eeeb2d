import { formatQuantity } from "../../units/format.js";
import type { Report } from "../report.js";
import { count, duration, time as formatTime, quantity, shareOf, sumBy } from "./numbers.js";
import { facts, type Section } from "./section.js";
import { left, right, table } from "./table.js";

/** Stalls below a thousandth of the time are not worth a word. */
const LEAST_SHARE = 0.001;

/** Time and energy by phase, summed over the iterations, and how busy each block is. */
export function timeSection({ time, energy, perSample }: Report): Section | undefined {
  if (time === undefined) return undefined;
  const seconds = sumBy(
    time.phases,
    ({ phase }) => phase,
    (entry) => entry.timeSeconds,
  );
  const cycles = sumBy(
    time.phases,
    ({ phase }) => phase,
    (entry) => entry.cycles,
  );
  const joules = sumBy(
    energy?.phases ?? [],
    ({ phase }) => phase,
    (entry) => entry.energyJoules,
  );
  const energyOf = (value: number | undefined) => (value === undefined ? "-" : quantity(value, "energy"));
  const rows = [...seconds].map(([phase, phaseSeconds]) => [
    phase,
    formatTime(phaseSeconds),
    shareOf(phaseSeconds, time.timeSeconds),
    count(cycles.get(phase) ?? 0),
    energyOf(joules.get(phase)),
  ]);
  const columns = [left("phase"), right("time"), right("share"), right("cycles"), right("energy")];
  const total = ["total", formatTime(time.timeSeconds), "100.0 %", count(time.cycles)];
  const busy = time.utilisation.map(
    ({ component, busyCycles }) => `${component} ${shareOf(busyCycles, time.cycles)}`,
  );
  const pairs: [string, string][] = [
    ["clock", formatQuantity(time.clockHertz, "frequency")],
    ["total", duration(time.timeSeconds)],
    ["bottleneck", time.bottleneck],
  ];
  const stalls = time.stalls.filter(({ cycles }) => Math.abs(cycles) >= LEAST_SHARE * time.cycles);
  if (stalls.length > 0) {
    const shares = stalls.map(
      ({ component, cause, cycles }) => `${component} ${cause} ${shareOf(cycles, time.cycles)}`,
    );
    pairs.push(["waits for", shares.join(", ")]);
  }
  if (busy.length > 0) pairs.push(["busy", busy.join(", ")]);
  if (perSample !== undefined) {
    const { timeSeconds, energyJoules } = perSample;
    pairs.push(["per sample", `${formatTime(timeSeconds)}, ${quantity(energyJoules, "energy")}`]);
  }
  const lines = [...table(columns, rows, [...total, energyOf(energy?.energyJoules)]), ...facts(pairs)];
  return { title: "TIME AND ENERGY BY PHASE", lines };
}
