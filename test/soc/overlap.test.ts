import { expect } from "chai";
import { CORE, cyclesOf, type Elapsed, noTime, timeBaseOf } from "../../src/soc/elapsed.js";
import { addOverlapped } from "../../src/soc/overlap.js";
import { chipOf } from "./support/chips.js";

const base = timeBaseOf(chipOf(), undefined);
const core = (cycles: number): Elapsed => {
  const elapsed = noTime(base);
  elapsed[CORE] = cycles;
  return elapsed;
};

/** Core cycles that a loop of ten rows adds to its computing, one sector rewritten among them. */
function added(computeCycles: number, fillCycles: number, sectorCycles: number): number {
  const to = noTime(base);
  addOverlapped(to, base, {
    kinds: [{ fills: core(fillCycles), writes: core(0), computeCycles }],
    sectors: core(sectorCycles),
    lastSectors: core(0),
    rows: 10,
    rowsPerExecution: 10,
    rewrites: 1,
    isAhead: false,
  });
  return cyclesOf(base, to);
}

describe("moves beside computing", () => {
  it("add the first fill where computing takes longer, and what is longer than computing where it does not", () => {
    expect(added(1000, 600, 0)).to.equal(60);
    expect(added(600, 1000, 0)).to.equal(400 + 60);
  });

  it("let a sector be rewritten beside what is left of computing one row", () => {
    // Each row computes 40 cycles longer than its fill takes.
    expect(added(1000, 600, 500)).to.equal(60 + 500 - 40);
    expect(added(1000, 600, 30)).to.equal(60);
    expect(added(600, 1000, 500), "none is left").to.equal(400 + 60 + 500);
  });
});
