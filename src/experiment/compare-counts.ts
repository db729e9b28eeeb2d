import { PHASES, type Phase } from "../firmware/phases.js";
import type { Counter, PhaseCounts } from "../soc/counters.js";

/** The ways to a number, by their names in documents. */
export const PATHS = ["closedForm", "simulated", "enumerated"] as const;
export type PathName = (typeof PATHS)[number];

/** What each way says; null for one that was not taken. */
export type Told = Readonly<Record<PathName, number | null>>;

/** One number that differs between the ways to it. */
export interface Divergence extends Told {
  readonly component: string;
  readonly action: string;
  readonly tensor: string;
  readonly phase: Phase;
  readonly iteration: number;
  /** What differs: accesses or operations, or their useful bits. */
  readonly measure: "count" | "bits";
}

/** Elapsed core cycles of a phase that differ. */
export interface CycleDivergence extends Told {
  readonly phase: Phase;
  readonly iteration: number;
}

export interface Comparison {
  /** Numbers that were compared: those that any way has, a count and its bits being one. */
  readonly counters: number;
  /** In the order of iterations and phases, then by component, action and tensor. */
  readonly divergences: readonly Divergence[];
  /** Phases whose cycles were compared. */
  readonly phases: number;
  readonly cycleDivergences: readonly CycleDivergence[];
  /** The largest difference of two cycle counts of a phase, as a share of the larger one. */
  readonly largestCycleDifference: number;
}

/** Compares all counters of all phases; what a way does not mention is 0 there. */
export function compareCounts(told: Readonly<Partial<Record<PathName, readonly PhaseCounts[]>>>): Comparison {
  let counters = 0;
  let phases = 0;
  let largestCycleDifference = 0;
  const divergences: Divergence[] = [];
  const cycleDivergences: CycleDivergence[] = [];
  for (const { phase, iteration } of phasesOf(told)) {
    const here = (path: PathName): PhaseCounts | undefined =>
      told[path]?.find((counts) => counts.phase === phase && counts.iteration === iteration);
    const indexed = new Map(PATHS.map((path) => [path, indexOf(here(path))]));
    const value = (pick: (path: PathName) => number | undefined): Told => ({
      closedForm: told.closedForm === undefined ? null : (pick("closedForm") ?? 0),
      simulated: told.simulated === undefined ? null : (pick("simulated") ?? 0),
      enumerated: told.enumerated === undefined ? null : (pick("enumerated") ?? 0),
    });
    for (const [key, { component, action, tensor }] of namesOf([...indexed.values()])) {
      counters += 1;
      for (const measure of ["count", "bits"] as const) {
        const values = value((path) => indexed.get(path)?.get(key)?.[measure]);
        if (differs(values))
          divergences.push({ component, action, tensor, phase, iteration, measure, ...values });
      }
    }
    const cycles = cyclesOf(PATHS.map((path) => [path, here(path)?.cycles]));
    if (numbersOf(cycles).length < 2) continue;
    phases += 1;
    largestCycleDifference = Math.max(largestCycleDifference, relativeDifference(cycles));
    if (differs(cycles)) cycleDivergences.push({ phase, iteration, ...cycles });
  }
  cycleDivergences.sort((a, b) => relativeDifference(b) - relativeDifference(a));
  return { counters, divergences, phases, cycleDivergences, largestCycleDifference };
}

type Index = ReadonlyMap<string, Counter>;

/** Every phase that any way has, in their order. */
function phasesOf(
  told: Readonly<Partial<Record<PathName, readonly PhaseCounts[]>>>,
): { phase: Phase; iteration: number }[] {
  const all = Object.values(told).flatMap((counts) =>
    counts.map(({ phase, iteration }) => [`${iteration} ${phase}`, { phase, iteration }] as const),
  );
  return [...new Map(all).values()].sort(
    (a, b) => a.iteration - b.iteration || PHASES.indexOf(a.phase) - PHASES.indexOf(b.phase),
  );
}

function indexOf(counts: PhaseCounts | undefined): Index {
  const index = new Map<string, Counter>();
  for (const counter of counts?.counters ?? []) {
    // What never happens is not there for some ways and 0 for others.
    if (counter.count !== 0 || counter.bits !== 0) index.set(keyOf(counter), counter);
  }
  return index;
}

/** Every counter that any way has, by component, action and tensor. */
function namesOf(indexes: readonly Index[]): [string, Counter][] {
  const all = new Map(indexes.flatMap((index) => [...index]));
  return [...all].sort(([a], [b]) => (a < b ? -1 : 1));
}

const keyOf = ({ component, action, tensor }: Counter): string => `${component}\n${action}\n${tensor}`;

function cyclesOf(told: readonly (readonly [PathName, number | undefined])[]): Told {
  const { closedForm, simulated, enumerated } = Object.fromEntries(told);
  return {
    closedForm: closedForm ?? null,
    simulated: simulated ?? null,
    enumerated: enumerated ?? null,
  };
}

const numbersOf = (told: Told): number[] => PATHS.flatMap((path) => told[path] ?? []);

const differs = (told: Told): boolean => new Set(numbersOf(told)).size > 1;

function relativeDifference(told: Told): number {
  const numbers = numbersOf(told);
  const largest = Math.max(...numbers);
  return largest === 0 ? 0 : (largest - Math.min(...numbers)) / largest;
}
