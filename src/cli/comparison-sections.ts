import { count, quantity, time } from "../report/text/numbers.js";
import { left, right } from "../report/text/table.js";
import type { BaselineComparison } from "../studies/compare/baseline.js";
import type { ComparedQuantity, Comparison } from "../studies/compare/compare.js";
import type { InputChange, Place } from "../studies/compare/input-changes.js";
import { DAY_ENERGY } from "../studies/compare/quantities.js";
import type { BillChange } from "../studies/compare/reprice.js";
import type { Section } from "./sections.js";
import { shownPair } from "./value-pair.js";

/** Rows of a table that nobody would read to its end. */
const MOST_ROWS = 12;

const energy = (joules: number): string => quantity(joules, "energy");

/** "+1.20 mJ" */
const signed = (text: string): string =>
  /^[-0]/.test(text) && !/^0\.?\d*[1-9]/.test(text) ? text : `+${text}`;

function valueText(value: number | null, unit: ComparedQuantity["unit"]): string {
  if (value === null) return "-";
  switch (unit) {
    case "s":
      return time(value);
    case "J":
      return energy(value);
    case "W":
      return quantity(value, "power");
    case "%":
      return `${value.toFixed(2)} %`;
    case "1":
      return count(Number(value.toPrecision(6)));
    case "d":
      return `${count(Number(value.toPrecision(4)))} days`;
    case "%/J":
      return `${value.toPrecision(4)} %/J`;
    default:
      return `${count(value)} ${unit}`;
  }
}

const ratio = (before: number | null, after: number | null): string =>
  before === null || after === null || before === 0 ? "-" : (after / before).toPrecision(4);

const share = (part: number, whole: number): string =>
  whole === 0 ? "-" : `${((100 * part) / whole).toFixed(1)} %`;

/** The parts of a comparison, for text and Markdown alike. */
export function comparisonSections(comparison: Comparison): Section[] {
  return [quantitiesSection(comparison), ...energySections(comparison), ...inputSections(comparison)];
}

/** The parts of a comparison with conventional networks. */
export function baselineSections({ path, baselines, notes }: BaselineComparison): Section[] {
  const parts = baselines.map(({ name, meaning, settings, quantities }) => ({
    title: `BNN of ${name}: ${meaning}`,
    columns: [left("quantity"), right("RBNN"), right("BNN"), right("BNN / RBNN")],
    rows: quantities.map(({ name: what, unit, before, after }) => [
      what,
      valueText(before, unit),
      valueText(after, unit),
      ratio(before, after),
    ]),
    below: [`with ${settings.map((setting) => `--set "${setting}"`).join(" ")}`],
  }));
  const head = { title: `COMPARE: ${path} with conventional binary networks`, columns: [], rows: [] };
  return [{ ...head, below: notes.map((note) => `note: ${note}`) }, ...parts];
}

function quantitiesSection({ before, after, quantities, notes }: Comparison): Section {
  return {
    title: `COMPARE: A = ${before.path}, B = ${after.path}`,
    columns: [left("quantity"), right("A"), right("B"), right("B / A")],
    rows: [
      ...(["experiment", "chip", "firmware", "workload", "activity"] as const).map((key) => [
        key,
        before[key],
        after[key],
        before[key] === after[key] ? "same" : "",
      ]),
      ...quantities.map(({ name, unit, before: was, after: is }) => [
        name,
        valueText(was, unit),
        valueText(is, unit),
        ratio(was, is),
      ]),
    ],
    below: notes.map((note) => `note: ${note}`),
  };
}

function energySections({ energy: compared }: Comparison): Section[] {
  if (compared === undefined) return [];
  const { differenceJoules, changes, phases, traffic } = compared;
  if (changes.length === 0) {
    return [{ title: "ENERGY: no action and no state differs", columns: [], rows: [], below: [] }];
  }
  return [
    {
      title: `ENERGY: B - A = ${signed(energy(differenceJoules))}, from`,
      columns: [
        left("component"),
        left("action or state"),
        right("A"),
        right("B"),
        right("by count"),
        right("by cost"),
        right("difference"),
        right("share"),
      ],
      rows: changes
        .slice(0, MOST_ROWS)
        .map((change) => [
          change.component,
          change.of,
          count(Number(change.before.toPrecision(12))),
          count(Number(change.after.toPrecision(12))),
          signed(energy(change.byCountJoules)),
          signed(energy(change.byCostJoules)),
          signed(energy(change.differenceJoules)),
          share(change.differenceJoules, differenceJoules),
        ]),
      below: [
        "by count: (B - A) x the cost in A; by cost: B x the change of cost",
        ...leftOut(changes.length),
      ],
    },
    ...(phases.length === 0
      ? []
      : [
          {
            title: "PHASES it arises in, whatever uses the energy",
            columns: [
              left("phase"),
              right("it."),
              right("A"),
              right("B"),
              right("difference"),
              right("share"),
            ],
            rows: phases
              .slice(0, MOST_ROWS)
              .map((change) => [
                change.phase,
                String(change.iteration),
                energy(change.before),
                energy(change.after),
                signed(energy(change.differenceJoules)),
                share(change.differenceJoules, differenceJoules),
              ]),
            below: leftOut(phases.length),
          },
        ]),
    ...(traffic.length === 0
      ? []
      : [
          {
            title: "TRAFFIC behind it, by tensor, phase and iteration",
            columns: [
              left("component"),
              left("action"),
              left("tensor"),
              left("phase"),
              right("it."),
              right("A"),
              right("B"),
              right("difference"),
            ],
            rows: traffic
              .slice(0, MOST_ROWS)
              .map((change) => [
                change.component,
                change.action,
                change.tensor,
                change.phase,
                String(change.iteration),
                count(change.before),
                count(change.after),
                signed(energy(change.differenceJoules)),
              ]),
            below: leftOut(traffic.length),
          },
        ]),
  ];
}

const leftOut = (rows: number): string[] =>
  rows <= MOST_ROWS ? [] : [`and ${rows - MOST_ROWS} smaller ones; --json has them all`];

function inputSections({ inputs, quantities }: Comparison): Section[] {
  if (inputs === undefined) return [];
  const { changes, interaction } = inputs;
  if (changes.length === 0) {
    return [{ title: "INPUTS: no value differs", columns: [], rows: [], below: [] }];
  }
  const differenceOf = (name: string): number => {
    const found = quantities.find((quantityOf) => quantityOf.name === name);
    return (found?.after ?? 0) - (found?.before ?? 0);
  };
  const total = differenceOf("training energy");
  const hasDay = interaction.dayJoules !== null;
  const cells = ({ energyJoules, timeSeconds, dayJoules }: BillChange): string[] => [
    ...(energyJoules === null || timeSeconds === null
      ? ["-", "-", "-"]
      : [signed(energy(energyJoules)), share(energyJoules, total), signed(time(timeSeconds))]),
    ...(hasDay ? [dayJoules === null ? "-" : signed(energy(dayJoules))] : []),
  ];
  return [
    {
      title: "INPUTS that differ, each changed in A by itself",
      columns: [
        left("where in B (else in A)"),
        left("value"),
        left("A"),
        left("B"),
        right("energy"),
        right("share"),
        right("time"),
        ...(hasDay ? [right(DAY_ENERGY)] : []),
      ],
      rows: [
        ...changes.map((change) => [
          placeText(change.writtenAfter ?? change.writtenBefore),
          change.path,
          ...shownPair(change.before, change.after),
          ...cells(change),
        ]),
        ["", "interaction: what these do not add up to", "", "", ...cells(interaction)],
      ],
      below: changes.some(({ energyJoules }: InputChange) => energyJoules === null)
        ? ["-: cannot be changed by itself; its part is in the interaction"]
        : [],
    },
  ];
}

const placeText = (place: Place | null): string => (place === null ? "-" : `${place.path}:${place.line}`);
