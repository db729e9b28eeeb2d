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
