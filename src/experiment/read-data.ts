import { ConfigError, problemAt } from "../config/problem.js";
import { type Files, readFile, resolveNamed } from "../config/source.js";
import type { Origin } from "../config/tree.js";
import type { Dataset } from "../data/dataset.js";
import { loadDataset } from "../rbnn/load-data.js";
import type { DatasetPaths, Workload } from "../rbnn/workload.js";

/**
 * The data set of a workload; its files are found from where their names are written.
 * @param mnist the four files of MNIST, if they are at hand
 * @throws ConfigError for a file that cannot be read, at the place that names the data set; DataError for unusable content
 */
export function readData(
  workload: Workload,
  mnist: DatasetPaths | undefined,
  files: Files,
  originOf: (file: "workload", path: readonly string[]) => Origin,
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
  const resolve = (written: string, key: string): string =>
    resolveNamed(files, originOf("workload", ["dataset", key]), written);
  return loadDataset(workload, { files: located, resolve, mnist: mnist ?? none });
}
