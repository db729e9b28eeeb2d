import { expect } from "chai";
import { mnistPaths, nodeFiles } from "../../src/data/node-files.js";
import { loadDataset } from "../../src/rbnn/load-data.js";
import { type TrainingResult, trainToEnd } from "../../src/rbnn/trainer.js";
import type { Workload } from "../../src/rbnn/workload.js";
import { smallWorkload, trainSmall } from "./support/workloads.js";

/** What changes only together with NUMERICS_VERSION: the cells, and the errors in percent per iteration as validation/test. */
function summary({ cells, iterations }: TrainingResult): string[] {
  const errors = iterations.map(
    ({ validationErrorPercent, testErrorPercent }) => `${validationErrorPercent}/${testErrorPercent}`,
  );
  return [cells.sha256(), ...errors];
}

for (const kernels of ["plain", "wasm"] as const) {
  describe(`the same seed gives the same bits with ${kernels} kernels`, () => {
    it("for batch 1 with dither", () => {
      expect(summary(trainSmall({}, kernels))).to.deep.equal([
        "321967221ede4f7e5879224b55bcfc8de9cabfb9361e60c6341476be1bdcbca1",
        "8/14",
        "8/12",
      ]);
    });

    it("for batch 100 with truncation", () => {
      const result = trainSmall(
        {
          data: { train: 2000 },
          storage: { weightBits: 12, iterations: 4 },
          training: { batch: 100, epochs: 3 },
        },
        kernels,
      );
      expect(summary(result)).to.deep.equal([
        "a0da150378aca2a5221ae9aee296482d42809ca453f291bc3a69d7357085b785",
        "7/10",
        "5/8",
        "5/8",
        "5/6",
      ]);
    });

    it("for two hidden layers rounded to nearest", () => {
      const result = trainSmall(
        {
          data: { train: 2000 },
          network: { hidden: [11, 7] },
          storage: { weightBits: 8, iterations: 2 },
          training: { batch: 100, epochs: 3 },
        },
        kernels,
      );
      expect(summary(result)).to.deep.equal([
        "8d39c9233bc3cef0214bf32b118a2a9fb2c89dc6eefcbec5142eaf69cbc636f3",
        "31/34",
        "10/8",
      ]);
    });

    it("for a conventional network, K = 1", () => {
      expect(summary(trainSmall({ storage: { weightBits: 16, iterations: 1 } }, kernels))).to.deep.equal([
        "8d72cde8e945299a820c86f577b745686d10557152ca5446250d7b65e737c96c",
        "9/16",
      ]);
    });

    it("down to the last bit, K = n", () => {
      expect(summary(trainSmall({ storage: { weightBits: 5, iterations: 5 } }, kernels))).to.deep.equal([
        "aadf85e07b8e38aa63f61b33acdb26027a67ab731ce0b0f1f2e7bec163a4b26e",
        "17/21",
        "13/6",
        "11/6",
        "9/6",
        "7/8",
      ]);
    });

    it("and another seed other bits, on the same data", () => {
      const one = trainSmall({}, kernels);
      const two = trainSmall({ training: { seed: 2 } }, kernels);
      expect(two.cells.sha256()).not.to.equal(one.cells.sha256());
    });

    it("on 2,000 images of MNIST", () => {
      const {
        synthetic: _,
        numerics: __,
        ...small
      } = smallWorkload({
        data: { train: 2000, validation: 500, test: 500 },
        network: { hidden: [16] },
        storage: { weightBits: 12, iterations: 2 },
      });
      const workload: Workload = { ...small, dataset: "mnist" };
      const sources = { files: nodeFiles, mnist: mnistPaths() };
      const result = trainToEnd(workload, loadDataset(workload, sources), undefined, { kernels });
      expect(summary(result)).to.deep.equal([
        "e6455749f83627af4a753e8f4a51f51ec88d404a2a3e220af1b8edfe57c8c6c5",
        "8.4/21.8",
        "9/17.6",
      ]);
    });
  });
}
