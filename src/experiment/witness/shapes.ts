import type { Narrowing } from "../../kernels/kernels.js";
import type { Workload } from "../../rbnn/workload.js";

/** Updates of each iteration. */
const STEPS = 2;

/** A training on synthetic data that is small enough for a simulator. @param widths of the layers, from the inputs on */
function shape(
  widths: readonly number[],
  weightBits: number,
  iterations: number,
  batch = 1,
  narrowing?: Narrowing,
): Workload {
  const [inputs = 0, ...units] = widths;
  return {
    name: `${widths.join("-")}, n = ${weightBits}, batch ${batch}`,
    dataset: "synthetic",
    synthetic: { inputs, classes: units.at(-1) ?? 0 },
    data: { train: STEPS * batch, validation: 0, test: 0 },
    network: { hidden: units.slice(0, -1) },
    storage: { weightBits, iterations },
    training: { batch, epochs: 1, seed: 1, patience: "none", stopRecursion: false },
    // Many units saturate, so that rows without a delta are among the updates.
    numerics: { inputShift: 2, ...(narrowing && { narrowing }) },
  };
}

/**
 * Trainings that costs are fitted to: one to three hidden layers, one sample and batches, each narrowing. Rows are whole
 * words, so that what a row costs at its end does not vary between rows; rows of signs are not, all of them.
 */
export const FITTED: readonly Workload[] = [
  shape([32, 64, 32, 16], 8, 2),
  shape([64, 32, 96, 48], 12, 3),
  shape([96, 48, 16], 16, 2),
  shape([48, 96, 32], 4, 3),
  shape([64, 32, 16], 8, 2, 2),
  shape([32, 64, 48, 16], 12, 2, 2, "truncate"),
  shape([64, 48, 16], 16, 2, 1, "nearest"),
  shape([16, 64, 16], 4, 2, 1, "truncate"),
  shape([96, 64, 16], 8, 2, 3, "nearest"),
  shape([64, 64, 32], 10, 2, 1, "nearest"),
  shape([48, 32, 16], 6, 2, 2),
  shape([80, 16, 16, 32, 16], 14, 2),
  shape([20, 24, 20, 16], 8, 3),
];

/** Trainings that were not used, of other and odd sizes, down to a handful of units. */
export const UNSEEN: readonly Workload[] = [
  shape([784, 10, 10], 12, 2),
  shape([200, 10, 10], 16, 2),
  shape([100, 20, 10, 5], 12, 2),
  shape([61, 8, 5], 8, 2),
  shape([61, 7, 5], 5, 5),
  shape([50, 33, 7], 3, 2),
  shape([33, 5, 2], 16, 4),
  shape([25, 9, 5, 3], 9, 3, 10),
  shape([17, 11, 10], 13, 2, 4, "truncate"),
  shape([29, 13, 3], 7, 2, 5, "nearest"),
  shape([12, 5, 6, 7, 3], 7, 4),
  shape([10, 7, 3], 5, 2),
];
