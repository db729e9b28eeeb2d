import { count, quantity, roughly, share, shareOf, time } from "../report/text/numbers.js";
import { left, right } from "../report/text/table.js";
import type {
  OutcomeName,
  OutcomeSpread,
  Sensitivity,
  UnknownSpread,
} from "../studies/sensitivity/document.js";
import { formatEngineering } from "../units/format.js";
import type { Section } from "./sections.js";

/** Unknowns that nobody would read to their end. */
const MOST_ROWS = 15;

interface Naming {
  readonly title: string;
  readonly text: (value: number) => string;
}

const NAMES: Readonly<Record<OutcomeName, Naming>> = {
  energyJoules: { title: "training energy", text: (joules) => quantity(joules, "energy") },
  timeSeconds: { title: "training time", text: time },
  trainingsPerCharge: { title: "trainings per charge", text: roughly },
  lifeDays: { title: "life, days", text: roughly },
};

/** The parts of a study, for text and Markdown alike. */
export function sensitivitySections(study: Sensitivity): Section[] {
  return [
    spreadsSection(study),
    convergenceSection(study),
    ...study.outcomes.flatMap((outcome) => tornadoSections(outcome, study)),
  ];
}

function spreadsSection(study: Sensitivity): Section {
  const {
    experiment,
    samples,
    seed,
    distribution,
    outcomes,
    placeholderShare,
    fixedPlaceholderShare,
    notes,
    idle,
  } = study;
  return {
    title: `SENSITIVITY: ${experiment}, ${count(samples)} samples (Latin hypercubes, ${distribution}, seed ${seed})`,
    columns: [
      left("outcome"),
      right("estimate"),
      right("P10"),
      right("P50"),
      right("P90"),
      right("least"),
      right("greatest"),
    ],
    rows: outcomes.map(({ name, nominal, p10, p50, p90, least, greatest }) => [
      NAMES[name].title,
      ...[nominal, p10, p50, p90, least, greatest].map(NAMES[name].text),
    ]),
    below: [
      `${share(placeholderShare)} of the energy rests on placeholders, ${share(fixedPlaceholderShare)} on those that are not varied`,
      ...study.fixedPlaceholders.map(({ path }) => `  not varied: ${path}`),
      ...(idle.length === 0 ? [] : [`intervals that move nothing here: ${idle.join(", ")}`]),
      ...notes.map((note) => `note: ${note}`),
    ],
  };
}

/** Quantiles that still move are not to be trusted. */
function convergenceSection({ outcomes }: Sensitivity): Section {
  const moving = outcomes.filter(({ least, greatest }) => least !== greatest);
  return {
    title: "CONVERGENCE: quantiles with the first samples, and the standard error of the last",
    columns: [left("outcome"), right("samples"), right("P10"), right("P50"), right("P90")],
    rows: moving.flatMap(({ name, convergence, standardErrors, p10, p50, p90 }) => [
      ...convergence.map((at) => [
        NAMES[name].title,
        count(at.samples),
        ...[at.p10, at.p50, at.p90].map(NAMES[name].text),
      ]),
      [
        "",
        "standard error",
        ...(
          [
            [standardErrors.p10, p10],
            [standardErrors.p50, p50],
            [standardErrors.p90, p90],
          ] as const
        ).map(([error, value]) => (value === 0 ? "-" : `${((100 * error) / value).toPrecision(2)} %`)),
      ],
    ]),
    below: moving.length === 0 ? ["nothing moves"] : [],
  };
}

function tornadoSections(outcome: OutcomeSpread, { unknowns }: Sensitivity): Section[] {
  const { name, nominal, jointVarianceShare } = outcome;
  const { title, text } = NAMES[name];
  const effectOn = ({ effects }: UnknownSpread) => effects.find((effect) => effect.outcome === name);
  const swingOf = (unknown: UnknownSpread): number => {
    const effect = effectOn(unknown);
    return effect === undefined ? 0 : Math.abs(effect.atHigh - effect.atLow);
  };
  const ranked = unknowns
    .filter((unknown) => swingOf(unknown) > 0)
    .toSorted((a, b) => swingOf(b) - swingOf(a));
  if (ranked.length === 0) return [];
  const leftOut = ranked.length - MOST_ROWS;
  return [
    {
      title: `TORNADO of ${title}: ${text(nominal)} with all at typical, one at a time at its ends`,
      columns: [
        left("unknown"),
        left("written"),
        left("status"),
        right("low"),
        right("typical"),
        right("high"),
        right("at low"),
        right("at high"),
        right("swing"),
        right("variance"),
        left("placement"),
      ],
      rows: ranked.slice(0, MOST_ROWS).map((unknown) => {
        const { path, at, status, low, typical, high, dimension, changesPlacement } = unknown;
        const effect = effectOn(unknown);
        return [
          path,
          at ?? "-",
          status,
          ...[low, typical, high].map((value) =>
            dimension === "number"
              ? String(Number(value.toPrecision(4)))
              : formatEngineering(value, dimension, 4),
          ),
          text(effect?.atLow ?? 0),
          text(effect?.atHigh ?? 0),
          shareOf(swingOf(unknown), nominal),
          share(effect?.varianceShare ?? 0),
          placementText(changesPlacement),
        ];
      }),
      below: [
        ...(leftOut > 0 ? [`and ${leftOut} more, in --json`] : []),
        `swing: difference of the ends over the estimate; variance: share that follows from it alone, ${share(jointVarianceShare)} from several at once`,
      ],
    },
  ];
}

function placementText({ atLow, atHigh }: UnknownSpread["changesPlacement"]): string {
  if (atLow && atHigh) return "other at both ends";
  if (atLow) return "other at low";
  return atHigh ? "other at high" : "same";
}
