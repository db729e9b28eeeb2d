import { expect } from "chai";
import { NAMED_NETWORKS, type Network } from "../../reproduce/networks.js";
import { planOf } from "../../reproduce/plan.js";
import { spreadOf, summariesOf } from "../../reproduce/summary.js";
import { madeUpRecords } from "./support/records.js";

const networks = (...names: string[]): Network[] => NAMED_NETWORKS.filter(({ name }) => names.includes(name));

describe("the spread of a figure over seeds", () => {
  it("is mean, sample standard deviation and standard error", () => {
    const { mean, standardDeviation, standardError } = spreadOf([2, 4, 4, 4, 5, 5, 7, 9]);
    expect(mean).to.equal(5);
    expect(standardDeviation).to.be.closeTo(Math.sqrt(32 / 7), 1e-12);
    expect(standardError).to.be.closeTo(Math.sqrt(32 / 7 / 8), 1e-12);
  });

  it("is the mean alone for one seed", () => {
    expect(spreadOf([2.5])).to.deep.equal({ mean: 2.5 });
  });
});

describe("the summary of a network", () => {
  it("has the storage of the paper's Table 2, and each iteration over all seeds", () => {
    const plan = planOf({ networks: networks("r1", "r2", "r3", "b1", "b2", "b3", "fig3"), seeds: 2 });
    const summaries = summariesOf(
      plan,
      madeUpRecords(plan, (_units, _bits, iteration) => 5 - iteration / 2),
    );
    expect(summaries.map(({ title, storageBits }) => [title, storageBits])).to.deep.equal([
      ["R1", 2_540_800],
      ["R2", 1_270_400],
      ["R3", 952_800],
      ["B1", 7_622_400],
      ["B2", 3_811_200],
      ["B3", 2_540_800],
      ["fig3", 1_590_400],
    ]);
    const [r1] = summaries;
    expect(r1?.iterations.map(({ testErrorPercent }) => testErrorPercent.mean.toFixed(2))).to.deep.equal([
      "4.55",
      "4.05",
      "3.55",
      "3.05",
    ]);
    expect(r1?.testErrorPercent).to.deep.equal(r1?.iterations[3]?.testErrorPercent);
  });

  const verdictOf = (name: string, errorPercent: number) => {
    const plan = planOf({ networks: networks(name), seeds: 5 });
    return summariesOf(
      plan,
      madeUpRecords(plan, () => errorPercent),
    )[0]?.target;
  };

  it("takes two standard errors off before it compares with a published figure", () => {
    // Seeds 0.1 apart: the mean is 0.2 above seed 1, the standard error 0.0707.
    const published = verdictOf("b3", 3.52);
    expect(published?.comparedPercent).to.be.closeTo(3.72 - 2 * 0.0707, 1e-4);
    expect(published?.isMet).to.equal(true);
    expect(verdictOf("b3", 3.55)?.isMet).to.equal(false);
  });

  it("compares the mean itself where the target is a bound of its own", () => {
    expect(verdictOf("fig3", 2.34)?.isMet).to.equal(true);
    expect(verdictOf("fig3", 2.36)).to.include({ isMet: false, mostPercent: 2.55 });
  });

  it("is refused while trainings are missing", () => {
    const plan = planOf({ networks: networks("r3"), seeds: 3 });
    const records = madeUpRecords(plan, () => 3).slice(1);
    expect(() => summariesOf(plan, records)).to.throw("R3: 2 of 3 trainings are done");
  });
});
