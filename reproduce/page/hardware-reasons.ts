import { enumerate, longTime, percentOf, three } from "../format.js";
import type { HardwareCost } from "../hardware/cost.js";
import type { HardwareComparison } from "../hardware/study.js";

/** Training latency of the conventional method over that of the recursive one, on an FPGA: IEEE TCAS-I 2019, document 8643565. */
export const JOURNAL_RATIO = 14;

/** A comparison with the two trainings that it compares. */
export interface Compared {
  readonly comparison: HardwareComparison;
  readonly recursive: HardwareCost;
  readonly conventional: HardwareCost;
}

/** Comparisons with the costs that they compare. */
export function withCosts(
  costs: readonly HardwareCost[],
  comparisons: readonly HardwareComparison[],
): Compared[] {
  return comparisons.map((comparison) => {
    const find = (name: string): HardwareCost => {
      const found = costs.find(({ network, chip }) => network === name && chip === comparison.chip);
      if (found === undefined) throw new Error(`${name} was not priced on ${comparison.chip}`);
      return found;
    };
    return { comparison, recursive: find(comparison.recursive), conventional: find(comparison.conventional) };
  });
}

/** Why the ratios are what they are, and not the journal's: a list. */
export function hardwareReasons(compared: readonly Compared[], titleOf: (network: string) => string): string {
  const name = ({ comparison }: Compared): string =>
    `${titleOf(comparison.conventional)} with ${comparison.memory}`;
  const reasons = [
    placementReason(compared, titleOf),
    workReason(compared, titleOf),
    ...rewriteReason(compared, name),
    ...busReason(compared, name),
    fpgaReason(compared, name),
  ];
  return reasons.map((reason) => `- ${reason}`).join("\n");
}

const byNetworks = (compared: readonly Compared[]): Compared[] => [
  ...new Map(compared.map((one) => [one.comparison.recursive, one])).values(),
];

function placementReason(compared: readonly Compared[], titleOf: (network: string) => string): string {
  const spilling = byNetworks(compared).filter(({ recursive }) => recursive.offChip.spilledBytes > 0);
  const none =
    spilling.length === 0
      ? "The recursive networks never touch the off-chip memory."
      : `${enumerate(spilling.map(({ recursive }) => titleOf(recursive.network)))} spills as well.`;
  const moved = compared.map(({ comparison, conventional: { offChip, samples } }) => {
    const bytes = (offChip.readBytes + offChip.writtenBytes) / samples;
    return `${titleOf(comparison.conventional)} moves ${three(bytes / 1024)} KiB a sample with ${comparison.memory}`;
  });
  return `**Off-chip accesses disappear.** ${none} ${enumerate(moved)}.`;
}

/** What the ratios would be without an off-chip memory. */
export function workReason(compared: readonly Compared[], titleOf: (network: string) => string): string {
  const parts = byNetworks(compared).map(({ comparison, recursive, conventional }) => {
    const onChip = ({ timeParts, samples }: HardwareCost): number => timeParts.onChip / samples;
    const ratio = onChip(conventional) / onChip(recursive);
    return (
      `a sample of ${titleOf(comparison.conventional)} takes ${three(ratio)} times the work of one of ` +
      `${titleOf(comparison.recursive)}, which presents ${three(recursive.samples / conventional.samples)} times as many samples ` +
      `(${recursive.epochs} epochs against ${conventional.epochs})`
    );
  });
  return `**A sample costs a recursive network less, but it needs more of them.** It trains one small column at a time, though its forward pass
  runs all columns so far, and each iteration has epochs of its own. On chip alone ${enumerate(parts)}. The ratio of whole
  trainings therefore depends on how long each method is trained; the ratio a sample does not.`;
}

function rewriteReason(compared: readonly Compared[], name: (one: Compared) => string): string[] {
  const erasing = compared.filter(({ conventional }) => conventional.offChip.erases > 0);
  if (erasing.length === 0) return [];
  const parts = erasing.map((one) => {
    const { timeParts, samples, offChip, timeSeconds } = one.conventional;
    const { updatedRowShare, learningSampleShare } = one.conventional;
    const seconds = (timeParts.erase + timeParts.program) / samples;
    return (
      `${name(one)} rewrites ${three(offChip.erases / samples)} of ${offChip.sectorsAnUpdate} sectors a sample, ${longTime(seconds)} of erases and programs beside ` +
      `${longTime(timeParts.onChip / samples)} on chip: ${percentOf((timeParts.erase + timeParts.program) / timeSeconds)} of its time. ` +
      `${percentOf(learningSampleShare)} of its samples have an output delta that is not zero; a sample updates ${percentOf(updatedRowShare)} ` +
      `of the rows on average`
    );
  });
  return [
    `**NOR flash pays for every update with whole sectors.** ${parts.join(". ")}. Which rows are updated together is not known,
  so these sectors are an upper bound: as many as the rows in them are updated, at most one rewrite for each sample that updates.`,
  ];
}

function busReason(compared: readonly Compared[], name: (one: Compared) => string): string[] {
  const inPlace = compared.filter(({ conventional }) => conventional.offChip.erases === 0);
  if (inPlace.length === 0) return [];
  const kernelsDecide = inPlace.every(
    ({ conventional: { timeParts, timeSeconds } }) => timeParts.onChip > timeSeconds / 2,
  );
  const parts = inPlace.map((one) => {
    const { timeParts, timeSeconds } = one.conventional;
    const factor = timeSeconds / timeParts.onChip;
    return `${name(one)} spends ${percentOf(timeParts.onChip / timeSeconds)} of its time on chip, and the bus makes it ${three(factor)} times as long`;
  });
  return [
    `**FRAM is written where it lies, so only its bus costs time.** ${parts.join(". ")}.
  ${kernelsDecide ? "A microcontroller's kernels take most of the time, so off-chip accesses add less than they cost on fast hardware." : "Most of the time is the bus's."}`,
  ];
}

/**
 * How many times as fast everything on chip would have to be for the journal's ratio, with the same off-chip memory; below 1: slower.
 * undefined if no speed gives it.
 */
export function speedForRatio(recursive: HardwareCost, conventional: HardwareCost): number | undefined {
  const offChip = ({ timeSeconds, timeParts }: HardwareCost): number => timeSeconds - timeParts.onChip;
  const surplus = JOURNAL_RATIO * recursive.timeParts.onChip - conventional.timeParts.onChip;
  const speed = surplus / (offChip(conventional) - JOURNAL_RATIO * offChip(recursive));
  return speed > 0 ? speed : undefined;
}

function fpgaReason(compared: readonly Compared[], name: (one: Compared) => string): string {
  const speeds = compared.flatMap((one) => {
    const speed = speedForRatio(one.recursive, one.conventional);
    if (speed === undefined) return [];
    const how = speed >= 1 ? `${three(speed)} times as fast` : `${three(1 / speed)} times slower`;
    return [`${how} against ${name(one)}`];
  });
  const [least = 0, most = 0] = [Math.min, Math.max].map((of) =>
    of(...compared.map(({ comparison }) => comparison.timeRatio)),
  );
  const isBetween = least <= JOURNAL_RATIO && JOURNAL_RATIO <= most;
  const place = isBetween ? "lies between" : most < JOURNAL_RATIO ? "is above all of" : "is below all of";
  return `**The journal's ${JOURNAL_RATIO}x ${place} these ratios** (${three(least)} to ${three(most)}), on other hardware: an FPGA
  computes many weights at once, so off-chip accesses, which it cannot speed up, are a larger share of a conventional training. For a
  ratio of ${JOURNAL_RATIO} with the memories here, everything on chip would have to be ${enumerate(speeds)}. The journal's off-chip memory,
  epochs and clocks are not known here.`;
}
