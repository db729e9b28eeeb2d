import { expect } from "chai";
import fc from "fast-check";
import { fitCosts, IndistinctTerms } from "../../../src/experiment/witness/least-squares.js";

const totalOf = (executions: readonly number[], costs: readonly number[]): number =>
  executions.reduce((sum, count, term) => sum + count * (costs[term] ?? 0), 0);

describe("fitting costs", () => {
  it("finds whole costs again from calls that tell them apart", () => {
    const costs = fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 8 });
    const counts = fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(costs, fc.array(counts, { minLength: 1, maxLength: 20 }), (wanted, rows) => {
        // One call of each term alone makes them distinct.
        const single = wanted.map((_, term) => wanted.map((_, other) => (other === term ? 1 : 0)));
        const all = [...single, ...rows.map((row) => row.slice(0, wanted.length))];
        const fitted = fitCosts(
          all.map((executions) => ({ executions, total: totalOf(executions, wanted) })),
        );
        expect(fitted).to.deep.equal(wanted);
      }),
      { seed: 1 },
    );
  });

  it("leaves out what never happened", () => {
    const measurements = [1, 2, 3].map((n) => ({ executions: [n, 0], total: 5 * n }));
    expect(fitCosts(measurements)).to.deep.equal([5, undefined]);
  });

  it("holds a cost at 0 that would be below it, and fits the others anew", () => {
    // By least squares the second would be -2.
    const measurements = [1, 2, 3, 4].map((n) => ({ executions: [n, n % 2], total: 10 * n - 2 * (n % 2) }));
    expect(fitCosts(measurements)).to.deep.equal([10, 0]);
  });

  it("refuses terms that always happen together", () => {
    const measurements = [1, 2, 3].map((n) => ({ executions: [n, 2 * n], total: n }));
    expect(() => fitCosts(measurements)).to.throw(IndistinctTerms, "2 figures cannot be told apart");
  });
});
