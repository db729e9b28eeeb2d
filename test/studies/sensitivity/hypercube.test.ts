import { expect } from "chai";
import fc from "fast-check";
import seedrandom from "seedrandom";
import { latinHypercube, valueAt } from "../../../src/studies/sensitivity/hypercube.js";

const intervals = fc
  .tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 50 }))
  .filter(([, below, above]) => below + above > 0)
  .map(([typical, below, above]) => ({ low: typical - below, typical, high: typical + above }));

describe("a Latin hypercube", () => {
  it("has one point in each slice of every axis, and the same ones for the same seed", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 0, max: 6 }),
        fc.string(),
        (points, axes, seed) => {
          const cube = latinHypercube(points, axes, seedrandom(seed));
          expect(cube).to.have.lengthOf(axes);
          for (const axis of cube) {
            const slices = [...axis].map((at) => Math.floor(at * points)).toSorted((a, b) => a - b);
            expect(slices).to.deep.equal(Array.from({ length: points }, (_, slice) => slice));
          }
          expect(latinHypercube(points, axes, seedrandom(seed))).to.deep.equal(cube);
        },
      ),
    );
  });

  it("does not line its axes up", () => {
    const [a, b] = latinHypercube(1000, 2, seedrandom("1"));
    const product = [...(a ?? [])].reduce(
      (sum, at, point) => sum + (at - 0.5) * ((b?.[point] ?? 0) - 0.5),
      0,
    );
    // The correlation of independent ones has a standard error of 0.03.
    expect(Math.abs((product / 1000) * 12)).to.be.below(0.15);
  });
});

describe("a value of an interval", () => {
  it("lies within it, rises with the share, and reaches its ends", () => {
    for (const distribution of ["triangular", "uniform"] as const) {
      fc.assert(
        fc.property(intervals, fc.nat(1000), fc.nat(1000), (interval, a, b) => {
          const [low, high] = [Math.min(a, b), Math.max(a, b)].map((at) =>
            valueAt(at / 1000, interval, distribution),
          );
          expect(low).to.be.within(interval.low, high ?? Number.NaN);
          expect(high).to.be.at.most(interval.high);
          expect(valueAt(0, interval, distribution)).to.equal(interval.low);
          expect(valueAt(1, interval, distribution)).to.equal(interval.high);
        }),
      );
    }
  });

  it("is triangular about the typical one: the share below it is its place in the interval", () => {
    fc.assert(
      fc.property(intervals, (interval) => {
        const { low, typical, high } = interval;
        expect(valueAt((typical - low) / (high - low), interval, "triangular")).to.be.closeTo(typical, 1e-9);
      }),
    );
    // A quarter of a triangle over 0 .. 2 with its peak at 1 lies below 1 / sqrt 2.
    expect(valueAt(0.25, { low: 0, typical: 1, high: 2 }, "triangular")).to.be.closeTo(Math.SQRT1_2, 1e-12);
    expect(valueAt(0.25, { low: 0, typical: 1, high: 2 }, "uniform")).to.equal(0.5);
  });
});
