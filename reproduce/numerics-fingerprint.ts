import { nodeFiles } from "../src/data/node-files.js";
import { sha256OfJson } from "../src/experiment/digest.js";
import { loadDataset } from "../src/rbnn/load-data.js";
import { trainToEnd } from "../src/rbnn/trainer.js";
import type { Workload } from "../src/rbnn/workload.js";

const TINY: Workload = {
  name: "fingerprint",
  dataset: "synthetic",
  synthetic: { inputs: 64, classes: 4 },
  data: { train: 400, validation: 100, test: 100 },
  network: { hidden: [8, 8] },
  storage: { weightBits: 12, iterations: 5 },
  training: { batch: 100, epochs: 2, seed: 1, patience: "none", stopRecursion: false },
  numerics: { inputShift: 3 },
};

let known: string | undefined;

/**
 * A digest of rebit's arithmetic: it changes exactly when tiny trainings leave other weights, so that faster code keeps
 * old results and other numbers do not. The trainings narrow in all three ways.
 */
export function numericsFingerprint(): string {
  known ??= sha256OfJson(
    [TINY, { ...TINY, training: { ...TINY.training, batch: 1 } }].map((workload) => {
      const none = { trainImages: "", trainLabels: "", testImages: "", testLabels: "" };
      const dataset = loadDataset(workload, { files: nodeFiles, mnist: none });
      return trainToEnd(workload, dataset).cells.sha256();
    }),
  );
  return known;
}
