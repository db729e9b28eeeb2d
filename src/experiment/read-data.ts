import { ConfigError, problemAt } from "../config/problem.js";
import { type Files, readFile, resolveNamed } from "../config/source.js";
import type { Origin } from "../config/tree.js";
import type { Dataset } from "../data/dataset.js";
import { loadDataset } from "../rbnn/load-data.js";
import type { DatasetPaths, Workload } from "../rbnn/workload.js";

type OriginOf = (file: "workload", path: readonly string[]) => Origin;

/** The four files of a workload with data of its own, found from where their names are written. */
export function dataFiles({ dataset }: Workload, files: Files, originOf: OriginOf): DatasetPaths | undefined {
  if (typeof dataset === "string") return undefined;
  const resolve = (key: keyof DatasetPaths): string =>
    resolveNamed(files, originOf("workload", ["dataset", key]), dataset[key]);
  return {
    trainImages: resolve("trainImages"),
    trainLabels: resolve("trainLabels"),
    testImages: resolve("testImages"),
    testLabels: resolve("testLabels"),
  };
}

/**
 * The data set of a workload; its files are found from where their names are written.
 * @param mnist the four files of MNIST, if they are at hand
 * @throws ConfigError for a file that cannot be read, at the place that names the data set; DataError for unusable content
 */
export function readData(
  workload: Workload,
  mnist: DatasetPaths | undefined,
  files: Files,
  originOf: OriginOf,
): Dataset {
  const origin = originOf("workload", ["dataset"]);
  if (workload.dataset === "mnist" && mnist === undefined) {
    throw new ConfigError([
      problemAt(origin, "no-data", "MNIST is not at hand here: pass the paths of its four files"),
    ]);
  }
  // Located errors for files that cannot be read: reading goes through the place that names them.
  const located: Files = { ...files, read: (path) => readFile(files, path, origin) };
  const none = { trainImages: "", trainLabels: "", testImages: "", testLabels: "" };
  const own = dataFiles(workload, files, originOf);
  const resolve = (written: string, key: keyof DatasetPaths): string => own?.[key] ?? written;
  return loadDataset(workload, { files: located, resolve, mnist: mnist ?? none });
}
