import type { ChipConfig } from "./chip-schema.js";
import { dynamicFactor } from "./core-domain.js";
import type { ReportProblem, Supply } from "./supply.js";

/** A memory in the core's domain needs a core with one. */
export function checkDomains({ supply, components }: ChipConfig, report: ReportProblem): void {
  if (supply.core !== undefined) return;
  for (const [name, component] of Object.entries(components)) {
    if (!("domain" in component) || component.domain !== "core") continue;
    const message =
      "domain: core needs supply.core.voltage, the voltage at which the domain's figures are stated";
    report(["components", name, "domain"], "does-not-fit", message);
  }
}

/** What follows from how a chip is powered, and what is left out. */
export function powerNotes(config: ChipConfig, supply: Supply): string[] {
  return [...pointNotes(config, supply), ...batteryNotes(config)];
}

function pointNotes({ components }: ChipConfig, { operatingPoint, core }: Supply): string[] {
  if (operatingPoint === undefined || core === undefined || core.volts === core.nominalVolts) return [];
  const memories = Object.entries(components).flatMap(([name, component]) =>
    "domain" in component ? [{ name, inDomain: component.domain === "core" }] : [],
  );
  const names = (inDomain: boolean): string[] =>
    memories.filter((memory) => memory.inDomain === inDomain).map(({ name }) => name);
  const factor = Number(dynamicFactor(core).toPrecision(4));
  const scaled = ["the core", ...names(true)].join(", ");
  const others = names(false);
  const apart = others.length === 0 ? "" : `; ${others.join(", ")} not (domain: core)`;
  return [
    `operating point ${operatingPoint}: at ${core.volts} V, dynamic energies of ${scaled} are ${factor} of those at ${core.nominalVolts} V${apart}; sleep power, leakage and access times do not follow the voltage`,
  ];
}

function batteryNotes({ supply, components }: ChipConfig): string[] {
  const battery =
    Object.values(components).find((component) => component.kind === "battery") ?? supply.battery;
  if (battery === undefined || typeof battery === "string" || supply.efficiency !== undefined) return [];
  const { cutoff } = battery;
  const starved = Object.entries(components).flatMap(([name, component]) => {
    if (cutoff === undefined || !("supply" in component) || component.supply.low <= cutoff) return [];
    return [
      `${name} needs ${component.supply.low} V, but the battery's charge is stated down to ${cutoff} V: without a converter part of it is of no use`,
    ];
  });
  return ["no supply.efficiency is given: what the battery gives arrives without loss", ...starved];
}
