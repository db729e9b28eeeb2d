import type { Narrowing } from "../kernels/kernels.js";

/** Four IDX files, as paths (relative to the workload file when written there). */
export interface DatasetPaths {
  readonly trainImages: string;
  readonly trainLabels: string;
  readonly testImages: string;
  readonly testLabels: string;
}

/** A validated rebit/workload@1 document. */
export interface Workload {
  readonly name: string;
  readonly dataset: "mnist" | "synthetic" | DatasetPaths;
  readonly synthetic?: { readonly inputs: number; readonly classes: number } | undefined;
  readonly data: { readonly train: number; readonly validation: number; readonly test: number };
  readonly network: { readonly hidden: readonly number[] };
  readonly storage: { readonly weightBits: number; readonly iterations: number };
  readonly training: {
    readonly batch: number;
    readonly epochs: number;
    readonly seed: number;
    /** Epochs without a better validation error after which an iteration ends early. */
    readonly patience: "none" | number;
    /** End after an iteration whose best validation error is not below that of the iteration before. */
    readonly stopRecursion: boolean;
  };
  readonly numerics?:
    | {
        readonly inputShift?: number | undefined;
        readonly hiddenShift?: number | undefined;
        readonly outputShift?: number | undefined;
        readonly stepShift?: number | undefined;
        readonly narrowing?: Narrowing | undefined;
      }
    | undefined;
}

/** Widths of one column. */
export interface NetworkShape {
  readonly inputs: number;
  readonly hidden: readonly number[];
  readonly classes: number;
}

/** Inputs and classes of the default synthetic data set. */
export const SYNTHETIC_DEFAULTS = { inputs: 64, classes: 4 } as const;
const MNIST_SHAPE = { inputs: 784, classes: 10 } as const;

/** Inputs and classes of a data set that has been read; needed for data sets given by path. */
export interface DatasetShape {
  readonly inputs: number;
  readonly classes: number;
}

/**
 * The widths of one column of a workload. `mnist` and `synthetic` are known without reading any data.
 * @throws Error if the data set is given by path and `dataset` (its shape) is missing.
 */
export function networkShape(workload: Workload, dataset?: DatasetShape): NetworkShape {
  const { hidden } = workload.network;
  if (dataset !== undefined) return { inputs: dataset.inputs, hidden, classes: dataset.classes };
  if (workload.dataset === "mnist") return { ...MNIST_SHAPE, hidden };
  if (workload.dataset === "synthetic") {
    return { ...SYNTHETIC_DEFAULTS, ...workload.synthetic, hidden };
  }
  throw new Error("the shape of a data set given by path comes from its files: pass the data set");
}
