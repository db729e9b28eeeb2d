import type * as costs from "../report/costs.js";
import type * as lifetime from "../report/lifetime.js";
import type * as report from "../report/report.js";
import { gateBanks } from "../soc/banks.js";
import type { Chip } from "../soc/chip.js";
import type { Battery } from "../soc/components/battery.js";
import type { Figure } from "../soc/costs.js";
import { drawnJoules, drawnWatts } from "../soc/drawn.js";
import { type Moment, momentsOf } from "../soc/power.js";
import { formatQuantity } from "../units/format.js";
import { dutyOf } from "./duty.js";
import type { Experiment } from "./load.js";
import type { Plan } from "./plan.js";

/** Time and energy of the training or of an inference. */
interface Priced {
  readonly time: costs.Time;
  readonly energy: costs.Energy;
}

export interface PricedRuns {
  readonly training: Priced;
  readonly inference: Priced;
  readonly wear: readonly lifetime.Wear[];
}

/** Power, supply, battery and duty of a priced training. @throws ConfigError if the day's work takes longer than a day */
export function powerOf(
  experiment: Experiment,
  plan: Plan,
  { training, inference, wear }: PricedRuns,
): Pick<report.Report, "power" | "supply" | "battery" | "duty"> & { readonly notes: readonly string[] } {
  const { chip } = experiment;
  const { peakDrawnWatts, ...power } = trainingPower(experiment, plan, training);
  const jobs = { training: jobOf(chip, training), inference: jobOf(chip, inference) };
  const battery = batteryOf(chip, training.time, jobs.training, peakDrawnWatts);
  const duty = dutyOf(experiment, plan, { ...jobs, wear });
  return {
    power,
    supply: supplyOf(chip, jobs.training.drawnJoules, jobs.inference.drawnJoules),
    ...(battery === undefined ? {} : { battery }),
    ...(duty === undefined ? {} : { duty }),
    notes: battery === undefined ? [] : currentNotes(chip.battery as Battery, battery),
  };
}

function jobOf(chip: Chip, { time, energy }: Priced) {
  return {
    timeSeconds: time.timeSeconds,
    energyJoules: energy.energyJoules,
    drawnJoules: drawnJoules(chip, energy.entries),
  };
}

/** The powers of a training, and its peak as the battery sees it. */
function trainingPower(
  { chip, firmware }: Experiment,
  { placement, sensor }: Plan,
  { time, energy }: Priced,
): costs.Power & { readonly peakDrawnWatts: number } {
  const { wait, offChipIdle, buffering } = firmware.options;
  const done = new Set(
    energy.entries.map((entry) => `${entry.component} ${"action" in entry ? entry.action : ""}`),
  );
  // A sensor without an energy a byte has no entry of its action, but is active.
  if (
    energy.entries.some(
      (entry) => entry.component === sensor?.name && "state" in entry && entry.state === "active",
    )
  ) {
    done.add(`${sensor?.name} read`);
  }
  const moments = momentsOf(
    gateBanks(chip, placement),
    sensor,
    { wait, offChipIdle, overlaps: buffering !== "single" },
    (component, action) => done.has(`${component} ${action}`),
  );
  const wattsOf = ({ blocks }: Moment): number => blocks.reduce((sum, { watts }) => sum + watts, 0);
  const highest = moments.reduce((most, next) => (wattsOf(next) > wattsOf(most) ? next : most));
  const phases = energy.phases.map(({ energyJoules }, index) => {
    const seconds = time.phases[index]?.timeSeconds ?? 0;
    return seconds === 0 ? 0 : energyJoules / seconds;
  });
  const peakPhaseWatts = Math.max(...phases);
  return {
    averageWatts: time.timeSeconds === 0 ? 0 : energy.energyJoules / time.timeSeconds,
    peakWatts: Math.max(wattsOf(highest), peakPhaseWatts),
    peakPhaseWatts,
    peakMoment: highest.name,
    peakBlocks: highest.blocks,
    peakDrawnWatts: Math.max(...moments.map(({ blocks }) => drawnWatts(chip, blocks))),
  };
}

function supplyOf(
  { supply }: Chip,
  trainingDrawnJoules: number,
  inferenceDrawnJoules: number,
): lifetime.Supply {
  const { volts, operatingPoint, core, efficiency, coreEfficiency } = supply;
  return {
    voltageVolts: volts,
    ...(operatingPoint === undefined ? {} : { operatingPoint }),
    ...(core === undefined ? {} : { coreVolts: core.volts }),
    efficiency: efficiency?.value ?? 1,
    ...(efficiency === undefined
      ? {}
      : { efficiencyStatus: efficiency.status, efficiencySource: efficiency.source }),
    coreEfficiency,
    trainingDrawnJoules,
    inferenceDrawnJoules,
  };
}

function batteryOf(
  { battery }: Chip,
  { timeSeconds }: costs.Time,
  { energyJoules, drawnJoules: drawn }: { readonly energyJoules: number; readonly drawnJoules: number },
  peakDrawnWatts: number,
): lifetime.Battery | undefined {
  if (battery === undefined || drawn === 0) return undefined;
  const { capacityJoules, volts, continuousCurrent, peakCurrent, selfDischargePerYear } = battery;
  const averageCurrentAmperes = timeSeconds === 0 ? 0 : drawn / timeSeconds / volts;
  const peakCurrentAmperes = Math.max(peakDrawnWatts / volts, averageCurrentAmperes);
  return {
    capacityJoules,
    trainingEnergyJoules: energyJoules,
    drawnJoules: drawn,
    trainingsPerCharge: capacityJoules / drawn,
    averageCurrentAmperes,
    ...(continuousCurrent === undefined
      ? {}
      : {
          continuousCurrentLimitAmperes: continuousCurrent.value,
          continuousCurrentExceeded: averageCurrentAmperes > continuousCurrent.value,
        }),
    peakCurrentAmperes,
    ...(peakCurrent === undefined
      ? {}
      : {
          peakCurrentLimitAmperes: peakCurrent.value,
          peakCurrentExceeded: peakCurrentAmperes > peakCurrent.value,
        }),
    ...(selfDischargePerYear === undefined ? {} : { selfDischargePerYear: selfDischargePerYear.value }),
  };
}

/** What the training asks of the battery beyond its limits, with where they are written. */
function currentNotes(battery: Battery, demanded: lifetime.Battery): string[] {
  const { averageCurrentAmperes, continuousCurrentExceeded, peakCurrentAmperes, peakCurrentExceeded } =
    demanded;
  const note = (what: string, amperes: number, limit: Figure | undefined): string =>
    `${what} ${formatQuantity(amperes, "current", 3)} from the battery, above its limit of ` +
    `${formatQuantity(limit?.value ?? 0, "current", 3)}: ${limit?.source}`;
  const notes: string[] = [];
  if (continuousCurrentExceeded === true) {
    notes.push(note("a training draws on average", averageCurrentAmperes, battery.continuousCurrent));
  }
  if (peakCurrentExceeded === true) {
    notes.push(note("a training draws at its peak up to", peakCurrentAmperes, battery.peakCurrent));
  }
  return notes;
}
