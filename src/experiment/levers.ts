import type { Lever } from "../report/storage.js";
import type { Fit } from "../soc/placement/fit.js";
import { ON_CHIP } from "../soc/placement/placement.js";
import { formatBytes } from "../units/format.js";
import {
  type Candidate,
  fewerBits,
  firmwareChanges,
  largerMemory,
  largerSram,
  leastThat,
  narrowerLayers,
  planned,
  smallerBatches,
} from "./lever-candidates.js";
import type { Experiment } from "./load.js";
import type { Plan } from "./plan.js";

/**
 * Changes that would help, one value each: those that are enough first, then by what they free. What lies off chip would come
 * back on chip, and what does not fit would fit; each is planned as it would be with `--set`. Empty if nothing is spilled.
 */
export function leversOf(experiment: Experiment, plan: Plan): Lever[] {
  const { placement } = plan;
  if (placement.fits && placement.spilledBytes === 0) return [];
  // A placement file is for this training only: what is changed is placed anew.
  const free = { ...experiment, placement: undefined };
  const isEnough = ({ fits, isAllOnChip }: Fit): boolean => (placement.fits ? isAllOnChip : fits);
  const halved = 50;
  const candidates: (Candidate | undefined)[] = [
    ...firmwareChanges(free, plan).map(planned),
    leastThat(isEnough, fewerBits(free)),
    leastThat(isEnough, narrowerLayers(free), halved),
    leastThat(isEnough, smallerBatches(free)),
  ];
  const sizes = [placement.unspilledPeakBytes];
  for (const { tensor, component, demandBytes, roomBytes } of placement.unplaced) {
    if (tensor === ON_CHIP) sizes.unshift(demandBytes);
    else if (component !== undefined) {
      const change = largerMemory(free, component, demandBytes - roomBytes);
      candidates.push(change && planned(change));
    }
  }
  for (const bytes of new Set(sizes)) {
    const change = bytes > experiment.chip.sram.capacityBytes ? largerSram(free, bytes) : undefined;
    candidates.push(change && planned(change));
  }
  const levers = candidates
    .filter((candidate) => candidate !== undefined)
    .map((candidate) => leverOf(candidate, experiment, plan))
    .filter(({ savesBytes, fits }) => savesBytes > 0 || (fits && !placement.fits));
  const rank = ({ fits, allOnChip }: Lever): number => (allOnChip ? 2 : fits ? 1 : 0);
  const distinct = new Map(levers.map((lever) => [lever.set, lever]));
  return [...distinct.values()].sort((a, b) => rank(b) - rank(a) || b.savesBytes - a.savesBytes);
}

function leverOf({ path, value, fit, experiment }: Candidate, { chip }: Experiment, before: Plan): Lever {
  const isSram = path === `chip.components.${chip.sram.name}.capacity`;
  const freed = before.placement.lowerBoundBytes - fit.lowerBoundBytes;
  return {
    change: `${path}: ${value}`,
    set: `${path}=${value}`,
    savesBytes: isSram ? experiment.chip.sram.capacityBytes - chip.sram.capacityBytes : Math.max(0, freed),
    fits: fit.fits,
    allOnChip: fit.isAllOnChip,
  };
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
