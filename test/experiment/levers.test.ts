import { expect } from "chai";
import fc from "fast-check";
import { estimate } from "../../src/experiment/estimate.js";
import { chipText, experimentOf, plainChip, workloadText } from "./support/experiments.js";

describe("levers, applied with --set", () => {
  it("do what they say: fit, bring all on chip, free so many bytes", () => {
    let tried = 0;
    const property = fc.property(
      fc.record({
        sramKibibytes: fc.integer({ min: 2, max: 24 }),
        flash: fc.constantFrom("nor" as const, "none" as const),
        code: fc.boolean(),
      }),
      fc.record({
        inputs: fc.integer({ min: 20, max: 150 }),
        hidden: fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 2 }),
        weightBits: fc.integer({ min: 4, max: 16 }),
        batch: fc.constantFrom(1, 30),
      }),
      (chip, workload) => {
        const texts = {
          chip: chipText({ ...plainChip, ...chip, banks: 1 }),
          workload: workloadText({ ...workload, iterations: 2, epochs: 1 }),
        };
        const before = estimate(experimentOf(texts)).storage;
        for (const { set, fits, allOnChip, savesBytes } of before.levers) {
          tried += 1;
          const after = estimate(experimentOf(texts, { set: [set] })).storage;
          expect(after.fits, set).to.equal(fits);
          expect(after.onChip.fits, set).to.equal(allOnChip);
          const freed = set.includes("sram.capacity")
            ? after.onChip.capacityBytes - before.onChip.capacityBytes
            : before.onChip.lowerBoundBytes - after.onChip.lowerBoundBytes;
          expect(Math.max(0, freed), set).to.equal(savesBytes);
        }
        if (!before.fits) {
          expect(before.misfits.length).to.be.above(0);
          for (const { demandBytes, roomBytes, gapBytes } of before.misfits) {
            expect(gapBytes).to.equal(demandBytes - roomBytes);
          }
          expect(before.levers.some(({ fits }) => fits)).to.equal(true);
        }
      },
    );
    fc.assert(property, { seed: 1, numRuns: 12 });
    expect(tried).to.be.above(20);
  });
});
