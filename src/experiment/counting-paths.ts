import { type Invocation, lower } from "../firmware/lower.js";
import type { Activity } from "../rbnn/activity.js";
import { countersOf, type PhaseCounts } from "../soc/counters.js";
import { timeBaseOf } from "../soc/elapsed.js";
import { Enumeration, type Violation } from "../soc/enumerate/enumeration.js";
import type { Ledger } from "../soc/ledger.js";
import { timeOf } from "../soc/timing.js";
import type { Experiment } from "./load.js";
import { accountPlan, type Plan, simulateWithoutConflicts } from "./plan.js";

/** One way to the counts and times of a plan under an activity, phase by phase. */
export type CountingPath = (experiment: Experiment, plan: Plan, activity: Activity) => readonly PhaseCounts[];

/** The way that `estimate` goes: from the trip counts of loop nests. */
export const closedForm: CountingPath = (experiment, plan, activity) =>
  countsOfLedgers(experiment, plan, accountPlan(experiment, plan, activity));

/** The way that `run` goes: tile by tile, but for bank conflicts, which only a schedule knows. */
export const simulated: CountingPath = (experiment, plan, activity) =>
  countsOfLedgers(experiment, plan, simulateWithoutConflicts(experiment, plan, activity));

/** What ledgers say, as it is compared. */
function countsOfLedgers(
  { chip, firmware }: Experiment,
  plan: Plan,
  ledgers: readonly Ledger[],
): PhaseCounts[] {
  const base = timeBaseOf(chip, plan.sensor);
  return ledgers.map((ledger) => ({
    phase: ledger.phase,
    iteration: ledger.iteration,
    counters: countersOf(ledger, chip),
    cycles: timeOf(ledger, chip, base, firmware.options.wait).cycles,
  }));
}

/** The way access by access. It remembers what it walked, so one of them is for one plan. */
export interface EnumeratedPath {
  readonly count: CountingPath;
  /** Accesses walked so far. */
  readonly accesses: () => number;
  /** Addresses found so far that do not exist or are taken. */
  readonly violations: () => readonly Violation[];
}

/** @param onKernel told before a kernel is walked */
export function enumeratedPath(onKernel?: (invocation: Invocation) => void): EnumeratedPath {
  let enumeration: Enumeration | undefined;
  return {
    count: ({ chip }, { program, placement, run }, activity) => {
      enumeration ??= new Enumeration(chip, program, placement, onKernel);
      return enumeration.count(lower(run, activity));
    },
    accesses: () => enumeration?.accesses ?? 0,
    violations: () => enumeration?.violations ?? [],
  };
}
