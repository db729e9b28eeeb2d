import { nodeFiles } from "../../src/data/node-files.js";
import { estimate } from "../../src/experiment/estimate.js";
import { loadExperiment } from "../../src/experiment/load.js";
import { type Activity, updatesPerEpoch } from "../../src/rbnn/activity.js";
import type { Workload } from "../../src/rbnn/workload.js";
import type { Report } from "../../src/report/report.js";
import type { OffChipMemory } from "../../src/soc/components/off-chip-memory.js";

/** Seconds of a training, by what they pass with; they sum to its time, but for the rounding of phases to cycles. */
export interface TimeParts {
  /** Everything on chip: kernels, stalls of the SRAM and of code fetches, and the sensor. */
  readonly onChip: number;
  /** The off-chip memory's bus. */
  readonly transfer: number;
  readonly program: number;
  readonly erase: number;
}

/** What lies and moves off chip in a training. */
export interface OffChipUse {
  /** Of gradient, weights and snapshot. */
  readonly spilledBytes: number;
  /** Sectors that an update of all rows rewrites at most; 0 in a memory that is written in place. */
  readonly sectorsAnUpdate: number;
  readonly readBytes: number;
  readonly writtenBytes: number;
  readonly erases: number;
  readonly programs: number;
  /** Energy of the memory, standby included. */
  readonly energyJoules: number;
}

/** What one training of a network costs on a chip, with the activity that it really had. */
export interface HardwareCost {
  readonly network: string;
  readonly seed: number;
  readonly batch: number;
  readonly chip: string;
  /** Title of the off-chip memory. */
  readonly memory: string;
  /** Training samples presented, over all epochs and iterations. */
  readonly samples: number;
  readonly epochs: number;
  /** Row updates executed, of as many as there would be if each update changed every row. */
  readonly updatedRowShare: number;
  /** Samples whose output delta is not all zero, of all; the others update nothing. */
  readonly learningSampleShare: number;
  readonly timeSeconds: number;
  readonly timeParts: TimeParts;
  readonly bottleneck: string;
  readonly energyJoules: number;
  readonly placeholderShare: number;
  readonly offChip: OffChipUse;
  readonly wear: Report["wear"][number];
  /** Trainings until a flash is worn out whose sectors all wear alike; null where nothing is erased. */
  readonly trainingsIfLevelled: number | null;
}

/** A training and the chip that it is priced on. */
export interface CostRequest {
  readonly network: string;
  readonly workload: Workload;
  readonly activity: Activity;
  readonly chip: string;
  readonly memory: string;
}

/**
 * Prices a training in closed form, single buffered; a batch above 1 is replayed row by row, as the experiments of the paper's
 * networks say.
 * @throws ConfigError if the chip or the experiment is not as it should be
 */
export function costOf({ network, workload, activity, chip, memory: title }: CostRequest): HardwareCost {
  const file = `configs/experiments/paper-${network}.yaml`;
  const experiment = loadExperiment(file, { chip: `configs/chips/${chip}.yaml` }, nodeFiles);
  const report = estimate({ ...experiment, workload }, { activity, source: "cached" });
  const { time, energy, storage } = report;
  const [wear, ...others] = report.wear;
  if (time === undefined || energy === undefined) {
    throw new Error(`${network} does not fit ${chip}`);
  }
  const [memory] = experiment.chip.offChip;
  if (wear === undefined || memory === undefined || others.length > 0)
    throw new Error(`${chip} has not one off-chip memory`);
  const epochs = activity.iterations.reduce((sum, iteration) => sum + iteration.epochs, 0);
  const samples = epochs * updatesPerEpoch(workload) * workload.training.batch;
  const use = offChipUseOf(report, energy, wear.component);
  return {
    network,
    seed: workload.training.seed,
    batch: workload.training.batch,
    chip,
    memory: title,
    samples,
    epochs,
    updatedRowShare: updatedRowShareOf(activity, workload),
    learningSampleShare: learningSampleShareOf(activity, samples),
    timeSeconds: time.timeSeconds,
    timeParts: timePartsOf(time, wear.component),
    bottleneck: time.bottleneck,
    energyJoules: energy.energyJoules,
    placeholderShare: energy.placeholderShare,
    offChip: {
      spilledBytes: storage.onChip.spilledBytes,
      sectorsAnUpdate: sectorsAnUpdateOf(storage, memory, workload),
      ...use,
    },
    wear,
    trainingsIfLevelled: levelled(memory, use.erases),
  };
}

function updatedRowShareOf({ iterations }: Activity, workload: Workload): number {
  let [executed, possible] = [0, 0];
  for (const { epochs, rowUpdates } of iterations) {
    const rows = rowUpdates.flat();
    executed += rows.reduce((sum, updates) => sum + updates, 0);
    possible += rows.length * epochs * updatesPerEpoch(workload);
  }
  return executed / possible;
}

/** The delta of the last hidden layer's backward pass is that of the outputs. */
function learningSampleShareOf({ iterations }: Activity, samples: number): number {
  const idle = iterations.reduce((sum, { zeroDeltaSamples }) => sum + (zeroDeltaSamples.at(-1) ?? 0), 0);
  return 1 - idle / samples;
}

/** A tensor starts at the beginning of a sector, and its rows lie without gaps; a sector may hold rows of two layers. */
function sectorsAnUpdateOf(
  { offChip }: Report["storage"],
  memory: OffChipMemory,
  { network }: Workload,
): number {
  if (memory.rewrite === "inPlace") return 0;
  const weights = offChip.items.filter(({ tensor }) => tensor === "weights");
  return weights.reduce(
    (sum, { bytes }) => sum + Math.ceil(bytes / memory.sectorBytes) + network.hidden.length,
    0,
  );
}

function levelled(memory: OffChipMemory, erases: number): number | null {
  if (memory.enduranceCycles === null || erases === 0) return null;
  return (memory.enduranceCycles * (memory.capacityBytes / memory.sectorBytes)) / erases;
}

function timePartsOf(time: NonNullable<Report["time"]>, component: string): TimeParts {
  const stalled = (cause: string): number =>
    (time.stalls.find((stall) => stall.component === component && stall.cause === cause)?.cycles ?? 0) /
    time.clockHertz;
  const offChip = { transfer: stalled("transfer"), program: stalled("program"), erase: stalled("erase") };
  return {
    onChip: time.timeSeconds - offChip.transfer - offChip.program - offChip.erase,
    ...offChip,
  };
}

function offChipUseOf(
  { traffic }: Report,
  energy: NonNullable<Report["energy"]>,
  component: string,
): Omit<OffChipUse, "spilledBytes" | "sectorsAnUpdate"> {
  const sum = (action: string, of: "bytes" | "count"): number =>
    traffic
      .filter((entry) => entry.component === component && entry.action === action)
      .reduce((total, entry) => total + entry[of], 0);
  return {
    readBytes: sum("read", "bytes"),
    writtenBytes: sum("write", "bytes"),
    erases: sum("erase", "count"),
    programs: sum("program", "count"),
    energyJoules: energy.entries
      .filter((entry) => entry.component === component)
      .reduce((total, entry) => total + entry.energyJoules, 0),
  };
}
