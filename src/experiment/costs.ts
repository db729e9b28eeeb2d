import { exact } from "../firmware/exact.js";
import type { Activity } from "../rbnn/activity.js";
import type * as costs from "../report/costs.js";
import type * as lifetime from "../report/lifetime.js";
import type * as report from "../report/report.js";
import { gateBanks } from "../soc/banks.js";
import { timeBaseOf } from "../soc/elapsed.js";
import { energyOf, placeholderShare } from "../soc/energy.js";
import type { Ledger } from "../soc/ledger.js";
import { bottleneckOf, type Stall, stallsOf } from "../soc/stalls.js";
import { type PhaseTime, timeOf } from "../soc/timing.js";
import type { Experiment } from "./load.js";
import { accountPlan, type Counting, type Plan, simulatePlan } from "./plan.js";
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

const COUNTINGS: Readonly<Record<costs.Time["method"], Counting>> = {
  closedForm: accountPlan,
  simulated: simulatePlan,
};

/** Counts, times and prices a plan under an activity. */
export function costsOf(
  experiment: Experiment,
  plan: Plan,
  activity: Activity,
  method: costs.Time["method"],
): Costs {
  const ledgers = COUNTINGS[method](experiment, plan, activity);
  const training = price(
    experiment,
    plan,
    method,
    ledgers.filter((ledger) => ledger.phase !== "infer"),
  );
  const inference = price(
    experiment,
    plan,
    method,
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

function price(experiment: Experiment, plan: Plan, method: costs.Time["method"], ledgers: readonly Ledger[]) {
  const { firmware } = experiment;
  const chip = gateBanks(experiment.chip, plan.placement);
  const base = timeBaseOf(chip, plan.sensor);
  const times = ledgers.map((ledger) => timeOf(ledger, chip, base, firmware.options.wait));
  const kernelCycles = ledgers.reduce((sum, ledger) => exact(sum + ledger.kernelCycles), 0);
  const energy = energyOf(ledgers, times, chip, plan.sensor, firmware.options.offChipIdle);
  return {
    traffic: ledgers.flatMap((ledger) =>
      ledger.traffic.map(({ bits, ...entry }) => ({ ...entry, bytes: Math.ceil(bits / 8) })),
    ),
    time: { method, ...summarise(times, stallsOf(ledgers, chip, base), kernelCycles, experiment) },
    energy: {
      energyJoules: energy.totalJoules,
      placeholderShare: placeholderShare(energy.entries),
      entries: energy.entries,
      phases: energy.phases,
    },
  };
}

function summarise(
  times: readonly PhaseTime[],
  stalls: readonly Stall[],
  kernelCycles: number,
  { chip }: Experiment,
): Omit<costs.Time, "method"> {
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
  return {
    timeSeconds: cycles / clockHertz,
    cycles,
    clockHertz,
    bottleneck: bottleneckOf(kernelCycles, stalls, chip),
    stalls,
    utilisation,
    phases: times.map(({ phase, iteration, timeSeconds, cycles: phaseCycles }) => ({
      phase,
      iteration,
      timeSeconds,
      cycles: phaseCycles,
    })),
  };
}

function wearOf({ chip }: Experiment, ledgers: readonly Ledger[]): lifetime.Wear[] {
  return chip.offChip.map((memory) => {
    const { name: component, enduranceCycles, enduranceStatus } = memory;
    const isInPlace = memory.rewrite === "inPlace";
    const erasesPerSector = isInPlace ? 0 : mostErases(component, ledgers);
    const writesPerByte = isInPlace ? mostWrites(component, ledgers) : undefined;
    const cycles = writesPerByte ?? erasesPerSector;
    return {
      component,
      erasesPerSector,
      ...(writesPerByte === undefined ? {} : { writesPerByte }),
      enduranceCycles,
      enduranceStatus,
      trainingsUntilWornOut: cycles === 0 || enduranceCycles === null ? null : enduranceCycles / cycles,
    };
  });
}

function mostErases(component: string, ledgers: readonly Ledger[]): number {
  const sectors = sumOf(ledgers.map((ledger) => ledger.erases.get(component)));
  return [...sectors.values()].reduce((most, times) => Math.max(most, times), 0);
}

/** Rows may share a byte, which is then written with each of them. */
function mostWrites(component: string, ledgers: readonly Ledger[]): number {
  const steps = sumOf(ledgers.map((ledger) => ledger.writeSteps.get(component)));
  let [now, most] = [0, 0];
  for (const [, step] of [...steps].toSorted(([a], [b]) => a - b)) {
    now = exact(now + step);
    most = Math.max(most, now);
  }
  return most;
}

function sumOf(parts: readonly (ReadonlyMap<number, number> | undefined)[]): Map<number, number> {
  const total = new Map<number, number>();
  for (const part of parts) {
    for (const [key, amount] of part ?? []) total.set(key, exact((total.get(key) ?? 0) + amount));
  }
  return total;
}
