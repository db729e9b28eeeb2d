import type { Dimension } from "../../units/dimensions.js";
import type { Distribution } from "./hypercube.js";
import type { Quantiles } from "./statistics.js";

/** What a study looks at; an experiment has a life in days with a duty, in trainings with a battery alone, or none. */
export type OutcomeName = "energyJoules" | "timeSeconds" | "trainingsPerCharge" | "lifeDays";

/** What `rebit sensitivity --json` prints. */
export interface Sensitivity {
  readonly schema: "rebit/sensitivity@1";
  readonly experiment: string;
  readonly samples: number;
  readonly seed: number;
  readonly distribution: Distribution;
  /** Tolerance that was assumed for placeholders without an interval; `null` if none was. */
  readonly placeholderTolerance: number | null;
  /** The share of the energy that rests on placeholders, 0 to 1, at the typical values. */
  readonly placeholderShare: number;
  /** The share of the energy that rests on placeholders which are not varied. */
  readonly fixedPlaceholderShare: number;
  /** Placeholders that nothing says an interval of: they stay where they are. */
  readonly fixedPlaceholders: readonly {
    readonly path: string;
    readonly value: number;
    readonly unit: string;
  }[];
  readonly outcomes: readonly OutcomeSpread[];
  /** Those that move an outcome, the one that moves the energy most first. */
  readonly unknowns: readonly UnknownSpread[];
  /** Intervals that move nothing: they belong to what does not take part. */
  readonly idle: readonly string[];
  readonly notes: readonly string[];
}

export interface OutcomeSpread extends Quantiles {
  readonly name: OutcomeName;
  /** At the typical values: what `estimate` says. */
  readonly nominal: number;
  readonly mean: number;
  readonly standardDeviation: number;
  readonly least: number;
  readonly greatest: number;
  /** Of the quantiles, from ten independent hypercubes. */
  readonly standardErrors: Quantiles;
  /** The quantiles with the first of the hypercubes. */
  readonly convergence: readonly (Quantiles & { readonly samples: number })[];
  /** The share of the variance that no unknown explains alone. */
  readonly jointVarianceShare: number;
  /** Samples by outcome, in equal bins from the least to the greatest. */
  readonly histogram: readonly number[];
}

/** An unknown and what it does by itself. */
export interface UnknownSpread {
  /** As `--set` takes it, but for what the model assumes where the chip says nothing. */
  readonly path: string;
  /** FILE:LINE; `null` where nothing is written. */
  readonly at: string | null;
  readonly low: number;
  readonly typical: number;
  readonly high: number;
  readonly dimension: Dimension | "number";
  /** Of the three. */
  readonly unit: string;
  readonly status: string;
  readonly source: string;
  readonly effects: readonly {
    readonly outcome: OutcomeName;
    /** The outcome with this unknown at its ends, all others typical. */
    readonly atLow: number;
    readonly atHigh: number;
    /** The share of the outcome's variance that follows from this unknown alone, 0 to 1. */
    readonly varianceShare: number;
  }[];
  /** Whether the planner would place tensors otherwise at the ends; the study keeps the placement as it is. */
  readonly changesPlacement: { readonly atLow: boolean; readonly atHigh: boolean };
}
