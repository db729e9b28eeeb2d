import { ConfigError, problemAt } from "../config/problem.js";
import type * as lifetime from "../report/lifetime.js";
import { efficiencyOf } from "../soc/drawn.js";
import { batteryDays, DAYS_PER_YEAR, dayOf, type Job, SECONDS_PER_DAY, wearDays } from "../soc/duty.js";
import { type SleepPower, sleepPowers, withoutPowerDown } from "../soc/sleep.js";
import type { DutyConfig } from "./duty-schema.js";
import type { Experiment } from "./load.js";
import type { Plan } from "./plan.js";

/** What a day is made of, and what wears. */
interface Work {
  readonly training: Job;
  readonly inference: Job;
  readonly wear: readonly lifetime.Wear[];
}

/** A mean day of an experiment that names its duty. @throws ConfigError if the day's work takes longer than a day */
export function dutyOf(experiment: Experiment, plan: Plan, work: Work): lifetime.Duty | undefined {
  const { chip, duty, firmware } = experiment;
  if (duty === undefined) return undefined;
  const { trainingsPerDay, inferencesPerDay } = duty;
  const offChip = duty.sleep.offChip ?? firmware.options.offChipIdle;
  checkPowerDown(experiment, offChip);
  const powers = sleepPowers(chip, plan.placement, plan.sensor, { ...duty.sleep, offChip });
  const asleep = powers.map((power) => ({ ...power, efficiency: efficiencyOf(chip, power) }));
  const { training, inference } = work;
  const day = dayOf({ trainingsPerDay, inferencesPerDay, training, inference, asleep });
  const activeSeconds = day.training.timeSeconds + day.inference.timeSeconds;
  if (activeSeconds > SECONDS_PER_DAY) throw tooLong(experiment, duty, work, activeSeconds);
  const total = (pick: (share: Job) => number): number =>
    pick(day.training) + pick(day.inference) + pick(day.sleep);
  const energyJoules = total((share) => share.energyJoules);
  const drawnJoules = total((share) => share.drawnJoules);
  return {
    trainingsPerDay,
    inferencesPerDay,
    activeSeconds,
    averageWatts: energyJoules / SECONDS_PER_DAY,
    energyJoules,
    drawnJoules,
    day,
    sleep: sleepOf(powers, day.sleep.timeSeconds),
    ...livesOf(experiment, trainingsPerDay, drawnJoules, work.wear),
  };
}

/** The sleep of a day, block by block; its energies sum to the day's sleep, left to right. */
function sleepOf(powers: readonly SleepPower[], timeSeconds: number): lifetime.Duty["sleep"] {
  return {
    sleepWatts: powers.reduce((sum, { watts }) => sum + watts, 0),
    entries: powers.map(({ component, state, watts, source, status }) => ({
      component,
      state,
      timeSeconds,
      watts,
      energyJoules: timeSeconds * watts,
      source,
      status,
    })),
  };
}

/** How long the battery and the memories last, and which of them ends first. */
function livesOf(
  { chip: { battery } }: Experiment,
  trainingsPerDay: number,
  drawnJoulesPerDay: number,
  wear: readonly lifetime.Wear[],
): Pick<lifetime.Duty, "batteryLife" | "wearLife" | "limit"> {
  const life = (days: number): lifetime.Life => ({ days, years: days / DAYS_PER_YEAR });
  const charge =
    battery && batteryDays(battery.capacityJoules, drawnJoulesPerDay, battery.selfDischargePerYear?.value);
  const worn = wear.flatMap(({ component, trainingsUntilWornOut }) => {
    const days = wearDays(trainingsUntilWornOut, trainingsPerDay);
    return days === undefined ? [] : [{ component, ...life(days) }];
  });
  const [first] = worn.toSorted((a, b) => a.days - b.days);
  const ends = [
    ...(charge === undefined ? [] : [{ limit: "battery" as const, days: charge }]),
    ...(first === undefined ? [] : [{ limit: "wear" as const, days: first.days }]),
  ].toSorted((a, b) => a.days - b.days);
  return {
    ...(charge === undefined ? {} : { batteryLife: life(charge) }),
    ...(first === undefined ? {} : { wearLife: first }),
    ...(ends[0] === undefined ? {} : { limit: ends[0].limit }),
  };
}

function checkPowerDown({ chip, originOf }: Experiment, offChip: string): void {
  if (offChip !== "powerDown") return;
  const names = withoutPowerDown(chip).join(", ");
  if (names === "") return;
  const message = `${names} has no power-down: give power.powerDown or current.powerDown, or use offChip: standby`;
  const path = ["duty", "sleep", "offChip"];
  throw new ConfigError([problemAt(originOf("experiment", path), "does-not-fit", message)]);
}

function tooLong(
  { originOf }: Experiment,
  { trainingsPerDay, inferencesPerDay }: DutyConfig,
  { training, inference }: Work,
  activeSeconds: number,
): ConfigError {
  const hours = (seconds: number): string => `${Number((seconds / 3600).toPrecision(3))} h`;
  const parts = [
    [trainingsPerDay, "trainings", training.timeSeconds] as const,
    [inferencesPerDay, "inferences", inference.timeSeconds] as const,
  ].flatMap(([count, what, seconds]) =>
    count === 0 ? [] : [`${count} ${what} of ${Number(seconds.toPrecision(3))} s`],
  );
  const most = training.timeSeconds * trainingsPerDay >= inference.timeSeconds * inferencesPerDay;
  const path = ["duty", most ? "trainingsPerDay" : "inferencesPerDay"];
  const message = `a day's work takes ${hours(activeSeconds)}: ${parts.join(" and ")}; expected at most 24 h`;
  return new ConfigError([problemAt(originOf("experiment", path), "does-not-fit", message)]);
}
