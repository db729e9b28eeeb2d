import { exact } from "../firmware/exact.js";
import type { Activity } from "../rbnn/activity.js";
import type * as report from "../report/report.js";
import { gateBanks } from "../soc/banks.js";
import { energyOf } from "../soc/energy.js";
import type { Ledger } from "../soc/ledger.js";
import { type PhaseTime, timeOf } from "../soc/timing.js";
import type { Experiment } from "./load.js";
import { accountPlan, type Plan } from "./plan.js";
import { powerOf } from "./power.js";

/** The part of a report that follows from an activity. */
export type Costs = Pick<
  report.Report,
  "traffic" | "time" | "energy" | "power" | "perSample" | "inference" | "wear" | "supply" | "battery" | "duty"
> & {
  readonly exactOperations: report.Operations["exact"];
  /** What a reader has to know about the demands on battery and supply. */
  readonly powerNotes: readonly string[];
};

/** Counts, times and prices a plan under an activity. */
export function costsOf(experiment: Experiment, plan: Plan, activity: Activity): Costs {
  const ledgers = accountPlan(experiment, plan, activity);
  const training = price(
    experiment,
    plan,
    ledgers.filter((ledger) => ledger.phase !== "infer"),
  );
  const inference = price(
    experiment,
    plan,
    ledgers.filter((ledger) => ledger.phase === "infer"),
  );
  const epochs = activity.iterations.reduce((sum, iteration) => sum + iteration.epochs, 0);
  const samples = epochs * plan.run.batchesPerEpoch * plan.run.batch;
  const { time, energy } = training;
  const wear = wearOf(experiment, ledgers);
  const { notes: powerNotes, ...powered } = powerOf(experiment, plan, { training, inference, wear });
  return {
    traffic: training.traffic,
    time,
    energy,
    perSample: { timeSeconds: time.timeSeconds / samples, energyJoules: energy.energyJoules / samples },
    inference: {
      timeSeconds: inference.time.timeSeconds,
      cycles: inference.time.cycles,
      energyJoules: inference.energy.energyJoules,
      traffic: inference.traffic,
    },
    wear,
    ...powered,
    powerNotes,
    exactOperations: ledgers.flatMap(({ phase, iteration, operations }) =>
      [...operations].map(([op, count]) => ({ phase, iteration, op, count })),
    ),
  };
}

function price(experiment: Experiment, plan: Plan, ledgers: readonly Ledger[]) {
  const { firmware } = experiment;
  const chip = gateBanks(experiment.chip, plan.placement);
  const times = ledgers.map((ledger) => timeOf(ledger, chip, plan.sensor, firmware.options.wait));
  const energy = energyOf(ledgers, times, chip, plan.sensor, firmware.options.offChipIdle);
  const guessed = energy.entries
    .filter((entry) => entry.status === "placeholder")
    .reduce((sum, entry) => sum + entry.energyJoules, 0);
  return {
    traffic: ledgers.flatMap((ledger) =>
      ledger.traffic.map(({ bits, ...entry }) => ({ ...entry, bytes: Math.ceil(bits / 8) })),
    ),
    time: summarise(times, experiment),
    energy: {
      energyJoules: energy.totalJoules,
      placeholderShare: energy.totalJoules === 0 ? 0 : guessed / energy.totalJoules,
      entries: energy.entries,
      phases: energy.phases,
    },
  };
}

function summarise(times: readonly PhaseTime[], { chip }: Experiment): report.Time {
  const { clockHertz } = chip.core;
  const cycles = times.reduce((sum, time) => exact(sum + time.cycles), 0);
  const busy = new Map<string, number>([[chip.core.name, 0]]);
  for (const time of times) {
    busy.set(chip.core.name, (busy.get(chip.core.name) ?? 0) + time.coreBusyCycles);
    for (const [component, seconds] of time.busySeconds) {
      busy.set(component, (busy.get(component) ?? 0) + seconds * clockHertz);
    }
  }
  const utilisation = [...busy]
    .map(([component, busyCycles]) => ({ component, busyCycles: Math.round(busyCycles) }))
    .filter(({ busyCycles }) => busyCycles > 0);
  const busiest = utilisation.reduce((most, block) => (block.busyCycles > most.busyCycles ? block : most), {
    component: chip.core.name,
    busyCycles: 0,
  });
  return {
    timeSeconds: cycles / clockHertz,
    cycles,
    clockHertz,
    bottleneck: busiest.component,
    utilisation,
    phases: times.map(({ phase, iteration, timeSeconds, cycles: phaseCycles }) => ({
      phase,
      iteration,
      timeSeconds,
      cycles: phaseCycles,
    })),
  };
}

function wearOf({ chip }: Experiment, ledgers: readonly Ledger[]): report.Wear[] {
  return chip.offChip.map((memory) => {
    const sectors = new Map<number, number>();
    for (const ledger of ledgers) {
      for (const [sector, times] of ledger.erases.get(memory.name) ?? []) {
        sectors.set(sector, exact((sectors.get(sector) ?? 0) + times));
      }
    }
    const erasesPerSector = [...sectors.values()].reduce((most, times) => Math.max(most, times), 0);
    return {
      component: memory.name,
      erasesPerSector,
      enduranceCycles: memory.enduranceErases,
      enduranceStatus: memory.enduranceStatus,
      trainingsUntilWornOut: erasesPerSector === 0 ? null : memory.enduranceErases / erasesPerSector,
    };
  });
}
