import type { Report, Wear } from "../report.js";
import { count, plural, quantity } from "./numbers.js";
import { facts, type Section } from "./section.js";

const roughly = (value: number): string =>
  value >= 1000 ? count(Math.floor(value)) : String(Number(value.toPrecision(3)));

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

/** How often the device can be trained: by the battery, and by the memories that wear. */
export function enduranceSection({ battery, wear }: Report): Section | undefined {
  const pairs: [string, string][] = wear.map((entry) => [entry.component, wearText(entry)]);
  if (battery !== undefined) {
    const { capacityJoules, trainingEnergyJoules, trainingsPerCharge } = battery;
    const needs = `${quantity(trainingEnergyJoules, "energy")} of ${quantity(capacityJoules, "energy")}`;
    pairs.unshift(["battery", `${roughly(trainingsPerCharge)} trainings per charge: one takes ${needs}`]);
  }
  return pairs.length === 0 ? undefined : { title: "BATTERY AND WEAR", lines: facts(pairs) };
}
