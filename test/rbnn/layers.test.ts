import { expect } from "chai";
import { layersOf, weightsOf } from "../../src/rbnn/layers.js";
import { networkShape } from "../../src/rbnn/workload.js";
import { smallWorkload } from "./support/workloads.js";

describe("the layers of a column", () => {
  it("follow one another in the cells", () => {
    expect(layersOf(784, [200, 100], 10)).to.deep.equal([
      { index: 1, inputs: 784, outputs: 200, firstCell: 0, isOutput: false },
      { index: 2, inputs: 200, outputs: 100, firstCell: 156_800, isOutput: false },
      { index: 3, inputs: 100, outputs: 10, firstCell: 176_800, isOutput: true },
    ]);
  });

  it("have as many weights as the paper counts", () => {
    expect(weightsOf(layersOf(784, [100], 10))).to.equal(79_400);
    expect(weightsOf(layersOf(784, [200, 200], 10))).to.equal(198_800);
  });
});

describe("the shape of a workload", () => {
  it("is known without reading data for the data sets of rebit", () => {
    expect(networkShape({ ...smallWorkload(), dataset: "mnist", synthetic: undefined })).to.deep.equal({
      inputs: 784,
      hidden: [8],
      classes: 10,
    });
    expect(networkShape(smallWorkload({ synthetic: { inputs: 30 } }))).to.deep.equal({
      inputs: 30,
      hidden: [8],
      classes: 4,
    });
  });

  it("comes from the data set for files given by path", () => {
    const paths = { trainImages: "a", trainLabels: "b", testImages: "c", testLabels: "d" };
    const workload = { ...smallWorkload(), dataset: paths, synthetic: undefined };
    expect(networkShape(workload, { inputs: 16, classes: 10 })).to.include({ inputs: 16, classes: 10 });
    expect(() => networkShape(workload)).to.throw(/pass the data set/);
  });
});
