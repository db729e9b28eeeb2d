import { sampleStandardDeviation } from "simple-statistics";
import type { FixedPlan, Outcomes } from "../../experiment/fixed-plan.js";
import type { Experiment } from "../../experiment/load.js";
import { exactly } from "../../experiment/plan.js";
import type { OutcomeName, OutcomeSpread } from "./document.js";
import { type Distribution, latinHypercube, type Random, valueAt } from "./hypercube.js";
import { firstOrderShare, type Quantiles, quantilesOf, standardErrorsOf } from "./statistics.js";
import type { Unknown } from "./unknowns.js";

/** Independent Latin hypercubes that the samples come from: their differences are the error of the quantiles. */
export const HYPERCUBES = 10;

/** Hypercubes after which quantiles are shown, for how they settle. */
const SHOWN_AFTER = [1, 2, 5, HYPERCUBES];

const BINS = 40;

/** What was drawn, and what came out. */
export interface Samples {
  /** `[unknown][sample]`: the share of the unknown's probability below its value. */
  readonly axes: readonly Float64Array[];
  readonly outcomes: ReadonlyMap<OutcomeName, Float64Array>;
}

/** Outcomes of an experiment's chip with other values of some unknowns. */
export type Price = (values: ReadonlyMap<Unknown, number>) => Outcomes;

/** Prices draws. A draw of which a count leaves the exact range is a ConfigError. */
export function pricer(experiment: Experiment, fixed: FixedPlan): Price {
  const { chipConfig, rebuildChip } = experiment;
  return (values) => {
    let config = chipConfig;
    for (const [unknown, value] of values) config = unknown.with(config, value);
    return exactly(experiment, () => fixed.outcomesOf(rebuildChip(config)));
  };
}

/** @param samples a multiple of {@link HYPERCUBES} */
export function drawSamples(
  unknowns: readonly Unknown[],
  price: Price,
  { samples, distribution, random }: { samples: number; distribution: Distribution; random: Random },
): Samples {
  const points = samples / HYPERCUBES;
  const axes = unknowns.map(() => new Float64Array(samples));
  const outcomes = new Map<OutcomeName, Float64Array>();
  for (let cube = 0; cube < HYPERCUBES; cube += 1) {
    for (const [index, axis] of latinHypercube(points, unknowns.length, random).entries()) {
      axes[index]?.set(axis, cube * points);
    }
  }
  for (let sample = 0; sample < samples; sample += 1) {
    const values = new Map(
      unknowns.map((unknown, index) => [unknown, valueAt(axes[index]?.[sample] ?? 0, unknown, distribution)]),
    );
    for (const [name, value] of Object.entries(price(values)) as [OutcomeName, number][]) {
      const column = outcomes.get(name) ?? new Float64Array(samples);
      column[sample] = value;
      outcomes.set(name, column);
    }
  }
  return { axes, outcomes };
}

/** How an outcome is spread over the samples, and which share of its variance each axis explains. */
export function spreadOf(
  name: OutcomeName,
  nominal: number,
  values: Float64Array,
  axes: readonly Float64Array[],
): { readonly spread: OutcomeSpread; readonly shares: readonly number[] } {
  const samples = values.length;
  const points = samples / HYPERCUBES;
  const cubes = Array.from({ length: HYPERCUBES }, (_, cube) =>
    values.subarray(cube * points, (cube + 1) * points),
  );
  const least = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const greatest = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  // What nothing moves has no variance, and none from rounding.
  const isFixed = least === greatest;
  const shares = axes.map((axis) => (isFixed ? 0 : firstOrderShare(axis, values)));
  const convergence = SHOWN_AFTER.map((shown): Quantiles & { samples: number } => ({
    samples: shown * points,
    ...quantilesOf(values.subarray(0, shown * points)),
  }));
  const spread: OutcomeSpread = {
    name,
    nominal,
    mean: isFixed ? least : values.reduce((sum, value) => sum + value, 0) / samples,
    standardDeviation: isFixed ? 0 : sampleStandardDeviation(Array.from(values)),
    least,
    greatest,
    ...quantilesOf(values),
    standardErrors: isFixed ? { p10: 0, p50: 0, p90: 0 } : standardErrorsOf(cubes.map(quantilesOf)),
    convergence,
    jointVarianceShare: isFixed ? 0 : Math.max(0, 1 - shares.reduce((sum, share) => sum + share, 0)),
    histogram: histogramOf(values, least, greatest),
  };
  return { spread, shares };
}

function histogramOf(values: Float64Array, least: number, greatest: number): number[] {
  const bins = new Array<number>(BINS).fill(0);
  for (const value of values) {
    const bin = least === greatest ? 0 : Math.floor(((value - least) / (greatest - least)) * BINS);
    const within = Math.min(bin, BINS - 1);
    bins[within] = (bins[within] as number) + 1;
  }
  return bins;
}
