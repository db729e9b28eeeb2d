import { expect } from "chai";
import { estimate } from "../../src/experiment/estimate.js";
import { shipped } from "./support/experiments.js";

describe("the estimate of a shipped experiment", () => {
  it("does not fit 50,000 samples of MNIST, 39.2 MB, into 16 MiB of flash, and says what would help", () => {
    const { storage, traffic, energy, time, notes } = estimate(
      shipped("quickstart", { set: ["firmware.samples.from=flash"] }),
    );
    expect(storage.fits).to.equal(false);
    expect(storage.levers.map(({ change }) => change)).to.include("firmware.samples.from: sensor");
    expect([traffic, energy, time]).to.deep.equal([[], undefined, undefined]);
    expect(notes.join()).to.match(/samples/);
  });

  it("quickstart keeps all on chip in 64 KiB, 37.2 KiB of it weights", () => {
    const { storage } = estimate(shipped("quickstart"));
    expect(storage.weights).to.deep.equal({
      bits: 304_896,
      bytes: 38_112,
      finalWeights: 101_632,
      bitsPerWeight: 3,
    });
    expect(storage.onChip).to.include({ fits: true, spilledBytes: 0, capacityBytes: 65_536 });
    expect(storage.levers).to.deep.equal([]);
  });

  for (const [name, shift, multiply, weights] of [
    ["paper-r1", 2_223_200, 635_200, 635_200],
    ["paper-r2", 2_779_000, 555_800, 555_800],
    ["paper-r3", 1_111_600, 317_600, 317_600],
    ["paper-b1", 1_270_400, 635_200, 635_200],
    ["paper-b2", 635_200, 317_600, 317_600],
    ["paper-b3", 317_600, 158_800, 158_800],
  ] as const) {
    it(`${name} gives its row of the paper's Table 2`, () => {
      const { operations, storage, energy } = estimate(shipped(name));
      expect(operations.paper).to.deep.equal({
        learning: { shift, multiply, add: shift },
        inference: { shift: weights, add: weights },
      });
      expect(storage.weights.finalWeights).to.equal(weights);
      expect(storage.fits).to.equal(true);
      expect(energy?.energyJoules).to.be.above(0);
    });
  }
});
