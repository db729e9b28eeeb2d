import { ConfigError } from "../config/problem.js";
import type { Sram } from "../soc/components/sram.js";
import type { Fit } from "../soc/placement/fit.js";
import { formatQuantity } from "../units/format.js";
import type { Experiment } from "./load.js";
import { fitOfPlan, type Plan } from "./plan.js";

/** A change of one value. */
interface Change {
  readonly path: string;
  /** As `--set` takes it. */
  readonly value: string;
  /** The experiment with that value. */
  readonly experiment: Experiment;
}

/** A change of one value, and how the experiment fits with it. */
export interface Candidate extends Change {
  readonly fit: Fit;
}

/** Makes a change of some degree; the higher, the more it helps. */
type Degrees = { readonly most: number; readonly at: (degree: number) => Change };

/** How a changed experiment fits as `rebit` would plan it; undefined where its files would no longer fit together. */
export function planned(change: Change): Candidate | undefined {
  try {
    return { ...change, fit: fitOfPlan(change.experiment) };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return undefined;
  }
}

/** The least change of its kind that is enough, or if none is, its `fallback` degree. */
export function leastThat(
  isEnough: (fit: Fit) => boolean,
  { most, at }: Degrees,
  fallback: number = most,
): Candidate | undefined {
  if (most < 1) return undefined;
  const strongest = planned(at(most));
  if (strongest === undefined || !isEnough(strongest.fit)) return planned(at(fallback));
  let best = strongest;
  let [low, high] = [1, most];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const candidate = planned(at(middle));
    if (candidate !== undefined && isEnough(candidate.fit)) {
      best = candidate;
      high = middle;
    } else low = middle + 1;
  }
  return best;
}

/** Other values of firmware options that keep less on chip, or nothing off chip that has no room there. */
export function firmwareChanges(experiment: Experiment, { demand }: Plan): Change[] {
  const { firmware } = experiment;
  const gradients =
    demand.batch === 1 ? (["perSample", "replay"] as const) : (["replay", "accumulate"] as const);
  const changes = gradients
    .filter((gradient) => gradient !== demand.gradient)
    .map((gradient): Change => {
      const options = { ...firmware.options, gradient };
      return {
        path: "firmware.options.gradient",
        value: gradient,
        experiment: { ...experiment, firmware: { ...firmware, options } },
      };
    });
  if (demand.frozen === "cachedLogits") {
    const options = { ...firmware.options, frozen: "recompute" as const };
    const changed = { ...experiment, firmware: { ...firmware, options } };
    changes.push({ path: "firmware.options.frozen", value: "recompute", experiment: changed });
  }
  if (demand.samplesStored) {
    const changed = { ...experiment, firmware: { ...firmware, samples: { from: "sensor" } } };
    changes.push({ path: "firmware.samples.from", value: "sensor", experiment: changed });
  }
  return changes;
}

/** Fewer bits a weight: one less a degree, as many as there are iterations at least. */
export function fewerBits(experiment: Experiment): Degrees {
  const { workload } = experiment;
  const { storage } = workload;
  return {
    most: storage.weightBits - Math.max(storage.iterations, 2),
    at: (degree) => {
      const weightBits = storage.weightBits - degree;
      return {
        path: "workload.storage.weightBits",
        value: String(weightBits),
        experiment: { ...experiment, workload: { ...workload, storage: { ...storage, weightBits } } },
      };
    },
  };
}

/** Narrower hidden layers: a hundredth of each layer's units less a degree. */
export function narrowerLayers(experiment: Experiment): Degrees {
  const { workload, shape } = experiment;
  return {
    most: Math.max(...shape.hidden) > 1 ? 99 : 0,
    at: (degree) => {
      const hidden = shape.hidden.map((units) => Math.max(1, Math.floor((units * (100 - degree)) / 100)));
      return {
        path: "workload.network.hidden",
        value: `[${hidden.join(", ")}]`,
        experiment: {
          ...experiment,
          workload: { ...workload, network: { ...workload.network, hidden } },
          shape: { ...shape, hidden },
        },
      };
    },
  };
}

/** Smaller batches: one sample less a degree. */
export function smallerBatches(experiment: Experiment): Degrees {
  const { workload } = experiment;
  const { training } = workload;
  return {
    most: training.batch - 1,
    at: (degree) => {
      const batch = training.batch - degree;
      return {
        path: "workload.training.batch",
        value: String(batch),
        experiment: { ...experiment, workload: { ...workload, training: { ...training, batch } } },
      };
    },
  };
}

const KIBIBYTE = 1024;

/** An SRAM of at least so many bytes, in whole KiB and words of its banks; undefined beyond what its costs are known for. */
export function largerSram(experiment: Experiment, bytes: number): Change | undefined {
  const { chip } = experiment;
  const { stepBytes, mostBytes }: Sram["sizes"] = chip.sram.sizes;
  let unit = KIBIBYTE;
  while (unit % stepBytes !== 0) unit += KIBIBYTE;
  const capacityBytes = Math.ceil(bytes / unit) * unit;
  if (capacityBytes > mostBytes) return undefined;
  return {
    path: `chip.components.${chip.sram.name}.capacity`,
    value: formatQuantity(capacityBytes, "capacity"),
    experiment: { ...experiment, chip: { ...chip, sram: { ...chip.sram, capacityBytes } } },
  };
}

/** An off-chip memory with so many more bytes, in whole KiB and sectors. */
export function largerMemory(experiment: Experiment, name: string, moreBytes: number): Change | undefined {
  const { chip } = experiment;
  const memory = chip.offChip.find((candidate) => candidate.name === name);
  if (memory === undefined) return undefined;
  let unit = KIBIBYTE;
  while (unit % memory.sectorBytes !== 0) unit += KIBIBYTE;
  const capacityBytes = Math.ceil((memory.capacityBytes + moreBytes) / unit) * unit;
  const offChip = chip.offChip.map((other) => (other === memory ? { ...memory, capacityBytes } : other));
  return {
    path: `chip.components.${name}.capacity`,
    value: formatQuantity(capacityBytes, "capacity"),
    experiment: { ...experiment, chip: { ...chip, offChip } },
  };
}
