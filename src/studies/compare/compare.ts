import type { Experiment } from "../../experiment/load.js";
import type { Report } from "../../report/report.js";
import {
  type EnergyChange,
  energyChanges,
  type PhaseChange,
  phaseChanges,
  type TrafficChange,
  trafficChanges,
} from "./attribution.js";
import { type InputChanges, inputChanges, type NameOf } from "./input-changes.js";
import { QUANTITIES, type Quantity } from "./quantities.js";
import { billOf, type Reprice } from "./reprice.js";

/** One of two things to compare: a report, with the experiment that it is of where that is at hand. */
export interface Side {
  /** As the user named it. */
  readonly path: string;
  readonly report: Report;
  readonly experiment?: { readonly loaded: Experiment; readonly reprice: Reprice } | undefined;
}

/** A number on both sides; `null` where a side has none. */
export interface ComparedQuantity {
  readonly name: string;
  readonly unit: Quantity["unit"];
  readonly before: number | null;
  readonly after: number | null;
}

/** What `rebit compare --json` prints; "before" is the first of the two. */
export interface Comparison {
  readonly schema: "rebit/compare@1";
  readonly before: ComparedSide;
  readonly after: ComparedSide;
  readonly quantities: readonly ComparedQuantity[];
  /** Absent where one of them does not fit its chip. */
  readonly energy?: {
    readonly differenceJoules: number;
    /** They sum to the difference; the largest first. */
    readonly changes: readonly EnergyChange[];
    /** The same by phase and iteration, the largest first; none of a golden, which has no phases. */
    readonly phases: readonly PhaseChange[];
    /** The part of them that is traffic, by tensor, phase and iteration; the largest first. */
    readonly traffic: readonly TrafficChange[];
  };
  /** Absent unless both are experiments. */
  readonly inputs?: InputChanges;
  readonly notes: readonly string[];
}

interface ComparedSide {
  readonly path: string;
  readonly kind: "experiment" | "report";
  readonly experiment: string;
  readonly chip: string;
  readonly firmware: string;
  readonly workload: string;
  readonly activity: string;
}

/**
 * Compares two reports, and the inputs of their experiments where both are at hand.
 * @param nameOf how files are named; as they were read if it is left out
 */
export function compareSides(before: Side, after: Side, nameOf?: NameOf): Comparison {
  const bills = [billOf(before.report), billOf(after.report)] as const;
  const [a, b] = [before.report, after.report];
  const inputs =
    before.experiment && after.experiment && bills[0] && bills[1]
      ? inputChanges(
          before.experiment.loaded,
          after.experiment.loaded,
          [bills[0], bills[1]],
          before.experiment.reprice,
          nameOf,
        )
      : undefined;
  return {
    schema: "rebit/compare@1",
    before: summaryOf(before),
    after: summaryOf(after),
    quantities: QUANTITIES.flatMap(({ name, unit, of }) => {
      const [was, is] = [of(a) ?? null, of(b) ?? null];
      return was === null && is === null ? [] : [{ name, unit, before: was, after: is }];
    }),
    ...(a.energy && b.energy && { energy: energyOf({ ...a, energy: a.energy }, { ...b, energy: b.energy }) }),
    ...(inputs && { inputs }),
    notes: notesOf(before, after),
  };
}

type Priced = Report & { readonly energy: NonNullable<Report["energy"]> };

function energyOf(before: Priced, after: Priced): NonNullable<Comparison["energy"]> {
  const byDifference = <T extends { differenceJoules: number }>(changes: T[]): T[] =>
    changes.toSorted((a, b) => Math.abs(b.differenceJoules) - Math.abs(a.differenceJoules));
  return {
    differenceJoules: after.energy.energyJoules - before.energy.energyJoules,
    changes: byDifference(energyChanges(before.energy, after.energy)).filter(
      (change) => change.before !== change.after || change.costBefore !== change.costAfter,
    ),
    phases: byDifference(phaseChanges(before.energy, after.energy)),
    traffic: byDifference(trafficChanges(before, after)),
  };
}

function summaryOf({ path, report, experiment }: Side): ComparedSide {
  const { name, chip, firmware, workload } = report.experiment;
  const kind = experiment === undefined ? "report" : "experiment";
  return {
    path,
    kind,
    experiment: name,
    chip,
    firmware,
    workload,
    activity: report.activity?.source ?? "none",
  };
}

function notesOf(before: Side, after: Side): string[] {
  const sides = [before, after];
  const misfit = sides.filter(({ report }) => report.energy === undefined);
  const sources = new Set(sides.flatMap(({ report }) => report.activity?.source ?? []));
  return [
    ...misfit.map(({ path }) => `${path} does not fit its chip, so it has no time and no energy`),
    ...(sources.size > 1
      ? [`one activity is ${[...sources].join(", the other ")}: part of the difference is that`]
      : []),
  ];
}
