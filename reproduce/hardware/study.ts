import type { PlannedNetwork } from "../plan.js";
import type { TrainingRecord } from "../results.js";
import { costOf, type HardwareCost } from "./cost.js";
import { isPriced, MEMORIES, PAIRS, type Pair } from "./pairs.js";

/** The conventional network over the recursive one, on the same chip. */
export interface HardwareComparison {
  readonly recursive: string;
  readonly conventional: string;
  readonly batch: number;
  readonly chip: string;
  readonly memory: string;
  /** Of a whole training. */
  readonly timeRatio: number;
  readonly energyRatio: number;
  /** Of a training divided by the samples that it presents: the number of epochs has no part in it. */
  readonly timePerSampleRatio: number;
  readonly energyPerSampleRatio: number;
  /** Of the time with everything on chip alone. */
  readonly onChipTimeRatio: number;
  /** Erases of the sector, or writes of the byte, that wears most; null where the recursive network wears nothing. */
  readonly wearRatio: number | null;
}

export interface HardwareResults {
  readonly costs: readonly HardwareCost[];
  readonly comparisons: readonly HardwareComparison[];
}

/** Prices every pair that a plan has, with each off-chip memory. @throws ConfigError */
export function studyHardware(
  plan: readonly PlannedNetwork[],
  records: readonly TrainingRecord[],
): HardwareResults {
  const cost = (network: string, chip: string, memory: string): HardwareCost | undefined => {
    const planned = plan.find((candidate) => candidate.network.name === network);
    const record = records.find(
      (candidate) => candidate.network === network && isPriced(network, candidate.seed),
    );
    if (planned === undefined || record?.activity === undefined) return undefined;
    const { workload } = planned;
    const seeded = { ...workload, training: { ...workload.training, seed: record.seed } };
    return costOf({ network, workload: seeded, activity: record.activity, chip, memory });
  };
  const compared = PAIRS.flatMap(({ recursive, conventional, chip }: Pair) =>
    MEMORIES.flatMap(({ title, suffix }) => {
      const r = cost(recursive, `${chip}${suffix}`, title);
      const b = cost(conventional, `${chip}${suffix}`, title);
      return r === undefined || b === undefined ? [] : [{ costs: [r, b], comparison: compareCosts(r, b) }];
    }),
  );
  return {
    costs: compared.flatMap(({ costs }) => costs),
    comparisons: compared.map(({ comparison }) => comparison),
  };
}

/** Compares two trainings on one chip. */
export function compareCosts(recursive: HardwareCost, conventional: HardwareCost): HardwareComparison {
  const ratio = (of: (cost: HardwareCost) => number): number => of(conventional) / of(recursive);
  const { batch, chip, memory } = recursive;
  return {
    recursive: recursive.network,
    conventional: conventional.network,
    ...{ batch, chip, memory },
    timeRatio: ratio(({ timeSeconds }) => timeSeconds),
    energyRatio: ratio(({ energyJoules }) => energyJoules),
    timePerSampleRatio: ratio(({ timeSeconds, samples }) => timeSeconds / samples),
    energyPerSampleRatio: ratio(({ energyJoules, samples }) => energyJoules / samples),
    onChipTimeRatio: ratio(({ timeParts }) => timeParts.onChip),
    wearRatio: wearOf(recursive) === 0 ? null : ratio(wearOf),
  };
}

/** Erases of the sector, or writes of the byte, that wears most in one training. */
export const wearOf = ({ wear }: HardwareCost): number => wear.writesPerByte ?? wear.erasesPerSector;
