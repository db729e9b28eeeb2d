import { type Budget, type BudgetResult, checkBudget } from "../../experiment/budget.js";
import type { Experiment } from "../../experiment/load.js";
import type { Report } from "../../report/report.js";
import { type EnergyChange, energyChanges } from "../compare/attribution.js";
import { type BillChange, billChange, billOf, billWith, type Reprice } from "../compare/reprice.js";
import { energyOf, type Golden, type GoldenInput, goldenOf } from "./golden.js";

/** A number that is not what the golden says. */
export interface Difference {
  /** As in the golden: `training energy`, `core active`, `cycles of forward in iteration 1`. */
  readonly what: string;
  readonly golden: number | null;
  readonly found: number | null;
}

/** An input that is not what it was when the golden was written, and what changes if it alone is set back; `null` if it cannot be. */
export interface ChangedInput extends BillChange {
  readonly path: string;
  /** FILE:LINE, relative to the suite. */
  readonly at: string;
  readonly golden: GoldenInput["value"];
  readonly found: GoldenInput["value"];
}

export interface CaseResult {
  readonly name: string;
  readonly passed: boolean;
  readonly inputs: readonly ChangedInput[];
  readonly differences: readonly Difference[];
  /** Where a difference of energy comes from; the largest first. */
  readonly energy: readonly EnergyChange[];
  readonly budgets: readonly BudgetResult[];
}

/** Relative limits on the totals. */
export interface Tolerance {
  readonly energy: number;
  readonly time: number;
}

/** A case with what its experiment came to. */
export interface PricedCase {
  readonly name: string;
  readonly experiment: Experiment;
  readonly report: Report;
  readonly budgets: readonly Budget[];
  readonly reprice: Reprice;
}

/**
 * Holds a case to its golden and its budgets.
 * @param golden undefined if the case has budgets only
 * @param from the suite's path
 */
export function checkCase(
  priced: PricedCase,
  golden: Golden | undefined,
  tolerance: Tolerance,
  from: string,
): CaseResult {
  const { name, report, experiment } = priced;
  const budgets = priced.budgets.map((budget) => checkBudget(budget, report));
  const kept = budgets.every(({ passed }) => passed);
  if (golden === undefined) return { name, passed: kept, inputs: [], differences: [], energy: [], budgets };
  const found = goldenOf(report, experiment, from);
  const differences = differencesOf(golden, found, tolerance);
  if (differences.length === 0) return { name, passed: kept, inputs: [], differences, energy: [], budgets };
  const energy = energyChanges(energyOf(golden), energyOf(found))
    .filter((change) => change.before !== change.after || change.costBefore !== change.costAfter)
    .toSorted((a, b) => Math.abs(b.differenceJoules) - Math.abs(a.differenceJoules));
  return { name, passed: false, inputs: changedInputs(golden, found, priced), differences, energy, budgets };
}

/** The largest differences come first: totals, then entries, then phases. */
function differencesOf(golden: Golden, found: Golden, tolerance: Tolerance): Difference[] {
  const within = (what: string, a: number | null, b: number | null): boolean => {
    if (a === null || b === null) return a === b;
    return Math.abs(b - a) <= limitOf(what, tolerance) * Math.abs(a);
  };
  const compare = (before: Record<string, number>, after: Record<string, number>): Difference[] =>
    [...new Set([...Object.keys(before), ...Object.keys(after)])]
      .map((what) => ({ what, golden: before[what] ?? null, found: after[what] ?? null }))
      .filter(({ what, golden: a, found: b }) => !within(what, a, b));
  const totals = compare(golden.totals, found.totals);
  // With a tolerance the totals decide: whoever allows for some difference has to allow for where it comes from.
  if (tolerance.energy + tolerance.time > 0) return totals;
  return [...totals, ...compare(countsOf(golden), countsOf(found))];
}

/** Powers are energies over times, a charge is an energy, a life some of both; all else has no tolerance. */
function limitOf(what: string, { energy, time }: Tolerance): number {
  if (what.includes("power") || what.startsWith("life")) return energy + time;
  if (what.includes("energy") || what.includes("charge")) return energy;
  return what.includes("time") ? time : 0;
}

function countsOf({ entries, phases }: Golden): Record<string, number> {
  return Object.fromEntries([
    ...entries.flatMap((entry) =>
      "action" in entry
        ? [
            [`${entry.component} ${entry.action}`, entry.count],
            [`joules of ${entry.component} ${entry.action}`, entry.joulesPerAction],
          ]
        : [
            [`seconds of ${entry.component} ${entry.state}`, entry.timeSeconds],
            [`watts of ${entry.component} ${entry.state}`, entry.watts],
          ],
    ),
    ...phases.map(({ phase, iteration, cycles }) => [`cycles of ${phase} in iteration ${iteration}`, cycles]),
  ]);
}

/** Inputs that changed, those that matter most first. */
function changedInputs(golden: Golden, found: Golden, priced: PricedCase): ChangedInput[] {
  const before = new Map(golden.inputs.map((input) => [input.path, input]));
  const after = new Map(found.inputs.map((input) => [input.path, input]));
  const bill = billOf(priced.report);
  const changed = [...new Set([...before.keys(), ...after.keys()])].flatMap((path): ChangedInput[] => {
    const [was, is] = [before.get(path), after.get(path)];
    if (was?.value === is?.value) return [];
    const back = setBack(path, was, priced);
    return [
      {
        path,
        at: (is ?? was)?.at ?? "",
        golden: was?.value ?? null,
        found: is?.value ?? null,
        ...billChange(back, bill),
      },
    ];
  });
  const size = (joules: number | null): number => Math.abs(joules ?? 0);
  return changed.toSorted(
    (a, b) => size(b.energyJoules) - size(a.energyJoules) || size(b.dayJoules) - size(a.dayJoules),
  );
}

/** The bill with an input as it was; undefined was not there. */
function setBack(path: string, was: GoldenInput | undefined, { experiment, reprice }: PricedCase) {
  // The digest of a kernel, a table or data is no value to go back to.
  if (typeof was?.value === "string" && was.value.startsWith("sha256:")) return undefined;
  const [name = "", ...keys] = path.split(".");
  const tree = experiment.trees[name as keyof Experiment["trees"]];
  return tree && billWith(name, tree, keys, was?.value, reprice);
}
