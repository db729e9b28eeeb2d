import { type Dataset, datasetFromIdx } from "../src/data/dataset.js";
import { mnistPaths, readBytes } from "../src/data/node-files.js";

/** MNIST as rebit loads it. */
export function loadMnist(): Dataset {
  const named = (path: string) => ({ path, bytes: readBytes(path) });
  const { trainImages, trainLabels, testImages, testLabels } = mnistPaths();
  return datasetFromIdx("mnist", {
    trainImages: named(trainImages),
    trainLabels: named(trainLabels),
    testImages: named(testImages),
    testLabels: named(testLabels),
  });
}
