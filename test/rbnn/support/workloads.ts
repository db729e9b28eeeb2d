import type { KernelKind } from "../../../src/kernels/kernels.js";
import { loadDataset } from "../../../src/rbnn/load-data.js";
import { type TrainingResult, trainToEnd } from "../../../src/rbnn/trainer.js";
import type { Workload } from "../../../src/rbnn/workload.js";

type Overrides = { readonly [Key in keyof Workload]?: Partial<Workload[Key]> };

/** A tiny synthetic workload, with parts of it replaced. */
export function smallWorkload(over: Overrides = {}): Workload {
  return {
    name: "small",
    dataset: "synthetic",
    synthetic: { inputs: 64, classes: 4, ...over.synthetic },
    data: { train: 400, validation: 100, test: 100, ...over.data },
    network: { hidden: [8], ...over.network },
    storage: { weightBits: 8, iterations: 2, ...over.storage },
    training: { batch: 1, epochs: 2, seed: 1, patience: "none", stopRecursion: false, ...over.training },
    // 64 inputs give smaller sums than the 784 that the defaults are for.
    numerics: { inputShift: 3, ...over.numerics },
  };
}

/** The data of a synthetic workload. */
export function syntheticData(workload: Workload) {
  const noFiles = {
    read: (path: string): Uint8Array => {
      throw new Error(`no file is read for synthetic data, but ${path} was`);
    },
    resolve: (_from: string, path: string) => path,
  };
  const none = { trainImages: "", trainLabels: "", testImages: "", testLabels: "" };
  return loadDataset(workload, { files: noFiles, mnist: none });
}

/** Trains a synthetic workload to its end. */
export function trainSmall(over: Overrides = {}, kernels: KernelKind = "wasm"): TrainingResult {
  const workload = smallWorkload(over);
  return trainToEnd(workload, syntheticData(workload), undefined, { kernels });
}
