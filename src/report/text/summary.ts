import { formatBytes, formatQuantity } from "../../units/format.js";
import type { ActivitySource, Report } from "../report.js";
import { count, duration, errorRate, quantity, share } from "./numbers.js";
import { facts, type Section } from "./section.js";

const SOURCES: Readonly<Record<ActivitySource, string>> = {
  bound: "bound (not trained: all epochs, no row skipped, a snapshot each epoch)",
  trained: "trained (what this run did)",
  cached: "cached (what an earlier run of the same training did)",
  file: "file (what the given file says)",
};

function fitText({ storage }: Report): string {
  const { fits, onChip } = storage;
  if (!fits) return "no: see the levers below";
  const used = `${formatBytes(onChip.peakBytes)} of ${formatBytes(onChip.capacityBytes)} on chip`;
  return onChip.fits
    ? `yes, ${used}`
    : `yes, with ${formatBytes(onChip.spilledBytes)} spilled off chip; ${used}`;
}

function outcome({ accuracy, time, energy, battery }: Report): [string, string][] {
  const lines: [string, string][] = [];
  if (accuracy.testErrorPercent !== undefined) {
    lines.push(["test error", errorRate(accuracy.testErrorPercent)]);
  }
  if (time !== undefined) {
    const { timeSeconds, cycles, clockHertz } = time;
    const clock = formatQuantity(clockHertz, "frequency");
    lines.push(["training time", `${duration(timeSeconds)}, ${count(cycles)} cycles at ${clock}`]);
  }
  if (energy !== undefined) {
    const guessed = `${share(energy.placeholderShare)} of it from placeholders`;
    lines.push(["training energy", `${quantity(energy.energyJoules, "energy")}, ${guessed}`]);
  }
  if (battery !== undefined) {
    lines.push(["battery", `${Number(battery.trainingsPerCharge.toPrecision(3))} trainings per charge`]);
  }
  return lines;
}

/** What was simulated, and the answer in a few lines. */
export function summarySection(report: Report): Section {
  const { name, chip, firmware, workload, seed } = report.experiment;
  const activity =
    report.activity === undefined ? [] : [["activity", SOURCES[report.activity.source]] as const];
  const lines = facts([
    ["chip", chip],
    ["firmware", firmware],
    ["workload", workload],
    ["seed", String(seed)],
    ...activity,
    ["fits", fitText(report)],
    ...outcome(report),
  ]);
  return { title: `REBIT REPORT: ${name}`, lines };
}
