import { expect } from "chai";
import fc from "fast-check";
import type { OffChipMemory } from "../../../src/soc/components/off-chip-memory.js";
import { chooseRows } from "../../../src/soc/placement/choose-rows.js";
import { pricesOf } from "../../../src/soc/placement/prices.js";
import { leastCost } from "../../../src/soc/placement/row-bounds.js";
import type { RowProblem } from "../../../src/soc/placement/row-problem.js";
import { type SpillTable, spillTable } from "../../../src/soc/placement/spill-cost.js";
import { chipOf } from "../support/chips.js";

const chip = chipOf({ flash: "nor" });
const [nor] = chip.offChip as [OffChipMemory];
const small: OffChipMemory = { ...nor, sectorBytes: 64, pageBytes: 16 };
const inPlace: OffChipMemory = { ...small, rewrite: "inPlace", sectorBytes: 1, pageBytes: 1 };
const paged: OffChipMemory = { ...small, isPaged: true };
const prices = pricesOf(chip, "energy", () => 0);

const table = fc
  .record({
    rows: fc.integer({ min: 1, max: 6 }),
    rowBits: fc.integer({ min: 1, max: 700 }),
    firstBit: fc.nat(200),
    fills: fc.nat(20),
    writes: fc.nat(9),
    rewrites: fc.nat(5),
    memory: fc.constantFrom(small, inPlace, paged),
  })
  .map(
    ({ memory, ...group }): SpillTable =>
      spillTable({ tensor: "t", firstRow: 0, ...group }, memory, prices, { widthBits: 32, blockBytes: 4 }),
  );
const flags = fc.array(fc.boolean(), { minLength: 4, maxLength: 4 });
const problems = fc
  .tuple(
    fc.array(table, { minLength: 1, maxLength: 4 }),
    fc.array(fc.tuple(fc.integer({ min: 1, max: 600 }), flags), { maxLength: 2 }),
    fc.array(fc.tuple(fc.integer({ min: 0, max: 600 }), flags), { maxLength: 1 }),
  )
  .map(
    ([groups, needs, rooms]): RowProblem => ({
      groups,
      needs: needs.map(([bytes, by]) => ({ bytes, by: groups.map((_, index) => by[index] as boolean) })),
      rooms: rooms.map(([bytes, by]) => ({ bytes, by: groups.map((_, index) => by[index] as boolean) })),
    }),
  );

/** The least cost over all numbers of rows, one by one. */
function leastOfAll({ groups, needs, rooms }: RowProblem): number {
  let best = Number.POSITIVE_INFINITY;
  const total = (spilled: readonly number[], by: readonly boolean[], pick: "freed" | "taken"): number =>
    spilled.reduce((sum, rows, index) => sum + (by[index] ? (groups[index]?.[pick][rows] as number) : 0), 0);
  const descend = (spilled: readonly number[]): void => {
    const next = groups[spilled.length];
    if (next !== undefined) {
      for (let rows = 0; rows <= next.group.rows; rows += 1) descend([...spilled, rows]);
      return;
    }
    if (needs.some(({ bytes, by }) => total(spilled, by, "freed") < bytes)) return;
    if (rooms.some(({ bytes, by }) => total(spilled, by, "taken") > bytes)) return;
    const cost = spilled.reduce((sum, rows, index) => sum + (groups[index]?.cost[rows] as number), 0);
    best = Math.min(best, cost);
  };
  descend([]);
  return best;
}

const near = (a: number, b: number): boolean => a === b || Math.abs(a - b) <= 1e-12 * Math.abs(b);

describe("the choice of rows to spill", () => {
  it("costs as little as any, and is found exactly where there is one", () => {
    let solved = 0;
    const property = fc.property(problems, (problem) => {
      const { choices, isExact, lowerBound } = chooseRows(problem, Number.POSITIVE_INFINITY, 1e6);
      const least = leastOfAll(problem);
      expect(isExact).to.equal(true);
      expect(
        near(choices[0]?.cost ?? Number.POSITIVE_INFINITY, least),
        `${choices[0]?.cost} ${least}`,
      ).to.equal(true);
      expect(lowerBound * (1 - 1e-9)).to.be.at.most(least);
      if (least < Number.POSITIVE_INFINITY && least > 0) solved += 1;
    });
    fc.assert(property, { seed: 1, numRuns: 300 });
    expect(solved).to.be.above(30);
  });

  it("has a bound below it also when the search is cut short", () => {
    const property = fc.property(problems, (problem) => {
      const { choices } = chooseRows(problem, Number.POSITIVE_INFINITY, 0);
      const least = leastOfAll(problem);
      expect(leastCost(problem) * (1 - 1e-9)).to.be.at.most(least);
      for (const { cost } of choices) expect(cost * (1 + 1e-12)).to.be.at.least(least);
    });
    fc.assert(property, { seed: 2, numRuns: 200 });
  });

  it("never costs less with another row", () => {
    const property = fc.property(table, ({ cost, freed, taken }) => {
      for (let rows = 1; rows < cost.length; rows += 1) {
        for (const values of [cost, freed, taken]) {
          expect(values[rows] as number).to.be.at.least(values[rows - 1] as number);
        }
      }
    });
    fc.assert(property, { seed: 3, numRuns: 300 });
  });
});
