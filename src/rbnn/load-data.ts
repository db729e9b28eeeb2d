import type { Files } from "../config/source.js";
import { type Dataset, datasetFromIdx } from "../data/dataset.js";
import { syntheticDataset } from "../data/synthetic.js";
import { type DatasetPaths, SYNTHETIC_DEFAULTS, type Workload } from "./workload.js";

/** Where {@link loadDataset} finds files. */
export interface DataSources {
  readonly files: Files;
  /** The path of a file that the workload names; without it, paths are used as written. */
  readonly resolve?: (written: string, key: keyof DatasetPaths) => string;
  /** The four files of MNIST. */
  readonly mnist: DatasetPaths;
}

/** Synthetic data is the same for every training seed, as a data set on disk is. */
const SYNTHETIC_SEED = 1;

/**
 * The data set that a workload names, read through `sources.files`.
 * @throws FileError if a file cannot be read; DataError if its content is unusable
 */
export function loadDataset(workload: Workload, sources: DataSources): Dataset {
  const { dataset, data } = workload;
  if (dataset === "synthetic") {
    const shape = { ...SYNTHETIC_DEFAULTS, ...workload.synthetic };
    return syntheticDataset({
      ...shape,
      train: data.train + data.validation,
      test: data.test,
      seed: SYNTHETIC_SEED,
    });
  }
  const { files, resolve = (written) => written, mnist } = sources;
  const isMnist = dataset === "mnist";
  const paths = isMnist ? mnist : dataset;
  const read = (key: keyof DatasetPaths) => {
    const path = isMnist ? paths[key] : resolve(paths[key], key);
    return { path, bytes: files.read(path) };
  };
  return datasetFromIdx(isMnist ? "mnist" : paths.trainImages, {
    trainImages: read("trainImages"),
    trainLabels: read("trainLabels"),
    testImages: read("testImages"),
    testLabels: read("testLabels"),
  });
}
