import { expect } from "chai";
import { datasetFromIdx, splitDataset } from "../../src/data/dataset.js";
import { idxImages, idxLabels } from "./support/idx-files.js";

const pixels = (count: number) => Array.from({ length: count * 4 }, (_, i) => i);

function files({ train = [0, 1, 2, 3], test = [4, 5], trainCount = 4, testColumns = 2 } = {}) {
  const testPixels = test.length * 2 * testColumns;
  return {
    trainImages: { path: "train-images", bytes: idxImages(trainCount, 2, 2, pixels(trainCount)) },
    trainLabels: { path: "train-labels", bytes: idxLabels(train) },
    testImages: {
      path: "test-images",
      bytes: idxImages(test.length, 2, testColumns, new Array(testPixels).fill(1)),
    },
    testLabels: { path: "test-labels", bytes: idxLabels(test) },
  };
}

describe("a data set of four IDX files", () => {
  it("has as many inputs as an image has pixels", () => {
    const dataset = datasetFromIdx("small", files());
    expect(dataset).to.include({ name: "small", inputs: 4, classes: 10 });
    expect(dataset.trainImages).to.have.length(16);
    expect([...dataset.testLabels]).to.deep.equal([4, 5]);
  });

  it("is refused if labels and images differ in number", () => {
    expect(() => datasetFromIdx("small", files({ trainCount: 3 }))).to.throw(
      /train-labels: count-mismatch: holds 4 labels, but train-images holds 3 images/,
    );
  });

  it("is refused if training and test images differ in shape", () => {
    expect(() => datasetFromIdx("small", files({ testColumns: 3 }))).to.throw(/test-images: bad-shape/);
  });

  it("is refused if a label is not a class, with the sample", () => {
    expect(() => datasetFromIdx("small", files({ test: [9, 10] }))).to.throw(
      /test-labels: label-out-of-range: label 10 of sample 1 is not one of 0 \.\. 9 \(at byte 9\)/,
    );
    expect(() => datasetFromIdx("small", files(), 5)).to.throw(/label 5 of sample 1/);
  });
});

describe("the parts of a data set", () => {
  const dataset = datasetFromIdx("small", files());

  it("are the first training images, the last ones, and the first test images", () => {
    const { train, validation, test } = splitDataset(dataset, { train: 2, validation: 1, test: 1 });
    expect([...train.labels]).to.deep.equal([0, 1]);
    expect([...train.pixels]).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7]);
    expect([...validation.labels]).to.deep.equal([3]);
    expect([...validation.pixels]).to.deep.equal([12, 13, 14, 15]);
    expect([...test.labels]).to.deep.equal([4]);
  });

  it("must not overlap", () => {
    expect(() => splitDataset(dataset, { train: 3, validation: 2, test: 1 })).to.throw(
      /small: too-few-samples: train 3 \+ validation 2 samples would overlap: the training file holds 4/,
    );
  });

  it("must not ask for more test samples than there are", () => {
    expect(() => splitDataset(dataset, { train: 3, validation: 1, test: 3 })).to.throw(/test file holds 2/);
  });
});
