import type { DayShare, Duty, Life } from "../lifetime.js";
import type { Report } from "../report.js";
import { footnotes } from "./footnotes.js";
import { count, time as formatTime, quantity, roughly, shareOf } from "./numbers.js";
import { facts, type Section } from "./section.js";
import { left, right, table } from "./table.js";

const lifeText = ({ days, years }: Life): string =>
  `${roughly(days)} days (${Number(years.toPrecision(3))} years)`;

function dayTable({ day, energyJoules, drawnJoules }: Duty): string[] {
  const row = (name: string, { timeSeconds, energyJoules: joules, drawnJoules: drawn }: DayShare) => [
    name,
    formatTime(timeSeconds),
    quantity(joules, "energy"),
    shareOf(joules, energyJoules),
    quantity(drawn, "energy"),
  ];
  const columns = [left("a day"), right("time"), right("energy"), right("share"), right("drawn")];
  const rows = [row("training", day.training), row("inference", day.inference), row("sleep", day.sleep)];
  const total = ["total", "86,400 s", quantity(energyJoules, "energy"), "100.0 %"];
  return table(columns, rows, [...total, quantity(drawnJoules, "energy")]);
}

function sleepTable({ sleep }: Duty): string[] {
  const { sleepWatts, entries } = sleep;
  const joules = entries.reduce((sum, { energyJoules }) => sum + energyJoules, 0);
  const sources = footnotes(entries.map(({ source }) => source));
  const rows = entries.map(({ component, state, watts, energyJoules, status, source }) => [
    component,
    state,
    quantity(watts, "power"),
    quantity(energyJoules, "energy"),
    shareOf(energyJoules, joules),
    status,
    sources.reference(source),
  ]);
  const columns = [
    left("asleep"),
    left("state"),
    right("power"),
    right("energy a day"),
    right("share"),
    left("status"),
    left("source"),
  ];
  const total = ["total", "", quantity(sleepWatts, "power"), quantity(joules, "energy"), "100.0 %", "", ""];
  return [...table(columns, rows, total), ...sources.lines];
}

/** A mean day and how long the device lasts; absent where the experiment names no duty. */
export function dutySection({ duty }: Report): Section | undefined {
  if (duty === undefined) return undefined;
  const { trainingsPerDay, inferencesPerDay, averageWatts, batteryLife, wearLife, limit } = duty;
  const pairs: [string, string][] = [
    ["duty", `${count(trainingsPerDay)} trainings and ${count(inferencesPerDay)} inferences a day`],
    ["average", quantity(averageWatts, "power")],
  ];
  if (batteryLife !== undefined) pairs.push(["battery", `one charge lasts ${lifeText(batteryLife)}`]);
  if (wearLife !== undefined) {
    pairs.push(["wear", `${wearLife.component} is worn out after ${lifeText(wearLife)}`]);
  }
  if (limit !== undefined) pairs.push(["ends first", limit]);
  return { title: "DUTY AND LIFETIME", lines: [...dayTable(duty), ...facts(pairs), ...sleepTable(duty)] };
}
