import type { Layer } from "../rbnn/layers.js";

/** A training run as far as lowering needs it. */
export interface TrainingRun {
  readonly layers: readonly Layer[];
  readonly cellBits: number;
  readonly iterations: number;
  readonly batch: number;
  readonly batchesPerEpoch: number;
  readonly trainSamples: number;
  readonly validationSamples: number;
  readonly gradient: "perSample" | "accumulate" | "replay";
  readonly frozen: "recompute" | "cachedLogits";
  /** Shift of an update and whether it is dithered, by plastic bits and layer (docs/numerics.md, "Update"). */
  readonly step: (fieldBits: number, layer: Layer) => { readonly bits: number; readonly dithered: boolean };
}
