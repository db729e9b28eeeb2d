import { DataError } from "./data-error.js";
import { parseIdxImages, parseIdxLabels } from "./idx.js";

/** Labelled images: `trainImages` holds `trainLabels.length` x `inputs` pixels of 0 .. 255, the test set alike. */
export interface Dataset {
  readonly name: string;
  readonly inputs: number;
  readonly classes: number;
  readonly trainImages: Uint8Array;
  readonly trainLabels: Uint8Array;
  readonly testImages: Uint8Array;
  readonly testLabels: Uint8Array;
}

/** One file in memory. */
export interface NamedBytes {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** The four files of a data set. */
export interface IdxFiles {
  readonly trainImages: NamedBytes;
  readonly trainLabels: NamedBytes;
  readonly testImages: NamedBytes;
  readonly testLabels: NamedBytes;
}

/**
 * A data set from four IDX files, with labels 0 .. classes - 1.
 * @throws DataError of parseIdxImages and parseIdxLabels, and count-mismatch, bad-shape, label-out-of-range
 */
export function datasetFromIdx(name: string, files: IdxFiles, classes = 10): Dataset {
  const train = labelledImages(files.trainImages, files.trainLabels, classes);
  const test = labelledImages(files.testImages, files.testLabels, classes);
  if (train.rows !== test.rows || train.columns !== test.columns) {
    const reason = `its images are ${test.rows} x ${test.columns}, those of ${files.trainImages.path} are ${train.rows} x ${train.columns}`;
    throw new DataError("bad-shape", files.testImages.path, 8, reason);
  }
  return {
    name,
    inputs: train.rows * train.columns,
    classes,
    trainImages: train.pixels,
    trainLabels: train.labels,
    testImages: test.pixels,
    testLabels: test.labels,
  };
}

function labelledImages(imagesFile: NamedBytes, labelsFile: NamedBytes, classes: number) {
  const images = parseIdxImages(imagesFile.bytes, imagesFile.path);
  const { count, labels } = parseIdxLabels(labelsFile.bytes, labelsFile.path);
  if (count !== images.count) {
    const reason = `holds ${count} labels, but ${imagesFile.path} holds ${images.count} images`;
    throw new DataError("count-mismatch", labelsFile.path, 4, reason);
  }
  const wrong = labels.findIndex((label) => label >= classes);
  if (wrong >= 0) {
    const reason = `label ${labels[wrong]} of sample ${wrong} is not one of 0 .. ${classes - 1}`;
    throw new DataError("label-out-of-range", labelsFile.path, 8 + wrong, reason);
  }
  return { ...images, labels };
}

/** Some samples: `labels.length` x inputs pixels. */
export interface Part {
  readonly pixels: Uint8Array;
  readonly labels: Uint8Array;
}

/**
 * The parts of a run: the first images of the training file, its last ones for validation, the first of the test
 * file. Views, not copies.
 * @throws DataError too-few-samples if there are not as many, or training and validation would overlap
 */
export function splitDataset(
  dataset: Dataset,
  sizes: { readonly train: number; readonly validation: number; readonly test: number },
): { train: Part; validation: Part; test: Part } {
  const { name, inputs, trainImages, trainLabels, testImages, testLabels } = dataset;
  const available = trainLabels.length;
  if (sizes.train + sizes.validation > available) {
    const reason = `train ${sizes.train} + validation ${sizes.validation} samples would overlap: the training file holds ${available}`;
    throw new DataError("too-few-samples", name, 0, reason);
  }
  if (sizes.test > testLabels.length) {
    const reason = `test ${sizes.test}, but the test file holds ${testLabels.length} samples`;
    throw new DataError("too-few-samples", name, 0, reason);
  }
  const part = (pixels: Uint8Array, labels: Uint8Array, from: number, to: number): Part => ({
    pixels: pixels.subarray(from * inputs, to * inputs),
    labels: labels.subarray(from, to),
  });
  return {
    train: part(trainImages, trainLabels, 0, sizes.train),
    validation: part(trainImages, trainLabels, available - sizes.validation, available),
    test: part(testImages, testLabels, 0, sizes.test),
  };
}
