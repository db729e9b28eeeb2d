import { expect } from "chai";
import fc from "fast-check";
import { clamp, roundShift } from "../../src/kernels/fixed-point.js";

describe("fixed-point rounding", () => {
  it("rounds to nearest, halves up", () => {
    expect([-3, -2, -1, 0, 1, 2, 3].map((value) => roundShift(value, 1))).to.deep.equal([
      -1, -1, 0, 0, 1, 1, 2,
    ]);
    expect(roundShift(5, 0)).to.equal(5);
  });

  it("agrees with exact division", () => {
    fc.assert(
      fc.property(fc.integer({ min: -(2 ** 29), max: 2 ** 29 }), fc.integer({ min: 0, max: 24 }), (a, s) => {
        expect(roundShift(a, s)).to.equal(Math.floor(a / 2 ** s + 0.5));
      }),
      { seed: 1 },
    );
  });

  it("clamps to both bounds", () => {
    expect([-5, -2, 0, 3, 4].map((value) => clamp(value, -2, 3))).to.deep.equal([-2, -2, 0, 3, 3]);
  });
});
