import { expect } from "chai";
import { estimate } from "../../../src/experiment/estimate.js";
import { baselinesOf, compareBaselines } from "../../../src/studies/compare/baseline.js";
import { experimentOf, workloadText } from "../../experiment/support/experiments.js";

const workload = workloadText({ hidden: [10, 6], weightBits: 8, iterations: 3, epochs: 2 });
const recursive = experimentOf({ workload });
const baselines = baselinesOf(recursive.workload);
const [equalStorage, equalSize] = baselines.map(({ settings }) =>
  experimentOf({ workload }, { set: [...settings] }),
);

describe("the conventional networks of a recursive one", () => {
  it("have as many bits of weight storage, and as many units in the end", () => {
    const bitsOf = (experiment: typeof recursive) => estimate(experiment).storage.weights.bits;
    if (equalStorage === undefined || equalSize === undefined) throw new Error("there are two baselines");
    expect(bitsOf(equalStorage)).to.equal(bitsOf(recursive));
    expect(equalSize.workload.network.hidden).to.deep.equal([30, 18]);
    expect(estimate(equalSize).accuracy.iterations.at(-1)?.hiddenUnits).to.deep.equal(
      estimate(recursive).accuracy.iterations.at(-1)?.hiddenUnits,
    );
  });

  it("are trained at once, on as many samples", () => {
    for (const experiment of [equalStorage, equalSize]) {
      expect(experiment?.workload.storage.iterations).to.equal(1);
      expect(experiment?.workload.training.epochs).to.equal(6);
    }
  });

  it("are put beside it with the settings that give them", () => {
    const priced = baselines.map((baseline, index) => ({
      baseline,
      report: estimate([equalStorage, equalSize][index] ?? recursive),
    }));
    const { schema, baselines: compared, notes } = compareBaselines("e.yaml", estimate(recursive), priced);
    expect(schema).to.equal("rebit/compare-baseline@1");
    expect(compared.map(({ name, settings }) => [name, settings.length])).to.deep.equal([
      ["equal storage", 2],
      ["equal final size", 3],
    ]);
    const storage = compared[0]?.quantities.find(({ name }) => name === "weight storage");
    expect(storage?.before).to.equal(storage?.after);
    expect(notes.join()).to.include("--train");
  });
});
