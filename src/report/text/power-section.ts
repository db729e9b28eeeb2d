import type { Power } from "../costs.js";
import type { Supply } from "../lifetime.js";
import type { Report } from "../report.js";
import { quantity, share } from "./numbers.js";
import { facts, type Section } from "./section.js";

/** "core active 1.4 mW, sram on 12 uW, ...", the hungriest first. */
function blocksText({ peakBlocks }: Power): string {
  return peakBlocks
    .toSorted((a, b) => b.watts - a.watts)
    .filter(({ watts }) => watts > 0)
    .map(
      ({ component, action, state, watts }) => `${component} ${action ?? state} ${quantity(watts, "power")}`,
    )
    .join(", ");
}

function supplyPairs(supply: Supply): [string, string][] {
  const { operatingPoint, coreVolts, efficiency, efficiencyStatus, coreEfficiency, trainingDrawnJoules } =
    supply;
  const pairs: [string, string][] = [];
  if (coreVolts !== undefined) {
    const name = operatingPoint === undefined ? "" : `${operatingPoint}: `;
    pairs.push(["operating point", `${name}core at ${quantity(coreVolts, "voltage")}`]);
  }
  const losses = [
    ...(efficiency === 1
      ? []
      : [`${share(efficiency)} of the battery's energy (${efficiencyStatus}) arrives at the supply`]),
    ...(coreEfficiency === 1 ? [] : [`${share(coreEfficiency)} of the supply's in the core's domain`]),
  ];
  if (losses.length > 0) {
    const drawn = quantity(trainingDrawnJoules, "energy");
    pairs.push(["supply", `${losses.join(", ")}: a training draws ${drawn}`]);
  }
  return pairs;
}

/** What draws most at a moment, and what is lost on the way; absent when nothing ran. */
export function powerSection({ power, supply }: Report): Section | undefined {
  if (power === undefined) return undefined;
  const { averageWatts, peakPhaseWatts, peakWatts, peakMoment } = power;
  const pairs: [string, string][] = [
    ["average", quantity(averageWatts, "power")],
    ["highest phase", quantity(peakPhaseWatts, "power")],
    ["peak, at most", `${quantity(peakWatts, "power")} (${peakMoment}): ${blocksText(power)}`],
    ...(supply === undefined ? [] : supplyPairs(supply)),
  ];
  return { title: "POWER AND SUPPLY", lines: facts(pairs) };
}
