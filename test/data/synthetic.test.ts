import { expect } from "chai";
import { syntheticDataset } from "../../src/data/synthetic.js";

const OPTIONS = { inputs: 100, classes: 5, train: 200, test: 50, seed: 1 };

describe("synthetic data", () => {
  it("has the asked size and all classes", () => {
    const data = syntheticDataset(OPTIONS);
    expect(data).to.include({ inputs: 100, classes: 5 });
    expect(data.trainImages).to.have.length(200 * 100);
    expect(data.testImages).to.have.length(50 * 100);
    expect(new Set(data.trainLabels)).to.deep.equal(new Set([0, 1, 2, 3, 4]));
  });

  it("is the same for the same seed, another for another", () => {
    expect(syntheticDataset(OPTIONS)).to.deep.equal(syntheticDataset(OPTIONS));
    const other = syntheticDataset({ ...OPTIONS, seed: 2 });
    expect(other.trainImages).not.to.deep.equal(syntheticDataset(OPTIONS).trainImages);
  });

  it("is mostly background, as MNIST is", () => {
    const { trainImages } = syntheticDataset(OPTIONS);
    const background = trainImages.filter((pixel) => pixel === 0).length / trainImages.length;
    expect(background).to.be.within(0.6, 0.9);
  });
});
