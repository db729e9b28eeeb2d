import { ConfigError, problemAt } from "../config/problem.js";
import type { KernelName } from "../firmware/names.js";
import type { Phase } from "../firmware/phases.js";
import { type Activity, boundActivity } from "../rbnn/activity.js";
import type { Violation } from "../soc/enumerate/enumeration.js";
import {
  type Comparison,
  type CycleDivergence,
  compareCounts,
  type Divergence,
  type PathName,
} from "./compare-counts.js";
import { type CountingPath, closedForm, enumeratedPath, simulated } from "./counting-paths.js";
import type { Experiment } from "./load.js";
import { type Plan, planOf } from "./plan.js";
import { randomActivity } from "./random-activity.js";
import type { IssVerification } from "./witness/verify-iss.js";

/** What `rebit verify --json` prints. */
export interface Verification {
  readonly schema: "rebit/verify@1";
  /** All ways came to the same numbers, and no address was out of place. */
  readonly holds: boolean;
  /** Numbers that were compared, over all activities. */
  readonly counters: number;
  readonly divergentCounters: number;
  readonly experiment: {
    readonly name: string;
    readonly chip: string;
    readonly firmware: string;
    readonly workload: string;
  };
  readonly paths: readonly PathName[];
  readonly activities: readonly string[];
  /** Accesses that were walked one by one. */
  readonly accesses: number;
  /** The first, in the order of activities, iterations, phases, components, actions and tensors. */
  readonly divergence: (Divergence & { readonly activity: string }) | null;
  /** Addresses that do not exist or are taken. */
  readonly violations: readonly Violation[];
  readonly cycles: {
    /** Phases whose elapsed cycles were compared, over all activities. */
    readonly phases: number;
    readonly largestDifferencePercent: number;
    /** 0 where everything follows one after the other. */
    readonly limitPercent: number;
    readonly divergence: (CycleDivergence & { readonly activity: string }) | null;
  };
  /** Firmware on an instruction-set simulator; null if none was run. */
  readonly iss: IssVerification | null;
}

/** A kernel that is about to be walked. */
export interface VerifyProgress {
  readonly kernel: KernelName;
  readonly phase: Phase;
  readonly iteration: number;
  readonly iterations: number;
}

export interface VerifyOptions {
  readonly onProgress?: ((progress: VerifyProgress) => void) | undefined;
}

/** The ways to compare. */
export type Paths = Readonly<Partial<Record<PathName, CountingPath>>>;

/** Largest difference of a phase's cycles where transfers overlap with computing (docs/verification.md). */
const OVERLAP_LIMIT_PERCENT = 5;

/** Seeds of the activities beside the bound. */
const SEEDS = [1, 2];

/**
 * Counts an experiment in closed form, tile by tile and access by access, under the bound of its activity and two random
 * ones, and compares all numbers. Nothing is trained.
 * @throws ConfigError if its files do not fit together, or the training does not fit on the chip
 */
export function verify(experiment: Experiment, options: VerifyOptions = {}): Verification {
  const plan = planOf(experiment);
  const { onProgress } = options;
  const { iterations } = plan.run;
  const enumerated = enumeratedPath(
    onProgress && (({ kernel, phase, iteration }) => onProgress({ kernel, phase, iteration, iterations })),
  );
  const compared = comparePaths(experiment, plan, { closedForm, simulated, enumerated: enumerated.count });
  const violations = enumerated.violations();
  return {
    ...compared,
    holds: compared.holds && violations.length === 0,
    accesses: enumerated.accesses(),
    violations,
  };
}

/** Compares ways of counting; what only an enumeration finds is left empty. */
export function comparePaths(experiment: Experiment, plan: Plan, paths: Paths): Verification {
  if (!plan.placement.fits) {
    const message =
      "the training does not fit on the chip, so there is nothing to count; rebit estimate says what would help";
    throw new ConfigError([problemAt(experiment.originOf("workload", []), "does-not-fit", message)]);
  }
  const taken = Object.entries(paths) as [PathName, CountingPath][];
  const compared = activitiesOf(experiment, plan).map(({ name, activity }) => {
    const told = taken.map(([path, count]) => [path, count(experiment, plan, activity)] as const);
    return { name, ...compareCounts(Object.fromEntries(told)) };
  });
  const total = (count: (comparison: Comparison) => number): number =>
    compared.reduce((sum, comparison) => sum + count(comparison), 0);
  const percent = 100 * Math.max(...compared.map((comparison) => comparison.largestCycleDifference));
  const limitPercent = plan.program.options.buffering === "double" ? OVERLAP_LIMIT_PERCENT : 0;
  const divergentCounters = total(({ divergences }) => divergences.length);
  return {
    schema: "rebit/verify@1",
    holds: divergentCounters === 0 && percent <= limitPercent,
    counters: total(({ counters }) => counters),
    divergentCounters,
    experiment: {
      name: experiment.name,
      chip: experiment.chip.name,
      firmware: experiment.firmwareName,
      workload: experiment.workload.name,
    },
    paths: taken.map(([path]) => path),
    activities: compared.map(({ name }) => name),
    accesses: 0,
    divergence: firstOf(compared, ({ divergences }) => divergences),
    violations: [],
    cycles: {
      phases: total(({ phases }) => phases),
      largestDifferencePercent: percent,
      limitPercent,
      divergence: firstOf(
        compared.toSorted((a, b) => b.largestCycleDifference - a.largestCycleDifference),
        ({ cycleDivergences }) => cycleDivergences,
      ),
    },
    iss: null,
  };
}

function activitiesOf(experiment: Experiment, plan: Plan): { name: string; activity: Activity }[] {
  const bound = boundActivity(experiment.workload, experiment.shape);
  const random = SEEDS.map((seed) => ({
    name: `random ${seed}`,
    activity: randomActivity(bound, plan.run, `verify ${seed}`),
  }));
  return [{ name: "bound", activity: bound }, ...random];
}

function firstOf<T extends object>(
  compared: readonly (Comparison & { readonly name: string })[],
  pick: (comparison: Comparison) => readonly T[],
): (T & { readonly activity: string }) | null {
  for (const comparison of compared) {
    const [first] = pick(comparison);
    if (first !== undefined) return { activity: comparison.name, ...first };
  }
  return null;
}
