import { expect } from "chai";
import { estimate } from "../../../src/experiment/estimate.js";
import { kneeOf } from "../../../src/studies/size/knee.js";
import { type SramSize, sizeSram } from "../../../src/studies/size/size.js";
import { chipText, experimentOf, type Texts, workloadText } from "../../experiment/support/experiments.js";

const workload = workloadText({ inputs: 200, hidden: [60], iterations: 3 });

const sizeOf = (texts: Texts): SramSize => sizeSram((set) => experimentOf(texts, { set }));

describe("the SRAM that a training needs", () => {
  it("is the least in whole KiB for which nothing spills", () => {
    const { demandBytes, leastCapacityBytes } = sizeOf({ workload });
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
    const { curve, energy, time, leastCapacityBytes } = sizeOf({ workload });
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
    const { leastCapacityBytes, notes } = sizeOf({ chip, workload: large });
    expect(leastCapacityBytes).to.equal(null);
    expect(notes.join()).to.match(
      /costs of an SRAM of \d+ bytes in 1 banks are not known: the SRAM table has banks of/,
    );
  });

  it("may be less than costs are known for in so many banks; the chip's own is there", () => {
    const chip = chipText({ banks: 32, sramKibibytes: 64 });
    const small = workloadText({ inputs: 20, hidden: [8], iterations: 2 });
    const { chipCapacityBytes, curve, leastCapacityBytes, notes } = sizeOf({ chip, workload: small });
    expect(leastCapacityBytes).to.equal(null);
    expect(notes.join()).to.match(/this bank is .* KiB: change capacity or banks/);
    expect(chipCapacityBytes).to.equal(65536);
    expect(curve.map(({ capacityBytes, fits }) => [capacityBytes, fits])).to.deep.include([65536, true]);
  });

  it("has the costs of each capacity from another tool's file, and none where that has none", () => {
    const header =
      "Tech node (nm), Capacity (bytes), Number of banks, Output width (bits), Access time (ns), Dynamic read energy (nJ), Dynamic write energy (nJ), Standby leakage per bank(mW)";
    const csv = `${header}\n65, 8192, 1, 32, 1, 0.01, 0.02, 0.003\n65, 32768, 1, 32, 1.5, 0.02, 0.03, 0.006\n`;
    const chip = chipText({ banks: 1, sramKibibytes: 32 }).replace(
      "kind: sram,",
      "kind: sram, from: out.csv,",
    );
    const { curve, notes } = sizeOf({ chip, workload, more: { "memory/out.csv": csv } });
    expect(curve.map(({ capacityBytes }) => capacityBytes)).to.deep.equal([8192, 32768]);
    expect(notes.join()).to.match(/out\.csv has no result for one bank of/);
  });

  it("is asked for in vain where nothing can be off chip", () => {
    const { curve } = sizeOf({ chip: chipText({ flash: "none" }), workload });
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
