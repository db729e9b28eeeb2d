import { expect } from "chai";
import { verdictOn } from "../../bench/targets.js";

const target = {
  scenario: "784-100-10, batch 100",
  subject: "rebit",
  others: ["autograd", "hand-written"],
  against: "the best PyTorch form",
  atLeast: 2,
};

describe("a target of the benchmark", () => {
  it("is met at its ratio", () => {
    const rates = new Map([
      ["rebit", [20, 22, 18]],
      ["autograd", [5, 5, 5]],
      ["hand-written", [10, 10, 10]],
    ]);
    const verdict = verdictOn(target, rates);
    expect(verdict.outcome).to.equal("met");
    expect(verdict.ratio).to.deep.equal({ median: 2, min: 1.8, max: 2.2 });
  });

  it("is not met below, even if one of the others is slow", () => {
    const rates = new Map([
      ["rebit", [20]],
      ["autograd", [1]],
      ["hand-written", [11]],
    ]);
    expect(verdictOn(target, rates).outcome).to.equal("not met");
  });

  it("counts as not measured while any of the others is missing: the best of some is not the best", () => {
    const rates = new Map([
      ["rebit", [20]],
      ["autograd", [1]],
    ]);
    expect(verdictOn(target, rates)).to.deep.equal({
      target,
      outcome: "not measured",
      missing: ["hand-written"],
    });
  });
});
