import type { Report } from "../../report/report.js";

/** A number of a report that is compared side by side; the unit as in its name. */
export interface Quantity {
  readonly name: string;
  readonly unit: "s" | "J" | "W" | "B" | "bit" | "%" | "%/J" | "d" | "1";
  readonly of: (report: Report) => number | undefined | null;
}

/** What experiments with a duty are told by. */
export const DAY_ENERGY = "energy of a day";

/** In the order of the report. Those that neither side has are left out. */
export const QUANTITIES: readonly Quantity[] = [
  { name: "test error", unit: "%", of: ({ accuracy }) => accuracy.testErrorPercent },
  { name: "weight storage", unit: "bit", of: ({ storage }) => storage.weights.bits },
  { name: "final weights", unit: "1", of: ({ storage }) => storage.weights.finalWeights },
  { name: "on chip, peak", unit: "B", of: ({ storage }) => storage.onChip.peakBytes },
  { name: "off chip", unit: "B", of: ({ storage }) => storage.offChip.bytes },
  { name: "training time", unit: "s", of: ({ time }) => time?.timeSeconds },
  { name: "training energy", unit: "J", of: ({ energy }) => energy?.energyJoules },
  { name: "time a sample", unit: "s", of: ({ perSample }) => perSample?.timeSeconds },
  { name: "energy a sample", unit: "J", of: ({ perSample }) => perSample?.energyJoules },
  { name: "inference time", unit: "s", of: ({ inference }) => inference?.timeSeconds },
  { name: "inference energy", unit: "J", of: ({ inference }) => inference?.energyJoules },
  { name: "average power", unit: "W", of: ({ power }) => power?.averageWatts },
  { name: "peak power", unit: "W", of: ({ power }) => power?.peakWatts },
  { name: "trainings per charge", unit: "1", of: ({ battery }) => battery?.trainingsPerCharge },
  { name: DAY_ENERGY, unit: "J", of: ({ duty }) => duty?.energyJoules },
  { name: "life of a charge", unit: "d", of: ({ duty }) => duty?.batteryLife?.days },
  { name: "life until worn out", unit: "d", of: ({ duty }) => duty?.wearLife?.days },
  { name: "trainings until worn out", unit: "1", of: ({ wear }) => leastOf(wear) },
];

function leastOf(wear: Report["wear"]): number | undefined {
  const known = wear.flatMap(({ trainingsUntilWornOut }) =>
    trainingsUntilWornOut === null ? [] : [trainingsUntilWornOut],
  );
  return known.length === 0 ? undefined : Math.min(...known);
}
