import type { ActionEnergy, Energy, StateEnergy } from "../costs.js";
import type { Report } from "../report.js";
import { footnotes } from "./footnotes.js";
import { count, quantity, share, shareOf, sumBy, time } from "./numbers.js";
import { facts, type Section } from "./section.js";
import { left, right, table } from "./table.js";

type Entry = ActionEnergy | StateEnergy;

const amount = (entry: Entry): string => ("action" in entry ? count(entry.count) : time(entry.timeSeconds));

const rate = (entry: Entry): string =>
  "action" in entry
    ? `x ${quantity(entry.joulesPerAction, "energy")}`
    : `x ${quantity(entry.watts, "power")}`;

/** "core 35.72 J (49.4 %), ...", the hungriest first. */
function byComponent({ energyJoules, entries }: Energy): string {
  const sums = sumBy(
    entries,
    ({ component }) => component,
    (entry) => entry.energyJoules,
  );
  return [...sums]
    .toSorted(([, a], [, b]) => b - a)
    .map(
      ([component, joules]) =>
        `${component} ${quantity(joules, "energy")} (${shareOf(joules, energyJoules)})`,
    )
    .join(", ");
}

function energyLines(energy: Energy): string[] {
  const { energyJoules, placeholderShare, entries } = energy;
  const sources = footnotes(entries.map(({ source }) => source));
  const rows = entries.map((entry) => [
    entry.component,
    "action" in entry ? entry.action : `${entry.state} (state)`,
    amount(entry),
    rate(entry),
    quantity(entry.energyJoules, "energy"),
    shareOf(entry.energyJoules, energyJoules),
    entry.status,
    sources.reference(entry.source),
  ]);
  const columns = [
    left("component"),
    left("action or state"),
    right("count or time"),
    right("cost of one, or power"),
    right("energy"),
    right("share"),
    left("status"),
    left("source"),
  ];
  const total = ["total", "", "", "", quantity(energyJoules, "energy"), "100.0 %", "", ""];
  const guesses = `${share(placeholderShare)} of the energy rests on guesses without a source, to be replaced`;
  return [
    ...table(columns, rows, total),
    ...facts([
      ["by component", byComponent(energy)],
      ["placeholders", guesses],
    ]),
    ...sources.lines,
  ];
}

/** Every energy entry of the training with its origin; absent when nothing ran. */
export function energySection({ energy }: Report): Section | undefined {
  return energy && { title: "ENERGY OF THE TRAINING BY COMPONENT", lines: energyLines(energy) };
}
