import type { IterationAccuracy, Report } from "../report.js";
import { count, duration, errorRate, quantity } from "./numbers.js";
import type { Section } from "./section.js";
import { left, right, table } from "./table.js";

const hidden = ({ hiddenUnits }: IterationAccuracy): string => hiddenUnits.join("-");

const epochs = ({ epochs: run, bestEpoch }: IterationAccuracy): string => {
  if (run === undefined) return "-";
  return bestEpoch === undefined ? count(run) : `${bestEpoch} of ${run}`;
};

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/** One line an iteration of the recursion: the network, its errors, and what the iteration cost. */
export function accuracySection({ accuracy, time, energy }: Report): Section | undefined {
  if (accuracy.iterations.length === 0) return undefined;
  const rows = accuracy.iterations.map((entry) => {
    const isSame = ({ iteration }: { readonly iteration: number }) => iteration === entry.iteration;
    const seconds = time && total(time.phases.filter(isSame).map(({ timeSeconds }) => timeSeconds));
    const joules = energy && total(energy.phases.filter(isSame).map(({ energyJoules }) => energyJoules));
    return [
      count(entry.iteration),
      hidden(entry),
      count(entry.weights),
      `${entry.plasticBits} bit`,
      `${Number(entry.bitsPerWeight.toFixed(4))} bit`,
      epochs(entry),
      errorRate(entry.trainErrorPercent),
      errorRate(entry.validationErrorPercent),
      errorRate(entry.testErrorPercent),
      seconds === undefined ? "-" : duration(seconds),
      joules === undefined ? "-" : quantity(joules, "energy"),
    ];
  });
  const columns = [
    right("it."),
    left("hidden"),
    right("weights"),
    right("plastic"),
    right("a weight"),
    right("best epoch"),
    right("train"),
    right("valid."),
    right("test"),
    right("time"),
    right("energy"),
  ];
  return { title: "ITERATIONS: ERROR RATES AND COST", lines: table(columns, rows) };
}
