export const SECONDS_PER_DAY = 86_400;

/** A year is 365.25 days, as in the unit %/year. */
export const DAYS_PER_YEAR = 365.25;

/** One training, or one inference. */
export interface Job {
  readonly timeSeconds: number;
  readonly energyJoules: number;
  /** What the battery gives for it. */
  readonly drawnJoules: number;
}

/** A part of a day: how long it takes, and what it uses. */
export type Share = Job;

/** What a day is made of; the times add up to 86,400 s. */
export interface Day {
  readonly training: Share;
  readonly inference: Share;
  readonly sleep: Share;
}

/** How often a day, and what the device draws in between. */
export interface Duty {
  readonly trainingsPerDay: number;
  readonly inferencesPerDay: number;
  readonly training: Job;
  readonly inference: Job;
  /** What each block draws asleep, and the share of the battery's energy that arrives at it. */
  readonly asleep: readonly { readonly watts: number; readonly efficiency: number }[];
}

/** A mean day: jobs as often as they are done, sleep for the rest. The sleep is negative if they take longer than a day. */
export function dayOf(duty: Duty): Day {
  const training = times(duty.training, duty.trainingsPerDay);
  const inference = times(duty.inference, duty.inferencesPerDay);
  const timeSeconds = SECONDS_PER_DAY - training.timeSeconds - inference.timeSeconds;
  const energyJoules = duty.asleep.reduce((sum, { watts }) => sum + timeSeconds * watts, 0);
  const drawnJoules = duty.asleep.reduce(
    (sum, { watts, efficiency }) => sum + (timeSeconds * watts) / efficiency,
    0,
  );
  return { training, inference, sleep: { timeSeconds, energyJoules, drawnJoules } };
}

function times({ timeSeconds, energyJoules, drawnJoules }: Job, count: number): Share {
  return {
    timeSeconds: timeSeconds * count,
    energyJoules: energyJoules * count,
    drawnJoules: drawnJoules * count,
  };
}

/**
 * Days that one charge lasts: E / (drawn a day + s E / 365.25), s the share of the nominal charge lost in a year.
 * The loss is that of the nominal charge at all times; in proportion to what is left it would be less.
 * @returns undefined if nothing is drawn or lost
 */
export function batteryDays(
  capacityJoules: number,
  drawnJoulesPerDay: number,
  selfDischargePerYear = 0,
): number | undefined {
  const perDay = drawnJoulesPerDay + (selfDischargePerYear * capacityJoules) / DAYS_PER_YEAR;
  return perDay === 0 ? undefined : capacityJoules / perDay;
}

/** Days until a memory that withstands so many trainings is worn out; undefined if it never is. */
export function wearDays(trainingsUntilWornOut: number | null, trainingsPerDay: number): number | undefined {
  return trainingsUntilWornOut === null || trainingsPerDay === 0
    ? undefined
    : trainingsUntilWornOut / trainingsPerDay;
}
