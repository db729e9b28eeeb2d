import { expect } from "chai";
import { comparePoints, gainIsAtLeast } from "../../reproduce/comparison.js";
import { GRID_NETWORKS } from "../../reproduce/networks.js";
import { planOf } from "../../reproduce/plan.js";
import { summariesOf } from "../../reproduce/summary.js";
import { madeUpRecords } from "./support/records.js";

describe("the verdict on a gain", () => {
  it("needs two standard errors either way", () => {
    expect(gainIsAtLeast({ points: 1.2, standardError: 0.1 }, 1)).to.equal("yes");
    expect(gainIsAtLeast({ points: 0.79, standardError: 0.1 }, 1)).to.equal("no");
    expect(gainIsAtLeast({ points: 1.1, standardError: 0.1 }, 1)).to.equal("open");
    expect(gainIsAtLeast({ points: 0.9, standardError: 0.1 }, 1)).to.equal("open");
  });

  it("is open where there is no standard error", () => {
    expect(gainIsAtLeast({ points: 9 }, 1)).to.equal("open");
  });
});

describe("a recursive network of the trade-off", () => {
  const plan = planOf({ networks: GRID_NETWORKS, seeds: 2 });
  // More units are better, and so are more iterations; bits do not matter.
  const summaries = summariesOf(
    plan,
    madeUpRecords(plan, (units, _bits, iteration) => 2 + 100 / units / Math.sqrt(iteration)),
  );
  const compared = comparePoints(summaries);
  const at = (units: number, weightBits: number) => {
    const found = compared.find(({ point }) => point.units === units && point.weightBits === weightBits);
    if (found === undefined) throw new Error(`no comparison at ${units} x ${weightBits}`);
    return found;
  };

  it("is there for each shape, by storage", () => {
    expect(compared).to.have.length(16);
    const bits = compared.map(({ sameShape }) => sameShape.recursive.storageBits);
    expect(bits).to.deep.equal(bits.toSorted((a, b) => a - b));
  });

  it("meets the same column without recursion, which takes the same storage", () => {
    const { sameShape } = at(100, 12);
    expect(sameShape.storageRatio).to.equal(1);
    expect(sameShape.conventional.name).to.equal("bnn-100x12");
    expect(sameShape.gain.points).to.be.closeTo(1 - 1 / 2, 1e-9);
  });

  it("meets the best conventional network by validation error that needs no more storage", () => {
    expect(at(100, 12).bestWithinStorage.conventional.name).to.equal("bnn-200x6");
    expect(at(100, 6).bestWithinStorage.conventional.name).to.equal("bnn-100x6");
    expect(at(800, 16).bestWithinStorage.conventional.hidden).to.deep.equal([800]);
  });

  it("meets a conventional network of its final size, if the grid has one", () => {
    const { sameFinalSize } = at(200, 16);
    expect(sameFinalSize?.conventional.name).to.equal("bnn-800x16");
    expect(sameFinalSize?.storageRatio).to.equal(4);
    expect(at(400, 16).sameFinalSize).to.equal(undefined);
  });

  it("meets the smallest conventional network that is no worse, if any is", () => {
    const { leastForError } = at(100, 12);
    expect(leastForError?.conventional.name).to.equal("bnn-200x6");
    expect(leastForError?.storageRatio).to.equal(1);
    expect(at(800, 6).leastForError).to.equal(undefined);
  });
});
