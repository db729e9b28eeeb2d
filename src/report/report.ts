import type { Area, Energy, Power, Time, TrafficEntry } from "./costs.js";
import type { Battery, Duty, Supply, Wear } from "./lifetime.js";
import type { Storage } from "./storage.js";

/** What one experiment gave: the document `rebit/report@1`. SI base units, named in each field; counts are exact integers. */
export interface Report {
  readonly schema: "rebit/report@1";
  readonly experiment: ExperimentSummary;
  /** Absent when nothing was trained or estimated because the experiment cannot fit. */
  readonly activity?: ActivitySummary;
  readonly accuracy: Accuracy;
  readonly operations: Operations;
  readonly storage: Storage;
  /** Accesses of the training, each at the port of a component; `infer` is under `inference`. */
  readonly traffic: readonly TrafficEntry[];
  /** Absent, like all that follows from it, when the experiment cannot fit. */
  readonly time?: Time;
  readonly energy?: Energy;
  readonly power?: Power;
  /** Absent when no component has a known area. */
  readonly area?: Area;
  readonly perSample?: PerSample;
  readonly inference?: Inference;
  /** One entry for each component that wears out. */
  readonly wear: readonly Wear[];
  /** Absent when the experiment cannot fit. */
  readonly supply?: Supply;
  /** Absent without a battery. */
  readonly battery?: Battery;
  /** Absent where the experiment names no duty. */
  readonly duty?: Duty;
  /** What a reader has to know before trusting a number. */
  readonly notes: readonly string[];
}

export interface ExperimentSummary {
  readonly name: string;
  readonly chip: string;
  readonly firmware: string;
  readonly workload: string;
  readonly seed: number;
  /** Every file that was read; paths are relative to the experiment. */
  readonly inputs: readonly { readonly path: string; readonly sha256: string }[];
}

/** Where the data-dependent counts come from: an upper bound, this run, an earlier run, a file. */
export type ActivitySource = "bound" | "trained" | "cached" | "file";

export interface ActivitySummary {
  readonly source: ActivitySource;
  readonly sha256?: string;
  readonly iterations: readonly {
    readonly iteration: number;
    readonly epochs: number;
    readonly snapshots: number;
    /** `[layer - 1][row]`: updates executed. */
    readonly rowUpdates: readonly (readonly number[])[];
    /** `[hidden layer - 1]`: training samples whose incoming delta is all zero. */
    readonly zeroDeltaSamples: readonly number[];
  }[];
}

export interface Accuracy {
  /** Of the last completed iteration at its best validation epoch; absent without training. */
  readonly testErrorPercent?: number;
  /** SHA-256 of the packed weight storage at the end; the same seed gives the same bits everywhere. */
  readonly weightsSha256?: string;
  readonly iterations: readonly IterationAccuracy[];
}

/** Units and weights are cumulative over the recursion; epochs count from 1; errors are absent without training. */
export interface IterationAccuracy {
  readonly iteration: number;
  readonly hiddenUnits: readonly number[];
  readonly weights: number;
  readonly plasticBits: number;
  readonly bitsPerWeight: number;
  readonly epochs?: number;
  readonly bestEpoch?: number;
  readonly trainErrorPercent?: number;
  readonly validationErrorPercent?: number;
  readonly testErrorPercent?: number;
}

export interface Operations {
  /** Per sample, as arXiv 1709.05306 counts them in Table 2. */
  readonly paper: {
    readonly learning: { readonly shift: number; readonly multiply: number; readonly add: number };
    readonly inference: { readonly shift: number; readonly add: number };
  };
  /** Of the whole training, leaving nothing out. */
  readonly exact: readonly {
    readonly phase: string;
    readonly iteration: number;
    readonly op: string;
    readonly count: number;
  }[];
}

/** The training divided by the training samples that it presented. */
export interface PerSample {
  readonly timeSeconds: number;
  readonly energyJoules: number;
}

/** One inference with the final network. */
export interface Inference {
  readonly timeSeconds: number;
  readonly cycles: number;
  readonly energyJoules: number;
  readonly traffic: readonly TrafficEntry[];
}
