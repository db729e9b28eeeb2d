import { expect } from "chai";
import fc from "fast-check";
import type { TensorSpec } from "../../../src/firmware/tensors.js";
import type { Chip } from "../../../src/soc/chip.js";
import type { OffChipMemory } from "../../../src/soc/components/off-chip-memory.js";
import { fitOf } from "../../../src/soc/placement/fit.js";
import { place } from "../../../src/soc/placement/place.js";
import { chipOf } from "../support/chips.js";
import { requestOf } from "../support/placements.js";

const chip = chipOf({ flash: "nor" });
const [nor] = chip.offChip as [OffChipMemory];
const rowTensor = (name: string, rowBits: readonly number[]): TensorSpec => ({
  name,
  bits: rowBits.reduce((sum, bits) => sum + bits, 0),
  rowBits,
  from: "load",
  to: name === "gradient" ? "update" : "recycle",
  where: "rows",
});
const cached: TensorSpec = {
  name: "cachedLogits",
  bits: 3200,
  rowCount: 10,
  from: "load",
  to: "recycle",
  where: "offChip",
};

describe("how a training fits", () => {
  it("is what its placement would say, whatever is demanded of whatever memories", () => {
    const rows = fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 9 });
    const memory = fc.record({
      capacityBytes: fc.integer({ min: 256, max: 12_000 }),
      sectorBytes: fc.constantFrom(64, 256, 1024),
    });
    const seen = { allOnChip: 0, spilled: 0, misfits: 0 };
    const property = fc.property(
      fc.tuple(rows, rows, fc.boolean()),
      fc.array(memory, { minLength: 1, maxLength: 2 }),
      fc.integer({ min: 128, max: 5000 }),
      ([gradient, weights, caches], drawn, capacityBytes) => {
        const tensors = [rowTensor("gradient", gradient), rowTensor("weights", weights)];
        if (caches) tensors.push(cached);
        const offChip = drawn.map((given, index) => ({ ...nor, pageBytes: 64, ...given, name: `m${index}` }));
        const drawnChip: Chip = { ...chip, offChip, sram: { ...chip.sram, capacityBytes } };
        const request = requestOf(tensors);
        const { fits, spilledBytes, lowerBoundBytes } = place(request, drawnChip);
        const isAllOnChip = fits && spilledBytes === 0;
        expect(fitOf(request, drawnChip)).to.deep.equal({ fits, isAllOnChip, lowerBoundBytes });
        seen[isAllOnChip ? "allOnChip" : fits ? "spilled" : "misfits"] += 1;
      },
    );
    fc.assert(property, { seed: 3, numRuns: 250 });
    for (const [kind, count] of Object.entries(seen)) expect(count, kind).to.be.above(10);
  });
});
