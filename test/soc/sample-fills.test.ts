import { expect } from "chai";
import fc from "fast-check";
import type { OffChipRegion } from "../../src/soc/off-chip.js";
import { pagesTouched, sampleFills } from "../../src/soc/sample-fills.js";
import { chipOf } from "./support/chips.js";

const [nand] = chipOf({ flash: "nand" }).offChip as [OffChipRegion["memory"]];
const regionOf = (count: number, bytes: number, address = 0, memory = nand): OffChipRegion =>
  ({ address, memory, sampleRows: { count, bytes } }) as unknown as OffChipRegion;

describe("fills of samples from pages", () => {
  it("touch the pages from their first to their last byte", () => {
    const { pageBytes } = nand;
    expect(pagesTouched(regionOf(1, 1), 0, pageBytes)).to.equal(1);
    expect(pagesTouched(regionOf(1, 1), 0, pageBytes + 1)).to.equal(2);
    expect(pagesTouched(regionOf(1, 1), pageBytes - 1, 2)).to.equal(2);
    expect(pagesTouched(regionOf(1, 1, 1), pageBytes - 1, 1)).to.equal(1);
    expect(pagesTouched(regionOf(1, 1), 5, 0)).to.equal(0);
  });

  it("come to the pages of all rows in a whole pass, and to as many fills as there are", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 3000 }),
        fc.nat(500),
        (count, bytes, times) => {
          const region = regionOf(count, bytes);
          const fills = sampleFills(region, bytes, times);
          expect(fills.reduce((sum, each) => sum + each.fills, 0)).to.equal(times);
          const pages = (of: ReturnType<typeof sampleFills>) =>
            of.reduce((sum, each) => sum + each.pages * each.fills, 0);
          const pass = Array.from({ length: count }, (_, row) => pagesTouched(region, row * bytes, bytes));
          expect(pages(sampleFills(region, bytes, 2 * count))).to.equal(
            2 * pass.reduce((sum, each) => sum + each, 0),
          );
        },
      ),
    );
  });

  it("are one kind where pages need not be loaded, and none of nothing", () => {
    const [nor] = chipOf().offChip as [OffChipRegion["memory"]];
    expect(sampleFills(regionOf(9, 700, 0, nor), 700, 20)).to.deep.equal([{ pages: 1, fills: 20 }]);
    expect(sampleFills(regionOf(9, 700), 0, 20)).to.deep.equal([]);
    expect(sampleFills(regionOf(9, 700), 700, 0)).to.deep.equal([]);
  });
});
