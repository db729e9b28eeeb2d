import { expect } from "chai";
import { estimate } from "../../../src/experiment/estimate.js";
import { kneeOf } from "../../../src/studies/size/knee.js";
import { sizeSram } from "../../../src/studies/size/size.js";
import { chipText, experimentOf, workloadText } from "../../experiment/support/experiments.js";

const workload = workloadText({ inputs: 200, hidden: [60], iterations: 3 });

describe("the SRAM that a training needs", () => {
  it("is the least in whole KiB for which nothing spills", () => {
    const { demandBytes, leastCapacityBytes } = sizeSram(experimentOf({ workload }));
    const least = leastCapacityBytes ?? 0;
    expect(least).to.be.within(demandBytes, demandBytes + 1023);
    const spilledWith = (bytes: number): number => {
      const set = [`chip.components.sram.capacity=${bytes} B`];
      return estimate(experimentOf({ workload }, { set })).storage.onChip.spilledBytes;
    };
    expect(spilledWith(least)).to.equal(0);
    expect(spilledWith(least - 1024)).to.be.above(0);
  });

  it("has a curve of estimates, each with the costs of its capacity", () => {
    const { curve, energy, time, leastCapacityBytes } = sizeSram(experimentOf({ workload }));
    expect(curve.length).to.be.above(5);
    for (const { setting, energyJoules, timeSeconds, spilledBytes } of curve) {
      const report = estimate(experimentOf({ workload }, { set: [setting] }));
      expect(energyJoules).to.equal(report.energy?.energyJoules ?? null);
      expect(timeSeconds).to.equal(report.time?.timeSeconds ?? null);
      expect(spilledBytes).to.equal(report.storage.onChip.spilledBytes);
    }
    // More leaks more, and is no faster.
    expect(energy?.bestCapacityBytes).to.equal(leastCapacityBytes);
    expect(time?.bestCapacityBytes).to.equal(leastCapacityBytes);
  });

  it("may be more than costs are known for", () => {
    const chip = chipText({ banks: 1 });
    const large = workloadText({ inputs: 1000, hidden: [2000], weightBits: 16, iterations: 2 });
    const { leastCapacityBytes, notes } = sizeSram(experimentOf({ chip, workload: large }));
    expect(leastCapacityBytes).to.equal(null);
    expect(notes.join()).to.match(/beyond what its costs are known for/);
  });

  it("is asked for in vain where nothing can be off chip", () => {
    const { curve } = sizeSram(experimentOf({ chip: chipText({ flash: "none" }), workload }));
    expect(curve.filter(({ fits }) => !fits).every(({ energyJoules }) => energyJoules === null)).to.equal(
      true,
    );
    expect(curve.some(({ fits }) => fits)).to.equal(true);
  });
});

describe("a knee", () => {
  it("is where a falling curve bends most", () => {
    expect(kneeOf([0, 1, 2, 3, 4], [100, 20, 10, 5, 0])).to.equal(1);
    expect(kneeOf([0, 1, 2, 3, 4, 5], [100, 90, 20, 10, 0, 30])).to.equal(2);
  });

  it("is not on a line, on a curve that bends the other way, or on one that never falls", () => {
    expect(kneeOf([0, 1, 2], [2, 1, 0])).to.equal(undefined);
    expect(kneeOf([0, 1, 2], [10, 9, 0])).to.equal(undefined);
    expect(kneeOf([0, 1, 2], [1, 2, 3])).to.equal(undefined);
    expect(kneeOf([0], [1])).to.equal(undefined);
  });
});
