import { expect } from "chai";
import fc from "fast-check";
import { PHASES, type Phase } from "../../../src/firmware/phases.js";
import { type Item, overlap } from "../../../src/soc/placement/items.js";
import { placeOffsets } from "../../../src/soc/placement/offsets.js";

const item = (tensor: string, bytes: number, from: Phase, to: Phase): Item => ({ tensor, bytes, from, to });
const items = (most: number) =>
  fc
    .array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.nat(5), fc.nat(5)), { minLength: 1, maxLength: most })
    .map((drawn) =>
      drawn.map(([bytes, a, b], index) =>
        item(`t${index}`, bytes, PHASES[Math.min(a, b)] as Phase, PHASES[Math.max(a, b)] as Phase),
      ),
    );

/** The lowest peak of items put down one by one, in every order, each at the lowest free address. */
function leastPeak(all: readonly Item[], block: number): number {
  let best = Number.POSITIVE_INFINITY;
  const descend = (
    placed: readonly { at: number; end: number; item: Item }[],
    left: readonly Item[],
  ): void => {
    if (left.length === 0) best = Math.min(best, ...[Math.max(...placed.map(({ end }) => end))]);
    for (const next of left) {
      let at = 0;
      const size = Math.ceil(next.bytes / block) * block;
      const others = placed.filter((other) => overlap(other.item, next)).toSorted((a, b) => a.at - b.at);
      for (const other of others) if (other.at < at + size) at = Math.max(at, other.end);
      descend(
        [...placed, { at, end: at + size, item: next }],
        left.filter((other) => other !== next),
      );
    }
  };
  descend([], all);
  return best;
}

describe("addresses on chip", () => {
  it("have the lowest peak that there is", () => {
    const property = fc.property(items(6), fc.constantFrom(1, 4), (all, block) => {
      const { peakBytes, isOptimal, lowerBoundBytes } = placeOffsets(all, block);
      expect(isOptimal).to.equal(true);
      expect(peakBytes).to.equal(leastPeak(all, block));
      expect(lowerBoundBytes).to.be.at.most(peakBytes);
    });
    fc.assert(property, { seed: 1, numRuns: 60 });
  });

  it("lie apart where lives overlap, at whole blocks, below the peak", () => {
    const property = fc.property(items(14), fc.constantFrom(4, 8, 16), (all, block) => {
      const { addresses, peakBytes } = placeOffsets(all, block, 500);
      for (const [position, a] of all.entries()) {
        const start = addresses[position] as number;
        expect(start % block).to.equal(0);
        expect(start + a.bytes).to.be.at.most(peakBytes);
        for (const [other, b] of all.entries()) {
          if (other <= position || !overlap(a, b)) continue;
          const begin = addresses[other] as number;
          expect(start + a.bytes <= begin || begin + b.bytes <= start).to.equal(true);
        }
      }
    });
    fc.assert(property, { seed: 2, numRuns: 100 });
  });

  it("use the gap below a neighbour: 180 bytes suffice where it is overlooked at 240", () => {
    const all = [
      item("early", 60, "load", "forward"),
      item("long", 120, "forward", "backward"),
      item("late", 60, "backward", "update"),
    ];
    expect(placeOffsets(all, 4).peakBytes).to.equal(180);
  });

  it("are told to be unproven when the search is cut short above the bound", () => {
    // Known to need more than lives at once: no order of these five meets the bound.
    let unproven = 0;
    fc.assert(
      fc.property(items(9), (all) => {
        const cut = placeOffsets(all, 1, 0);
        const whole = placeOffsets(all, 1);
        expect(whole.peakBytes).to.be.at.most(cut.peakBytes);
        expect(cut.isOptimal).to.equal(cut.peakBytes === cut.lowerBoundBytes);
        if (!cut.isOptimal) unproven += 1;
      }),
      { seed: 3, numRuns: 300 },
    );
    expect(unproven).to.be.above(0);
  });
});
