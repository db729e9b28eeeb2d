import type { Battery, Wear } from "../lifetime.js";
import type { Report } from "../report.js";
import { count, plural, quantity, roughly, share } from "./numbers.js";
import { facts, type Section } from "./section.js";

function wearText(wear: Wear): string {
  const { erasesPerSector, writesPerByte, enduranceCycles, enduranceStatus, trainingsUntilWornOut } = wear;
  const [cycles, what, where] =
    writesPerByte === undefined
      ? ([erasesPerSector, "erase", "sector"] as const)
      : ([writesPerByte, "write", "byte"] as const);
  const status = enduranceStatus === undefined ? "" : ` (${enduranceStatus})`;
  if (cycles === 0) {
    return `no ${where} is ${writesPerByte === undefined ? "erased" : "written"}: a training wears nothing`;
  }
  const most = `${plural(cycles, what)} of the most used ${where} in one training`;
  if (enduranceCycles === null || trainingsUntilWornOut === null) {
    return `never worn out: ${most}, endurance unlimited${status}`;
  }
  const endurance = `endurance ${count(enduranceCycles)} ${what}s a ${where}${status}`;
  return `${roughly(trainingsUntilWornOut)} trainings until worn out: ${most}, ${endurance}`;
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
