import type { Files } from "../config/source.js";
import { type Dataset, datasetFromIdx } from "../data/dataset.js";
import { syntheticDataset } from "../data/synthetic.js";
import { type DatasetPaths, SYNTHETIC_DEFAULTS, type Workload } from "./workload.js";

/** Where {@link loadDataset} finds files. */
export interface DataSources {
  readonly files: Files;
  /** The workload file: paths written in it are relative to it. */
  readonly workloadPath: string;
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
  const { files, workloadPath, mnist } = sources;
  const isMnist = dataset === "mnist";
  const paths = isMnist ? mnist : dataset;
  const read = (path: string) => {
    const resolved = isMnist ? path : files.resolve(workloadPath, path);
    return { path: resolved, bytes: files.read(resolved) };
  };
  return datasetFromIdx(isMnist ? "mnist" : paths.trainImages, {
    trainImages: read(paths.trainImages),
    trainLabels: read(paths.trainLabels),
    testImages: read(paths.testImages),
    testLabels: read(paths.testLabels),
  });
}
