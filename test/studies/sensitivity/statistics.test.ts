import { expect } from "chai";
import seedrandom from "seedrandom";
import { latinHypercube } from "../../../src/studies/sensitivity/hypercube.js";
import {
  firstOrderShare,
  quantilesOf,
  standardErrorsOf,
} from "../../../src/studies/sensitivity/statistics.js";

const [x = [], y = [], z = []] = latinHypercube(10_000, 3, seedrandom("shares")).map((axis) => [...axis]);
const outcomes = (of: (x: number, y: number) => number): number[] =>
  x.map((at, index) => of(at, y[index] ?? 0));

describe("first-order shares of variance", () => {
  it("are a^2 : b^2 for a x + b y, and nothing for what has no effect", () => {
    const sum = outcomes((a, b) => 3 * a + b);
    expect(firstOrderShare(x, sum)).to.be.closeTo(0.9, 0.01);
    expect(firstOrderShare(y, sum)).to.be.closeTo(0.1, 0.02);
    expect(firstOrderShare(z, sum)).to.be.closeTo(0, 0.01);
  });

  it("see what rises and falls again", () => {
    expect(
      firstOrderShare(
        x,
        outcomes((a) => (a - 0.5) ** 2),
      ),
    ).to.be.above(0.98);
  });

  it("leave out what two do together only", () => {
    const product = outcomes((a, b) => (a - 0.5) * (b - 0.5));
    expect(firstOrderShare(x, product)).to.be.below(0.02);
    expect(firstOrderShare(y, product)).to.be.below(0.02);
  });
});

describe("quantiles", () => {
  it("are those of the sorted values", () => {
    const hundred = Array.from({ length: 101 }, (_, index) => 100 - index);
    expect(quantilesOf(hundred)).to.deep.equal({ p10: 10, p50: 50, p90: 90 });
    expect(quantilesOf([7])).to.deep.equal({ p10: 7, p50: 7, p90: 7 });
  });

  it("have the standard error of the mean of independent parts", () => {
    const parts = [1, 2, 3, 4].map((p50) => ({ p10: 0, p50, p90: 2 * p50 }));
    const { p10, p50, p90 } = standardErrorsOf(parts);
    expect(p10).to.equal(0);
    expect(p50).to.be.closeTo(Math.sqrt(5 / 3) / 2, 1e-12);
    expect(p90).to.be.closeTo(Math.sqrt(5 / 3), 1e-12);
  });
});
