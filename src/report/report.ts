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
  /** `closedForm`: from trip counts; `simulated`: tile by tile. */
  readonly method: "closedForm" | "simulated";
  /** The component that most of the time is spent in or waiting for. */
  readonly bottleneck: string;
  /** Cycles of no kernel, by cause, the most first; with the kernels' cycles they sum to `cycles`, but for the rounding of phases. */
  readonly stalls: readonly { readonly component: string; readonly cause: string; readonly cycles: number }[];
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
  /** The most that blocks which may be active at once draw together, each at its highest rate. */
  readonly peakWatts: number;
  /** The highest average power of any phase of any iteration. */
  readonly peakPhaseWatts: number;
  /** What goes on at the peak: `kernel`, `erase of flash`. */
  readonly peakMoment: string;
  /** What each block draws at that moment, by its action or its state. */
  readonly peakBlocks: readonly {
    readonly component: string;
    readonly action?: string;
    readonly state?: string;
    readonly watts: number;
  }[];
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
  /** Most erases of any sector in one training; 0 in a memory that is written in place. */
  readonly erasesPerSector: number;
  /** Most writes of any byte in one training; only of a memory that is written in place. An FRAM writes back what it reads. */
  readonly writesPerByte?: number;
  /** Erases of a sector, or writes of a byte in a memory that is written in place; `null` if there is no limit. */
  readonly enduranceCycles: number | null;
  /** How far the endurance can be trusted. */
  readonly enduranceStatus?: string;
  /** `null` when a training wears nothing, or nothing wears out. */
  readonly trainingsUntilWornOut: number | null;
}

/** Between the battery and what uses its energy. */
export interface Supply {
  readonly voltageVolts: number;
  /** The operating point by name; absent where the chip has none. */
  readonly operatingPoint?: string;
  /** Of the core's domain; absent where the chip names none. */
  readonly coreVolts?: number;
  /** Share of the battery's energy that arrives at the supply; 1 if the chip gives none. */
  readonly efficiency: number;
  /** How far the efficiency can be trusted; absent where none is given. */
  readonly efficiencyStatus?: string;
  readonly efficiencySource?: string;
  /** Share of the supply's energy that arrives in the core's domain. */
  readonly coreEfficiency: number;
  /** What is drawn before all losses, for one training and for one inference. */
  readonly trainingDrawnJoules: number;
  readonly inferenceDrawnJoules: number;
}

export interface Battery {
  readonly capacityJoules: number;
  /** What the chip and its parts use. */
  readonly trainingEnergyJoules: number;
  /** What the battery gives for it. */
  readonly drawnJoules: number;
  /** Capacity / drawn: trainings one after the other, without self-discharge. */
  readonly trainingsPerCharge: number;
  /** Mean current of a training, at the nominal voltage. */
  readonly averageCurrentAmperes: number;
  /** Absent where the battery has no such limit. */
  readonly continuousCurrentLimitAmperes?: number;
  readonly continuousCurrentExceeded?: boolean;
  /** Current at the peak power of a training. */
  readonly peakCurrentAmperes: number;
  readonly peakCurrentLimitAmperes?: number;
  readonly peakCurrentExceeded?: boolean;
  /** Share of the nominal charge that is lost in a year. */
  readonly selfDischargePerYear?: number;
}

/** A mean day of the device. */
export interface Duty {
  readonly trainingsPerDay: number;
  readonly inferencesPerDay: number;
  /** In which the device trains or infers. */
  readonly activeSeconds: number;
  /** Of the chip and its parts, over the day. */
  readonly averageWatts: number;
  readonly energyJoules: number;
  /** What the battery gives for it, without self-discharge. */
  readonly drawnJoules: number;
  readonly day: {
    readonly training: DayShare;
    readonly inference: DayShare;
    readonly sleep: DayShare;
  };
  readonly sleep: {
    readonly sleepWatts: number;
    /** They sum to the energy of the day's sleep, left to right. */
    readonly entries: readonly StateEnergy[];
  };
  /** One charge of the battery, with its self-discharge; absent without a battery. */
  readonly batteryLife?: Life;
  /** Until the first component is worn out; absent if none ever is. */
  readonly wearLife?: Life & { readonly component: string };
  /** Which of them ends first; absent if neither does. */
  readonly limit?: "battery" | "wear";
}

/** A part of a day. */
export interface DayShare {
  readonly timeSeconds: number;
  readonly energyJoules: number;
  readonly drawnJoules: number;
}

export interface Life {
  readonly days: number;
  /** Of 365.25 days. */
  readonly years: number;
}
