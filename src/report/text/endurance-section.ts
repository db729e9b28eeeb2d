import type { Battery, Report, Wear } from "../report.js";
import { count, quantity, roughly, share } from "./numbers.js";
import { facts, type Section } from "./section.js";

function wearText(wear: Wear): string {
  const { erasesPerSector, enduranceCycles, enduranceStatus, trainingsUntilWornOut } = wear;
  if (trainingsUntilWornOut === null) return "no sector is erased: a training wears nothing";
  return (
    `${roughly(trainingsUntilWornOut)} trainings until worn out: ${count(erasesPerSector)} erases of the most ` +
    `used sector in one training, endurance ${count(enduranceCycles)} erases a sector` +
    (enduranceStatus === undefined ? "" : ` (${enduranceStatus})`)
  );
}

/** "1.5 mA of at most 3 mA", or without a limit; said loudly where it is exceeded. */
function currentText(amperes: number, limit: number | undefined, isExceeded: boolean | undefined): string {
  const demanded = quantity(amperes, "current");
  if (limit === undefined) return demanded;
  return `${demanded} of at most ${quantity(limit, "current")}${isExceeded === true ? ": TOO MUCH" : ""}`;
}

function batteryPairs(battery: Battery): [string, string][] {
  const { capacityJoules, drawnJoules, trainingsPerCharge, selfDischargePerYear } = battery;
  const needs = `${quantity(drawnJoules, "energy")} of ${quantity(capacityJoules, "energy")}`;
  const average = currentText(
    battery.averageCurrentAmperes,
    battery.continuousCurrentLimitAmperes,
    battery.continuousCurrentExceeded,
  );
  const peak = currentText(
    battery.peakCurrentAmperes,
    battery.peakCurrentLimitAmperes,
    battery.peakCurrentExceeded,
  );
  const losses = selfDischargePerYear === undefined ? "" : `; it loses ${share(selfDischargePerYear)} a year`;
  return [
    ["battery", `${roughly(trainingsPerCharge)} trainings per charge: one takes ${needs}${losses}`],
    ["mean current", average],
    ["peak current", peak],
  ];
}

/** How often the device can be trained: by the battery, and by the memories that wear. */
export function enduranceSection({ battery, wear }: Report): Section | undefined {
  const pairs: [string, string][] = wear.map((entry) => [entry.component, wearText(entry)]);
  if (battery !== undefined) pairs.unshift(...batteryPairs(battery));
  return pairs.length === 0 ? undefined : { title: "BATTERY AND WEAR", lines: facts(pairs) };
}
