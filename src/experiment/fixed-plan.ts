import { lower } from "../firmware/lower.js";
import { type Activity, boundActivity } from "../rbnn/activity.js";
import type { Wear } from "../report/lifetime.js";
import { book, type CountedPhase, countPhases } from "../soc/account.js";
import { gateBanks } from "../soc/banks.js";
import type { Chip } from "../soc/chip.js";
import { drawnJoules, efficiencyOf } from "../soc/drawn.js";
import { batteryDays, dayOf, type Job, SECONDS_PER_DAY, wearDays } from "../soc/duty.js";
import { timeBaseOf } from "../soc/elapsed.js";
import { type EnergyEntry, entriesOf, placeholderShare } from "../soc/energy.js";
import { type FixedWork, fixedTimes, fixedWorkOf } from "../soc/fixed-work.js";
import { sleepPowers } from "../soc/sleep.js";
import type { Experiment } from "./load.js";
import { exactly, located, type Plan, planOf } from "./plan.js";

/** What a chip makes of a training that is laid out and counted already. */
export interface Outcomes {
  readonly energyJoules: number;
  readonly timeSeconds: number;
  /** Trainings that one charge is good for; only with a battery, and without a duty. */
  readonly trainingsPerCharge?: number;
  /** Days until the battery is empty or a memory worn out, whichever comes first; 0 if the day's work takes longer than a day. Only with a duty. */
  readonly lifeDays?: number;
}

interface Works {
  readonly training: FixedWork;
  readonly inference: FixedWork;
}

/**
 * An experiment with its placement and counts fixed: prices chips that differ from its own in costs and times alone, as `estimate` prices
 * them, tens of thousands a second.
 */
export class FixedPlan {
  readonly plan: Plan;
  readonly #experiment: Experiment;
  readonly #wear: readonly Wear[];
  readonly #phases: readonly CountedPhase[];
  readonly #works = new Map<string, Works>();

  /**
   * @param wear of the memories, from the report of the experiment
   * @throws ConfigError as `estimate` does
   */
  constructor(experiment: Experiment, wear: readonly Wear[], activity?: Activity) {
    this.#experiment = experiment;
    this.#wear = wear;
    this.plan = planOf(experiment);
    const { run, program } = this.plan;
    const invocations = lower(run, activity ?? boundActivity(experiment.workload, experiment.shape));
    this.#phases = located(experiment, () =>
      exactly(experiment, () => countPhases(invocations, program, experiment.chip)),
    );
  }

  outcomesOf(chip: Chip): Outcomes {
    const { training, inference } = this.#worksOn(chip);
    const trained = this.#price(training, chip);
    const { energyJoules, timeSeconds, drawnJoules: drawn } = trained;
    const { battery } = chip;
    const { duty } = this.#experiment;
    if (duty !== undefined) {
      const lifeDays = this.#lifeDays(chip, trained, this.#price(inference, chip));
      return { energyJoules, timeSeconds, ...(lifeDays === undefined ? {} : { lifeDays }) };
    }
    if (battery === undefined || drawn === 0) return { energyJoules, timeSeconds };
    return { energyJoules, timeSeconds, trainingsPerCharge: battery.capacityJoules / drawn };
  }

  /** The share of the training's energy that rests on placeholders, 0 to 1. */
  placeholderShareOf(chip: Chip): number {
    return placeholderShare(this.#entries(this.#worksOn(chip).training, chip).entries);
  }

  /** With double buffering what overlaps depends on times; else the same work takes other times. */
  #worksOn(chip: Chip): Works {
    const { program, placement } = this.plan;
    const base = timeBaseOf(chip, sensorOf(chip, this.plan));
    const key = program.options.buffering === "double" ? base.cyclesEach.join(" ") : "";
    const known = this.#works.get(key);
    if (known !== undefined) return known;
    const ledgers = book(this.#phases, { ...program, sensor: sensorOf(chip, this.plan) }, chip, placement);
    const works = {
      training: fixedWorkOf(ledgers.filter(({ phase }) => phase !== "infer")),
      inference: fixedWorkOf(ledgers.filter(({ phase }) => phase === "infer")),
    };
    // Times that never come again are not worth keeping.
    this.#works.clear();
    this.#works.set(key, works);
    return works;
  }

  #price(work: FixedWork, chip: Chip): Job {
    const { entries, timeSeconds } = this.#entries(work, chip);
    return {
      timeSeconds,
      energyJoules: entries.reduce((sum, entry) => sum + entry.energyJoules, 0),
      drawnJoules: drawnJoules(chip, entries),
    };
  }

  #entries(work: FixedWork, chip: Chip): { entries: EnergyEntry[]; timeSeconds: number } {
    const { wait, offChipIdle } = this.#experiment.firmware.options;
    const sensor = sensorOf(chip, this.plan);
    const gated = gateBanks(chip, this.plan.placement);
    const times = fixedTimes(work, gated, timeBaseOf(chip, sensor), wait);
    const { timeSeconds } = times;
    return { entries: entriesOf(work, times, gated, sensor, offChipIdle), timeSeconds };
  }

  #lifeDays(chip: Chip, training: Job, inference: Job): number | undefined {
    const { duty, firmware } = this.#experiment;
    if (duty === undefined) return undefined;
    const { trainingsPerDay, inferencesPerDay } = duty;
    const offChip = duty.sleep.offChip ?? firmware.options.offChipIdle;
    const powers = sleepPowers(chip, this.plan.placement, sensorOf(chip, this.plan), {
      ...duty.sleep,
      offChip,
    });
    const asleep = powers.map((power) => ({ watts: power.watts, efficiency: efficiencyOf(chip, power) }));
    const day = dayOf({ trainingsPerDay, inferencesPerDay, training, inference, asleep });
    if (day.training.timeSeconds + day.inference.timeSeconds > SECONDS_PER_DAY) return 0;
    const drawn = day.training.drawnJoules + day.inference.drawnJoules + day.sleep.drawnJoules;
    const { battery } = chip;
    const ends = [
      battery && batteryDays(battery.capacityJoules, drawn, battery.selfDischargePerYear?.value),
      ...this.#wear.map(({ trainingsUntilWornOut }) => wearDays(trainingsUntilWornOut, trainingsPerDay)),
    ].filter((days) => days !== undefined);
    return ends.length === 0 ? undefined : Math.min(...ends);
  }
}

/** The chip's own sensor, or the one that the plan assumes; undefined if samples come from elsewhere. */
function sensorOf(chip: Chip, { sensor }: Plan): Plan["sensor"] {
  return sensor && (chip.sensor ?? sensor);
}
