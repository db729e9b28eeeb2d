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
