import { table } from "../../docs/generate/markdown.js";
import { enumerate, longTime, three } from "../format.js";
import type { HardwareCost } from "../hardware/cost.js";
import { wearOf } from "../hardware/study.js";

/** After how many trainings the off-chip memory of each network is worn out. */
export function hardwareWear(costs: readonly HardwareCost[], titleOf: (network: string) => string): string {
  const wearing = costs.filter((cost) => wearOf(cost) > 0);
  const rows = wearing.map((cost) => {
    const { wear, trainingsIfLevelled, timeSeconds, samples } = cost;
    const trainings = wear.trainingsUntilWornOut;
    return [
      titleOf(cost.network),
      cost.memory,
      `${three(wearOf(cost))} ${wear.writesPerByte === undefined ? "erases" : "writes"}`,
      wear.enduranceCycles === null ? "no limit" : three(wear.enduranceCycles),
      trainings === null ? "never" : `**${three(trainings)}**`,
      trainings === null ? "-" : three(trainings * samples),
      trainings === null ? "-" : longTime(trainings * timeSeconds),
      trainingsIfLevelled === null ? "-" : three(trainingsIfLevelled),
    ];
  });
  const header = [
    "network",
    "off chip",
    "most of a sector or byte, one training",
    "endurance",
    "worn out after trainings",
    "after samples",
    "after",
    "trainings, if all sectors wore alike",
  ];
  const spared = new Set(
    costs.filter((cost) => !wearing.includes(cost)).map(({ network }) => titleOf(network)),
  );
  const inPlace = wearing.some(({ wear }) => wear.writesPerByte !== undefined)
    ? "An FRAM writes back what it reads, so reads wear it too. "
    : "";
  const never =
    spared.size === 0
      ? ""
      : `${enumerate([...spared])} ${spared.size === 1 ? "wears" : "wear"} nothing, for nothing of theirs lies off chip. `;
  return `${table(header, rows)}

${never}${inPlace}${verdict(costs, titleOf)}`;
}

function verdict(costs: readonly HardwareCost[], titleOf: (network: string) => string): string {
  const flash = costs.filter(({ wear }) => wear.erasesPerSector > 0);
  if (flash.length === 0) return "Nothing is worn by erases.";
  const sentences = flash.flatMap(({ network, memory, wear, epochs }) => {
    const { trainingsUntilWornOut: trainings } = wear;
    if (trainings === null) return [];
    const epoch = Math.ceil(trainings * epochs);
    const when =
      trainings < 1
        ? `wears ${memory} out in epoch ${epoch} of ${epochs} of its first training`
        : `wears ${memory} out in training ${Math.ceil(trainings)}`;
    return [`${titleOf(network)} ${when}.`];
  });
  const anUpdate = flash.map(({ wear, samples, batch }) => wear.erasesPerSector / (samples / batch));
  const shared =
    Math.max(...anUpdate) > 1.5
      ? " It is erased more than once an update, because it holds rows of both layers, which are updated one after the other."
      : "";
  return `${sentences.join(" ")} Nothing is levelled: the sector that is erased most decides.${shared}`;
}
