import { paperOperations } from "../firmware/paper-convention.js";
import type { Activity } from "../rbnn/activity.js";
import { weightsOf } from "../rbnn/layers.js";
import { fieldBitsOf } from "../rbnn/resolve-numerics.js";
import type { IterationResult } from "../rbnn/training-run.js";
import type * as costs from "../report/costs.js";
import type * as report from "../report/report.js";
import type * as storage from "../report/storage.js";
import { costsOf } from "./costs.js";
import { cycleNotes } from "./cycle-notes.js";
import { sha256Hex, sha256OfJson } from "./digest.js";
import { leversOf, misfitNotes } from "./levers.js";
import type { Experiment } from "./load.js";
import { relativeTo } from "./paths.js";
import { exactly, type Plan } from "./plan.js";

/** How a training went, or how it would go at most. */
export interface Outcome {
  readonly source: report.ActivitySource;
  readonly activity: Activity;
  /** How its time and traffic are found. */
  readonly method: costs.Time["method"];
  /** Absent without training. */
  readonly iterations?: readonly IterationResult[];
  /** Of the packed weight storage at the end. */
  readonly weightsSha256?: string;
}

/** The report of an experiment; without an outcome (what cannot fit is not trained) it says what would help. */
export function assess(experiment: Experiment, plan: Plan, outcome: Outcome | undefined): report.Report {
  const { chip, workload } = experiment;
  const costs =
    outcome === undefined
      ? undefined
      : exactly(experiment, () => costsOf(experiment, plan, outcome.activity, outcome.method));
  const { exactOperations, powerNotes, ...priced } = costs ?? {
    exactOperations: [],
    powerNotes: [],
    traffic: [],
    wear: [],
  };
  return {
    schema: "rebit/report@1",
    experiment: {
      name: experiment.name,
      chip: chip.name,
      firmware: experiment.firmwareName,
      workload: workload.name,
      seed: workload.training.seed,
      inputs: experiment.inputs.map(({ path, bytes }) => ({
        path: relativeTo(experiment.path, path),
        sha256: sha256Hex(bytes),
      })),
    },
    ...(outcome === undefined
      ? {}
      : {
          activity: {
            source: outcome.source,
            sha256: sha256OfJson(outcome.activity.iterations),
            iterations: outcome.activity.iterations,
          },
        }),
    accuracy: accuracyOf(experiment, plan, outcome),
    operations: { paper: paperOperations(plan.run), exact: exactOperations },
    storage: storageOf(experiment, plan),
    ...priced,
    ...(chip.sram.area === undefined
      ? {}
      : {
          area: {
            squareMillimetres: chip.sram.area.squareMillimetres,
            entries: [{ component: chip.sram.name, status: "derived", ...chip.sram.area }],
          },
        }),
    notes: [
      ...misfitNotes(plan),
      ...plan.notes,
      ...cycleNotes(experiment, plan),
      ...chip.notes,
      ...powerNotes,
    ],
  };
}

function accuracyOf(
  { shape, workload }: Experiment,
  plan: Plan,
  outcome: Outcome | undefined,
): report.Accuracy {
  const last = outcome?.iterations?.at(-1);
  if (outcome?.iterations !== undefined && last !== undefined) {
    const { iterations, weightsSha256 } = outcome;
    return {
      testErrorPercent: last.testErrorPercent,
      ...(weightsSha256 === undefined ? {} : { weightsSha256 }),
      iterations,
    };
  }
  const { weightBits, iterations } = workload.storage;
  const weights = weightsOf(plan.run.layers);
  return {
    iterations: Array.from({ length: iterations }, (_, position) => ({
      iteration: position + 1,
      hiddenUnits: shape.hidden.map((units) => units * (position + 1)),
      weights: weights * (position + 1),
      plasticBits: fieldBitsOf(weightBits, position + 1),
      bitsPerWeight: weightBits / (position + 1),
    })),
  };
}

function storageOf(experiment: Experiment, plan: Plan): storage.Storage {
  const { chip, workload } = experiment;
  const { placement, run } = plan;
  const { weightBits, iterations } = workload.storage;
  const weights = weightsOf(run.layers);
  const bits = weights * weightBits;
  return {
    weights: {
      bits,
      bytes: Math.ceil(bits / 8),
      finalWeights: weights * iterations,
      bitsPerWeight: weightBits / iterations,
    },
    fits: placement.fits,
    misfits: placement.unplaced.map(({ tensor, demandBytes, roomBytes, component }) => ({
      tensor,
      demandBytes,
      roomBytes,
      gapBytes: demandBytes - roomBytes,
      ...(component === undefined ? {} : { component }),
    })),
    levers: leversOf(experiment, plan),
    placement: { ...placement.spilling, gap: placement.spilling.cost - placement.spilling.lowerBound },
    onChip: {
      capacityBytes: chip.sram.capacityBytes,
      peakBytes: placement.peakBytes,
      lowerBoundBytes: placement.lowerBoundBytes,
      fits: placement.fits && placement.spilledBytes === 0,
      spilledBytes: placement.spilledBytes,
      items: placement.onChip,
    },
    offChip: {
      bytes: placement.offChip.reduce((sum, item) => sum + item.bytes, 0),
      items: placement.offChip,
    },
  };
}
