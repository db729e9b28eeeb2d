import { expect } from "chai";
import { resolveNumerics, stepBitsOf, workloadProblems } from "../../src/rbnn/resolve-numerics.js";
import { networkShape, type Workload } from "../../src/rbnn/workload.js";

const paper = (
  hidden: number[],
  weightBits: number,
  iterations: number,
  batch: number,
  numerics?: Workload["numerics"],
): Workload => ({
  name: "paper",
  dataset: "mnist",
  data: { train: 50_000, validation: 10_000, test: 10_000 },
  network: { hidden },
  storage: { weightBits, iterations },
  training: { batch, epochs: 1, seed: 1, patience: "none", stopRecursion: false },
  ...(numerics === undefined ? {} : { numerics }),
});

const resolve = (workload: Workload) => resolveNumerics(workload, networkShape(workload));

describe("the defaults of numerics", () => {
  it("are those of quickstart: dither at batch 1", () => {
    expect(resolve(paper([32], 12, 4, 1))).to.deep.equal({
      inputShift: 4,
      hiddenShift: 3,
      outputShift: 3,
      stepShift: 7,
      narrowing: ["dither", "dither", "dither", "dither"],
      notes: [],
    });
  });

  it("truncate wide fields of a batch and round narrow ones", () => {
    expect(resolve(paper([100], 10, 4, 100)).narrowing).to.deep.equal([
      "truncate",
      "truncate",
      "nearest",
      "nearest",
    ]);
    expect(resolve(paper([100], 10, 1, 99)).narrowing).to.deep.equal(["dither"]);
  });

  it("give more room to the logits of large and deep networks", () => {
    const outputShift = (hidden: number[]) => resolve(paper(hidden, 12, 1, 1)).outputShift;
    expect([outputShift([200]), outputShift([201]), outputShift([20, 20])]).to.deep.equal([3, 4, 4]);
  });

  it("take smaller steps with large batches", () => {
    const stepShift = (batch: number) => resolve(paper([100], 12, 1, batch)).stepShift;
    expect([stepShift(128), stepShift(129), stepShift(1000)]).to.deep.equal([7, 9, 9]);
  });

  it("are replaced one by one", () => {
    const numerics = resolve(
      paper([100], 12, 2, 100, { outputShift: 5, stepShift: 8, narrowing: "nearest" }),
    );
    expect(numerics).to.deep.include({
      outputShift: 5,
      stepShift: 8,
      inputShift: 4,
      narrowing: ["nearest", "nearest"],
    });
  });

  it("come with a note for other inputs than the 784 they are tuned for", () => {
    const workload: Workload = { ...paper([8], 12, 1, 1), dataset: "synthetic" };
    expect(resolve(workload).notes).to.have.length(1);
    expect(resolve(workload).notes[0]).to.contain("tuned for 784 inputs and this network has 64");
    expect(resolve({ ...workload, numerics: { inputShift: 3 } }).notes).to.deep.equal([]);
  });
});

describe("the step", () => {
  it("keeps its size relative to the range of the field", () => {
    expect(stepBitsOf(7, 16, false)).to.equal(4);
    expect(stepBitsOf(7, 16, true)).to.equal(5);
    expect(stepBitsOf(7, 9, false)).to.equal(11);
  });

  it("must be 1 to 24 bits in every iteration", () => {
    expect(workloadProblems(paper([8], 16, 16, 1))).to.deep.equal([]);
    const [low] = workloadProblems(paper([8], 16, 1, 1, { stepShift: 3 }));
    expect(low?.path).to.deep.equal(["numerics", "stepShift"]);
    expect(low?.message).to.contain("by 0 to 1 bits").and.to.contain("a stepShift of 4 to 26");
    const [high] = workloadProblems(paper([8], 8, 8, 1, { stepShift: 12 }));
    expect(high?.message).to.contain("by 17 to 25 bits").and.to.contain("a stepShift of 0 to 11");
  });
});

describe("workloads that cannot train", () => {
  const paths = (workload: Workload) => workloadProblems(workload).map(({ path }) => path.join("."));

  it("have more iterations than bits", () => {
    expect(paths(paper([8], 4, 5, 1))).to.deep.equal(["storage.iterations"]);
    expect(() => resolve(paper([8], 4, 5, 1))).to.throw(
      /storage\.iterations: 5 iterations need .* at most 4/,
    );
  });

  it("have a batch larger than their data", () => {
    const workload = paper([8], 4, 1, 100);
    expect(paths({ ...workload, data: { ...workload.data, train: 99 } })).to.deep.equal(["training.batch"]);
  });

  it("size synthetic data that they do not use", () => {
    expect(paths({ ...paper([8], 4, 1, 1), synthetic: { inputs: 4, classes: 2 } })).to.deep.equal([
      "synthetic",
    ]);
  });
});
