import { expect } from "chai";
import fc from "fast-check";
import { paretoFront } from "../../../src/studies/fit/pareto.js";

const points = fc.array(fc.tuple(fc.nat(9), fc.nat(9), fc.nat(9)), { maxLength: 40 });
type Point = readonly [number, number, number];
const noWorse = (a: Point, b: Point): boolean => a.every((goal, index) => goal <= (b[index] ?? 0));

describe("a Pareto front", () => {
  it("has nothing that another beats, and for all that it leaves out one that does", () => {
    fc.assert(
      fc.property(points, (all) => {
        const front = paretoFront(all, (point) => point);
        const isBetter = (a: Point, b: Point): boolean => noWorse(a, b) && !noWorse(b, a);
        for (const point of all) {
          const isBeaten = all.some((other) => isBetter(other, point));
          expect(front.includes(point)).to.equal(!isBeaten);
          expect(front.some((other) => noWorse(other, point))).to.equal(true);
        }
      }),
    );
  });

  it("keeps equals, and the order", () => {
    const all = [
      [1, 2],
      [2, 1],
      [1, 2],
      [2, 2],
    ];
    expect(paretoFront(all, (point) => point)).to.deep.equal([
      [1, 2],
      [2, 1],
      [1, 2],
    ]);
  });
});
