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
  /** Absent without a battery. */
  readonly battery?: Battery;
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

export interface Storage {
  readonly weights: {
    readonly bits: number;
    readonly bytes: number;
    readonly finalWeights: number;
    readonly bitsPerWeight: number;
  };
  /** Every tensor has an address somewhere. */
  readonly fits: boolean;
  /** What found no place: what it needs, the room there is for it, and what is missing. Empty if everything fits. */
  readonly misfits: readonly Misfit[];
  /** What would help when something is spilled or does not fit: what is enough first, then the most effective. */
  readonly levers: readonly Lever[];
  readonly placement: PlacementSummary;
  readonly onChip: {
    readonly capacityBytes: number;
    readonly peakBytes: number;
    readonly lowerBoundBytes: number;
    /** Nothing is spilled. */
    readonly fits: boolean;
    readonly spilledBytes: number;
    readonly items: readonly StorageItem[];
  };
  readonly offChip: { readonly bytes: number; readonly items: readonly StorageItem[] };
}

export interface Misfit {
  /** A tensor, or `on-chip tensors` for all that must lie in the SRAM. */
  readonly tensor: string;
  readonly demandBytes: number;
  readonly roomBytes: number;
  readonly gapBytes: number;
  /** The memory with most room; absent if there is none. */
  readonly component?: string;
}

/** How what lies off chip was chosen. */
export interface PlacementSummary {
  readonly objective: "energy" | "time";
  /** `allOnChip`: there was nothing to choose; `search`: the rows that cost least; `file`: a placement file says which. */
  readonly method: "allOnChip" | "search" | "file";
  /** Joules or seconds of one training, at the bound of its activity, that what lies off chip costs by being there. */
  readonly cost: number;
  /** No placement costs less. */
  readonly lowerBound: number;
  /** cost - lowerBound. */
  readonly gap: number;
  readonly isOptimal: boolean;
}

export interface Lever {
  /** The change, as one would write it: `firmware.options.gradient: replay`. */
  readonly change: string;
  /** The same as an argument of `--set`: `firmware.options.gradient=replay`. */
  readonly set: string;
  /** On-chip bytes that it frees or adds; 0 for a change off chip. */
  readonly savesBytes: number;
  /** With this change alone every tensor has an address somewhere. */
  readonly fits: boolean;
  /** And nothing is spilled. */
  readonly allOnChip: boolean;
}

/** A tensor, or the part of it that lives in this component. */
export interface StorageItem {
  readonly tensor: string;
  readonly component: string;
  readonly bytes: number;
  readonly address: number;
  /** The first and the last phase in which it is live. */
  readonly from: string;
  readonly to: string;
  /** The rows that it holds, if the rows of its tensor do not lie all in one piece. */
  readonly rows?: { readonly first: number; readonly last: number };
}

export interface TrafficEntry {
  readonly component: string;
  readonly action: string;
  readonly tensor: string;
  readonly phase: string;
  readonly iteration: number;
  /** Accesses at the component's port. */
  readonly count: number;
  /** Useful bytes. */
  readonly bytes: number;
}

export interface Time {
  readonly timeSeconds: number;
  readonly cycles: number;
  readonly clockHertz: number;
  /** The component that is busy longest. */
  readonly bottleneck: string;
  readonly utilisation: readonly { readonly component: string; readonly busyCycles: number }[];
  readonly phases: readonly {
    readonly phase: string;
    readonly iteration: number;
    readonly timeSeconds: number;
    readonly cycles: number;
  }[];
}

interface EnergyFigure {
  readonly component: string;
  readonly energyJoules: number;
  readonly source: string;
  readonly status: string;
}

export interface ActionEnergy extends EnergyFigure {
  readonly action: string;
  readonly count: number;
  readonly joulesPerAction: number;
}

export interface StateEnergy extends EnergyFigure {
  readonly state: string;
  readonly timeSeconds: number;
  readonly watts: number;
}

export interface Energy {
  /** The sum of all entries, left to right. */
  readonly energyJoules: number;
  /** The share of the total, 0 to 1, that rests on entries of status `placeholder`. */
  readonly placeholderShare: number;
  readonly entries: readonly (ActionEnergy | StateEnergy)[];
  readonly phases: readonly {
    readonly phase: string;
    readonly iteration: number;
    readonly energyJoules: number;
  }[];
}

export interface Power {
  readonly averageWatts: number;
  /** Of the phase that draws most. */
  readonly peakWatts: number;
}

export interface Area {
  readonly squareMillimetres: number;
  readonly entries: readonly {
    readonly component: string;
    readonly squareMillimetres: number;
    readonly source: string;
    readonly status: string;
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

export interface Wear {
  readonly component: string;
  /** Most erases of any sector in one training. */
  readonly erasesPerSector: number;
  readonly enduranceCycles: number;
  /** How far the endurance can be trusted. */
  readonly enduranceStatus?: string;
  /** `null` when a training erases nothing. */
  readonly trainingsUntilWornOut: number | null;
}

export interface Battery {
  readonly capacityJoules: number;
  readonly trainingEnergyJoules: number;
  readonly trainingsPerCharge: number;
}
