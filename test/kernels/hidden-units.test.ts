import { expect } from "chai";
import fc from "fast-check";
import { backProjectRow } from "../../src/kernels/back-project.js";
import { hiddenActivation } from "../../src/kernels/hidden-activation.js";
import { hiddenDelta } from "../../src/kernels/hidden-delta.js";
import { randomInt8, randomWeights, seeds, sign, uniform } from "./support.js";

describe("hidden activation", () => {
  it("is a line of slope 1.1439 through zero, clipped at 110", () => {
    expect(hiddenActivation(0, 4)).to.equal(0);
    // z = 64 << 4 is 1.0 in units of 2^-6 after the shift: 1.1439 x 64 = 73.2.
    expect(hiddenActivation(64 << 4, 4)).to.equal(73);
    expect(hiddenActivation(-(64 << 4), 4)).to.equal(-73);
    expect(hiddenActivation(2 ** 28, 4)).to.equal(110);
    expect(hiddenActivation(-(2 ** 28), 4)).to.equal(-110);
  });

  it("is monotonic", () => {
    for (let z = -3000; z < 3000; z++) {
      expect(hiddenActivation(z + 1, 3)).to.be.at.least(hiddenActivation(z, 3));
    }
  });
});

describe("hidden delta", () => {
  it("is 0 for a saturated unit", () => {
    for (const activation of [-110, -109, 109, 110]) expect(hiddenDelta(500, activation, 7)).to.equal(0);
    expect(hiddenDelta(500, 108, 7)).to.equal(127);
    expect(hiddenDelta(-500, -108, 7)).to.equal(-128);
  });

  it("is half of 73/64 of the projected delta below the output layer", () => {
    expect(hiddenDelta(100, 0, 7)).to.equal(57);
    expect(hiddenDelta(-100, 0, 7)).to.equal(-57);
    expect(hiddenDelta(1, 0, 7)).to.equal(1);
    expect(hiddenDelta(-1, 0, 7)).to.equal(-1);
  });
});

describe("back-projection", () => {
  it("adds the deltas with the signs of the weights", () => {
    const scenario = fc.record({
      length: fc.integer({ min: 1, max: 40 }),
      rows: fc.integer({ min: 1, max: 6 }),
      bits: fc.integer({ min: 1, max: 16 }),
      seed: seeds,
    });
    fc.assert(
      fc.property(scenario, ({ length, rows, bits, seed }) => {
        const next = uniform(seed);
        const weights = randomWeights(rows * length, bits, next);
        const deltas = randomInt8(rows, next);
        const sums = new Int32Array(length);
        deltas.forEach((delta, j) => {
          backProjectRow(sums, weights, j * length, length, delta);
        });
        const naive = Array.from({ length }, (_, i) =>
          deltas.reduce((sum, delta, j) => sum + sign(weights[j * length + i]!) * delta, 0),
        );
        expect([...sums]).to.deep.equal(naive);
      }),
      { seed: 1 },
    );
  });
});
