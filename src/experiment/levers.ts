import { type TensorDemand, tensorsOf } from "../firmware/tensors.js";
import { layersOf } from "../rbnn/layers.js";
import type { Lever } from "../report/report.js";
import type { Unplaced } from "../soc/off-chip.js";
import { ON_CHIP, place } from "../soc/placement.js";
import { formatBytes } from "../units/format.js";
import type { Experiment } from "./load.js";
import type { Plan } from "./plan.js";

const KIBIBYTE = 1024;

/** Changes that would help, with what each saves on chip; the most effective first. Empty if nothing is spilled. */
export function leversOf(experiment: Experiment, plan: Plan): Lever[] {
  const { placement, demand } = plan;
  const { chip } = experiment;
  const offChipLevers = placement.unplaced.flatMap(elsewhereLevers);
  const missing = placement.unspilledPeakBytes - chip.sram.capacityBytes;
  if (missing <= 0) return offChipLevers;
  const codeBytes = chip.code === undefined ? experiment.firmware.memory.code.value : 0;
  const onChipBytes = (changed: TensorDemand): number =>
    place({ tensors: tensorsOf(changed), codeBytes, samplesIn: undefined }, chip).lowerBoundBytes;
  const now = onChipBytes(demand);
  const levers: Lever[] = [];
  const offer = (change: string, changed: TensorDemand): void => {
    const savesBytes = now - onChipBytes(changed);
    if (savesBytes > 0) levers.push({ change, savesBytes });
  };
  if (demand.gradient !== "perSample" && demand.batch === 1) {
    offer("firmware.options.gradient: perSample", { ...demand, gradient: "perSample" });
  }
  if (demand.gradient !== "replay" && demand.batch > 1) {
    offer("firmware.options.gradient: replay", { ...demand, gradient: "replay" });
  }
  if (demand.gradient !== "accumulate" && demand.batch > 1) {
    offer("firmware.options.gradient: accumulate", { ...demand, gradient: "accumulate" });
  }
  if (demand.batch > 1) offer("workload.training.batch: 1", { ...demand, batch: 1, gradient: "perSample" });
  const { weightBits } = experiment.workload.storage;
  const fewest = Math.max(demand.iterations, 2);
  if (weightBits > fewest) offer(`workload.storage.weightBits: ${fewest}`, { ...demand, cellBits: fewest });
  const halved = experiment.shape.hidden.map((units) => Math.max(1, Math.floor(units / 2)));
  const layers = layersOf(experiment.shape.inputs, halved, experiment.shape.classes);
  offer(`workload.network.hidden: [${halved.join(", ")}]`, { ...demand, layers });
  levers.sort((a, b) => b.savesBytes - a.savesBytes);

  const capacity = `${Math.ceil(placement.unspilledPeakBytes / KIBIBYTE)} KiB`;
  const larger = { change: `chip.components.${chip.sram.name}.capacity: ${capacity}`, savesBytes: missing };
  return [...offChipLevers, larger, ...levers];
}

/** Firmware options without which a tensor need not be kept. */
const WITHOUT: Readonly<Record<string, string>> = {
  samples: "firmware.samples.from: sensor",
  cachedLogits: "firmware.options.frozen: recompute",
};

/** What would help a tensor that found no room in the memory that it belongs into, other than the SRAM. */
function elsewhereLevers({ tensor, demandBytes, roomBytes, component }: Unplaced): Lever[] {
  if (tensor === ON_CHIP) return [];
  const without = WITHOUT[tensor];
  const larger = `at least ${formatBytes(demandBytes)}, ${formatBytes(demandBytes - roomBytes)} more`;
  return [
    ...(without === undefined ? [] : [{ change: without, savesBytes: 0 }]),
    ...(component === undefined
      ? []
      : [{ change: `chip.components.${component}.capacity: ${larger}`, savesBytes: 0 }]),
  ];
}

/** What found no place, with its demand, the room there is and the gap. */
export function misfitNotes({ placement }: Plan): string[] {
  return placement.unplaced.map(({ tensor, demandBytes, roomBytes, component }) => {
    const need = tensor.endsWith("s") ? "need" : "needs";
    const room =
      component === undefined
        ? "the chip has no off-chip memory"
        : `${component} has room for ${formatBytes(roomBytes)}`;
    return `does not fit: ${tensor} ${need} ${formatBytes(demandBytes)}, ${room}: ${formatBytes(demandBytes - roomBytes)} too little`;
  });
}
