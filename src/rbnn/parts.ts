import { type Dataset, type Part, splitDataset } from "../data/dataset.js";
import { inputTable, meanPixel } from "./normalise.js";
import type { Workload } from "./workload.js";

/** The parts of a workload's data. */
export type PartName = "train" | "validation" | "test";

/** The data of a workload as pixels, and what every pixel value is as an input. */
export interface Parts extends Readonly<Record<PartName, Part>> {
  /** `[pixel]`: signed 8-bit input, ascending. */
  readonly table: Int8Array;
}

/** Splits a data set; inputs are normalised by the mean of the training part. @throws DataError too few samples */
export function partsOf(workload: Workload, dataset: Dataset): Parts {
  const parts = splitDataset(dataset, workload.data);
  return { ...parts, table: inputTable(meanPixel(parts.train.pixels)) };
}

/** All names, in the order of the files. */
export const PART_NAMES: readonly PartName[] = ["train", "validation", "test"];

/** A value for each part. */
export function forParts<T>(make: (name: PartName) => T): Record<PartName, T> {
  return { train: make("train"), validation: make("validation"), test: make("test") };
}
