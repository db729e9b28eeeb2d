import { type Column, left, right } from "../src/report/text/table.js";
import type { EstimateResult } from "./estimates.js";
import type { KernelResult } from "./kernels.js";
import type { EntrantResult, ScenarioResult } from "./measure-scenario.js";
import type { Results } from "./results.js";
import type { SimulatorResult } from "./simulators.js";
import { ratioSpread, type Spread } from "./statistics.js";
import type { Verdict } from "./targets.js";

/** A table as text cells, for the terminal and for Markdown alike. */
export interface ResultTable {
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
}

const DIGITS = 3;

/** "1,230,000": three digits say all that such measurements can. */
const rounded = (value: number): string =>
  Number(value.toPrecision(DIGITS)).toLocaleString("en-US", { maximumFractionDigits: 6 });

const range = ({ min, max }: Spread): string => `${rounded(min)} .. ${rounded(max)}`;

/** Verdicts, steps, kernels, estimates and simulated cores. */
export function resultTables({ scenarios, kernels, estimates, simulators }: Results): ResultTable[] {
  return [
    targetTable(scenarios.flatMap(({ verdicts }) => verdicts)),
    ...scenarios.map(stepTable),
    kernelTable(kernels),
    estimateTable(estimates),
    simulatorTable(simulators),
  ].filter(({ rows }) => rows.length > 0);
}

function targetTable(verdicts: readonly Verdict[]): ResultTable {
  return {
    title: "Targets: rebit's full training step against others in the same run",
    columns: [
      left("step"),
      left("rebit's form"),
      left("against"),
      right("target"),
      right("ratio"),
      right("spread"),
      left("outcome"),
    ],
    rows: verdicts.map(({ target, outcome, ratio }) => [
      target.scenario,
      target.subject,
      target.against,
      `>= ${target.atLeast}`,
      ratio === undefined ? "-" : rounded(ratio.median),
      ratio === undefined ? "-" : range(ratio),
      outcome,
    ]),
  };
}

function stepTable({ name, entrants }: ScenarioResult): ResultTable {
  const [rebit] = entrants;
  return {
    title: `Full training step: ${name}`,
    columns: [
      left("who"),
      right("samples/s"),
      right("spread"),
      right("rebit, 1 thread, is so many times as fast"),
      right("spread"),
    ],
    rows: entrants.map((entrant) => [entrant.name, ...speedCells(entrant), ...ratioCells(rebit, entrant)]),
  };
}

function speedCells({ samplesPerSecond, notMeasured }: EntrantResult): string[] {
  if (samplesPerSecond === undefined) return ["not measured", notMeasured ?? ""];
  return [rounded(samplesPerSecond.median), range(samplesPerSecond)];
}

function ratioCells(rebit: EntrantResult | undefined, entrant: EntrantResult): string[] {
  if (rebit?.rounds === undefined || entrant.rounds === undefined || entrant === rebit) return ["-", "-"];
  const ratio = ratioSpread(rebit.rounds, [entrant.rounds]);
  return [rounded(ratio.median), range(ratio)];
}

function kernelTable(kernels: readonly KernelResult[]): ResultTable {
  return {
    title: "Kernels on one thread, in 10^9 weights x samples a second",
    columns: [
      left("kernel"),
      right("layer"),
      right("batch"),
      right("plain reference"),
      right("fast"),
      right("ratio"),
      right("spread"),
    ],
    rows: kernels.map(({ kernel, layer, batch, plain, fast, ratio }) => [
      kernel,
      layer,
      String(batch),
      rounded(plain.median),
      rounded(fast.median),
      rounded(ratio.median),
      range(ratio),
    ]),
  };
}

function simulatorTable(simulators: readonly SimulatorResult[]): ResultTable {
  return {
    title: "Firmware on simulated cores, on one thread: a sample with its update",
    columns: [
      left("what"),
      right("instructions"),
      right("cycles of the core"),
      right("samples/s"),
      right("spread"),
      right("10^6 instructions/s"),
      right("target"),
      left("outcome"),
    ],
    rows: simulators.map(({ name, perSecond, instructionsPerSample, cyclesPerSample, atLeast }) => [
      name,
      instructionsPerSample.toLocaleString("en-US"),
      cyclesPerSample.toLocaleString("en-US"),
      rounded(perSecond.median),
      range(perSecond),
      rounded((perSecond.median * instructionsPerSample) / 1e6),
      `>= ${rounded(atLeast)}`,
      perSecond.median >= atLeast ? "met" : "not met",
    ]),
  };
}

function estimateTable(estimates: readonly EstimateResult[]): ResultTable {
  return {
    title: "Estimates and simulations on one thread",
    columns: [left("what"), right("a second"), right("spread"), right("target"), left("outcome")],
    rows: estimates.map(({ name, perSecond, atLeast }) => [
      name,
      rounded(perSecond.median),
      range(perSecond),
      ...(atLeast === undefined
        ? ["-", "-"]
        : [`>= ${rounded(atLeast)}`, perSecond.median >= atLeast ? "met" : "not met"]),
    ]),
  };
}
