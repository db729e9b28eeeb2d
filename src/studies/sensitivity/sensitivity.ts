import seedrandom from "seedrandom";
import { estimate } from "../../experiment/estimate.js";
import { FixedPlan, type Outcomes } from "../../experiment/fixed-plan.js";
import type { Experiment } from "../../experiment/load.js";
import { planOf } from "../../experiment/plan.js";
import type { Activity } from "../../rbnn/activity.js";
import type { Report } from "../../report/report.js";
import type { Placement } from "../../soc/placement/placement.js";
import { DIMENSIONS } from "../../units/dimensions.js";
import type { OutcomeName, Sensitivity, UnknownSpread } from "./document.js";
import type { Distribution } from "./hypercube.js";
import { drawSamples, HYPERCUBES, type Price, pricer, spreadOf } from "./sampling.js";
import { type Uncertainty, type Unknown, uncertaintyOf } from "./unknowns.js";

export interface SensitivityOptions {
  /** Samples; rounded up to a multiple of ten. Default: 10,000. */
  readonly samples?: number | undefined;
  /** Of the samples, not of the training. Default: 1. */
  readonly seed?: number | undefined;
  /** Default: triangular. */
  readonly distribution?: Distribution | undefined;
  /** A ratio: placeholders without an interval are varied by so much. Default: they are not. */
  readonly placeholderTolerance?: number | undefined;
  /** An activity in place of the bound. */
  readonly activity?: Activity | undefined;
  /** How a file is named in places. Default: as it was read. */
  readonly nameOf?: ((path: string) => string) | undefined;
}

export const DEFAULT_SAMPLES = 10_000;

/**
 * What the intervals of a chip's costs make of energy, time and life of an experiment: quantiles, which of them matters, and how much
 * rests on guesses. The placement stays the one at the typical values, and so do all counts.
 * @returns the report of an experiment that does not fit, in place of a study
 * @throws ConfigError as `estimate` does
 */
export function sensitivity(experiment: Experiment, options: SensitivityOptions = {}): Sensitivity | Report {
  const { samples = DEFAULT_SAMPLES, seed = 1, distribution = "triangular", placeholderTolerance } = options;
  const { activity, nameOf = (path: string) => path } = options;
  const report = estimate(experiment, { activity });
  if (report.energy === undefined) return report;
  const fixed = new FixedPlan(experiment, report.wear, activity);
  const price = pricer(experiment, fixed);
  const assumed = experiment.chip.sensor === undefined ? fixed.plan.sensor : undefined;
  const uncertainty = uncertaintyOf(experiment, assumed, placeholderTolerance);
  const nominal = price(new Map());
  const ends = uncertainty.unknowns.map((unknown) => ({ unknown, ...endsOf(unknown, price) }));
  const moving = ends.filter(({ low, high }) => moves(nominal, low) || moves(nominal, high));
  const guesses = uncertainty.guesses.filter((guess) =>
    moves(nominal, price(new Map([[guess, probe(guess)]]))),
  );
  const fixedPlaceholderShare = fixedShareOf(experiment, fixed, uncertainty.guesses);
  const drawn = drawSamples(
    moving.map(({ unknown }) => unknown),
    price,
    {
      samples: Math.ceil(samples / HYPERCUBES) * HYPERCUBES,
      distribution,
      random: seedrandom(String(seed)),
    },
  );
  const names = Object.keys(nominal) as OutcomeName[];
  const spreads = names.map((name) =>
    spreadOf(name, nominal[name] as number, drawn.outcomes.get(name) as Float64Array, drawn.axes),
  );
  const unknowns = moving.map(({ unknown, low, high }, index): UnknownSpread => {
    const effects = names.map((outcome, position) => ({
      outcome,
      atLow: low[outcome] as number,
      atHigh: high[outcome] as number,
      varianceShare: spreads[position]?.shares[index] ?? 0,
    }));
    const changesPlacement = placementChanges(experiment, fixed.plan.placement, unknown);
    return { ...described(unknown, nameOf), effects, changesPlacement };
  });
  return {
    schema: "rebit/sensitivity@1",
    experiment: experiment.name,
    samples: drawn.outcomes.get("energyJoules")?.length ?? 0,
    seed,
    distribution,
    placeholderTolerance: placeholderTolerance ?? null,
    placeholderShare: report.energy.placeholderShare,
    fixedPlaceholderShare,
    fixedPlaceholders: guesses.map(({ path, typical, dimension }) => ({
      path: pathText(path),
      value: typical,
      unit: unitOf(dimension),
    })),
    outcomes: spreads.map(({ spread }) => spread),
    unknowns: unknowns.toSorted((a, b) => swing(b) - swing(a)),
    idle: ends.flatMap((end) => (moving.includes(end) ? [] : [pathText(end.unknown.path)])),
    notes: [
      ...notesOf({ ...uncertainty, guesses }, unknowns, fixedPlaceholderShare),
      ...(assumed === undefined
        ? []
        : [
            `the chip has no sensor: one of ${assumed.bytesPerSecond / 1e6} MB/s is assumed, at this rate in every draw`,
          ]),
      ...(experiment.chip.battery !== undefined && names.length === 2
        ? ["the estimate draws nothing from the battery, so what a charge is good for is left out"]
        : []),
    ],
  };
}

/** What would no longer rest on placeholders if these were known. */
function fixedShareOf(experiment: Experiment, fixed: FixedPlan, guesses: readonly Unknown[]): number {
  const { chipConfig, rebuildChip } = experiment;
  const known = guesses.reduce((config, guess) => guess.with(config, guess.typical, "given"), chipConfig);
  const [all, others] = [chipConfig, known].map((config) => fixed.placeholderShareOf(rebuildChip(config)));
  return (all as number) - (others as number);
}

const endsOf = (unknown: Unknown, price: Price): { readonly low: Outcomes; readonly high: Outcomes } => ({
  low: price(new Map([[unknown, unknown.low]])),
  high: price(new Map([[unknown, unknown.high]])),
});

const moves = (nominal: Outcomes, changed: Outcomes): boolean =>
  (Object.keys(nominal) as OutcomeName[]).some((name) => nominal[name] !== changed[name]);

/** Another value than the typical one, to see whether it matters. */
const probe = ({ typical }: Unknown): number => (typical === 0 ? 1 : typical / 2);

/** How far an unknown moves the energy, as a share of what it is; others follow by what they move at all. */
function swing({ effects }: Pick<UnknownSpread, "effects">): number {
  const [energy] = effects;
  return energy === undefined ? 0 : Math.abs(energy.atHigh - energy.atLow);
}

/** Without a choice of what lies off chip no cost changes it. */
function placementChanges(
  experiment: Experiment,
  placement: Placement,
  unknown: Unknown,
): UnknownSpread["changesPlacement"] {
  if (placement.spilling.method !== "search") return { atLow: false, atHigh: false };
  const laidOut = ({ onChip, offChip }: Placement): string => JSON.stringify([onChip, offChip]);
  const differs = (value: number): boolean => {
    const chip = experiment.rebuildChip(unknown.with(experiment.chipConfig, value));
    return laidOut(planOf({ ...experiment, chip }).placement) !== laidOut(placement);
  };
  return { atLow: differs(unknown.low), atHigh: differs(unknown.high) };
}

const unitOf = (dimension: Unknown["dimension"]): string =>
  dimension === "number" ? "1" : DIMENSIONS[dimension].base;

const pathText = (path: Unknown["path"]): string => ["chip", ...path].join(".");

function described(
  { path, low, typical, high, dimension, status, source, origin }: Unknown,
  nameOf: (path: string) => string,
) {
  return {
    path: pathText(path),
    at: origin === undefined ? null : `${nameOf(origin.file)}:${origin.line}`,
    low,
    typical,
    high,
    dimension,
    unit: unitOf(dimension),
    status,
    source,
  };
}

function notesOf(
  { unknowns, guesses }: Uncertainty,
  moving: readonly UnknownSpread[],
  fixedPlaceholderShare: number,
): string[] {
  const moved = moving.filter(({ changesPlacement: { atLow, atHigh } }) => atLow || atHigh);
  return [
    ...(unknowns.length === 0
      ? ["no cost of the chip is an interval: write `5 pJ/access ± 20 %` or {low, typical, high}"]
      : []),
    ...(guesses.length > 0
      ? [
          `${guesses.length === 1 ? "a placeholder has" : `${guesses.length} placeholders have`} no interval and ${guesses.length === 1 ? "is" : "are"} not varied; ${(100 * fixedPlaceholderShare).toFixed(1)} % of the energy rests on ${guesses.length === 1 ? "it" : "them"}: --placeholders 50% varies placeholders by so much`,
        ]
      : []),
    ...(moved.length > 0
      ? [
          `the placement is that of the typical values; at an end of ${moved.map(({ path }) => path).join(", ")} the planner would choose another`,
        ]
      : []),
  ];
}
