import type { Report, Wear } from "../report.js";
import { count, quantity } from "./numbers.js";
import { facts, type Section } from "./section.js";

const roughly = (value: number): string =>
  value >= 1000 ? count(Math.floor(value)) : String(Number(value.toPrecision(3)));

function wearText(wear: Wear): string {
  const { erasesPerSector, enduranceCycles, enduranceStatus, trainingsUntilWornOut } = wear;
  if (trainingsUntilWornOut === null) return "no sector is erased: a training wears nothing";
  return (
    `${roughly(trainingsUntilWornOut)} trainings until worn out: ${count(erasesPerSector)} erases of the most ` +
    `used sector in one training, endurance ${count(enduranceCycles)} erases a sector` +
    (enduranceStatus === undefined ? "" : ` (${enduranceStatus})`)
  );
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
