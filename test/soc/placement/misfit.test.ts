import { expect } from "chai";
import type { TensorSpec } from "../../../src/firmware/tensors.js";
import type { Chip } from "../../../src/soc/chip.js";
import type { OffChipMemory } from "../../../src/soc/components/off-chip-memory.js";
import { fitOf } from "../../../src/soc/placement/fit.js";
import { place } from "../../../src/soc/placement/place.js";
import { chipOf } from "../support/chips.js";
import { loopsOver, requestOf } from "../support/placements.js";

const base = chipOf();
const [nor] = base.offChip as [OffChipMemory];
const rowsOf = (name: string, rows: number, bytes: number): TensorSpec => ({
  name,
  bits: 8 * rows * bytes,
  rowBits: new Array<number>(rows).fill(8 * bytes),
  from: "load",
  to: "recycle",
  where: "rows",
});
const chipWith = (sramBytes: number, sectors: number): Chip => ({
  ...base,
  sram: { ...base.sram, capacityBytes: sramBytes },
  offChip: [{ ...nor, capacityBytes: 4096 * sectors }],
});
/** Read only, so that no sector buffer is needed. */
const reading = (tensors: readonly TensorSpec[]) =>
  requestOf(tensors, {
    uses: () => ({ ...loopsOver(tensors), rows: loopsOver(tensors).rows.filter(({ writes }) => !writes) }),
  });

describe("what fits nowhere", () => {
  const tensors = [rowsOf("snapshot", 100, 40), rowsOf("weights", 200, 40)];

  it("is told with as many rows off chip as memories have room for", () => {
    const { fits, peakBytes, regions, unplaced } = place(reading(tensors), chipWith(1000, 2));
    expect(fits).to.equal(false);
    // 8,000 bytes of weights fill two sectors; 4,000 of the snapshot and a row stay.
    expect([...regions.keys()]).to.deep.equal(["weights"]);
    expect(peakBytes).to.equal(4000 + 40);
    expect(unplaced[0]).to.include({ roomBytes: 1000, component: "sram" });
  });

  it("has only the rows of a tensor off chip that there is room for", () => {
    const { peakBytes, regions } = place(reading(tensors), chipWith(1000, 1));
    // 102 rows of 40 bytes are the most that a sector takes, or all 100 of the snapshot.
    expect(regions.get("weights")?.rows.size).to.equal(102);
    expect(peakBytes).to.equal(12_000 - 102 * 40 + 40);
  });

  it("has all on chip where no memory has room", () => {
    const { peakBytes, regions } = place(reading(tensors), chipWith(1000, 0));
    expect([peakBytes, regions.size]).to.deep.equal([12_000, 0]);
  });
});

describe("what fits in one way only", () => {
  it("is found though the largest part leaves no room for the others", () => {
    // The first 5 rows free most, but take both sectors; the others, longer ones, free more in a sector each.
    const rowBits = [5, 4, 4].flatMap((rows, layer) => new Array<number>(rows).fill(8 * (992 + 4 * layer)));
    const weights: TensorSpec = {
      ...rowsOf("weights", 1, 1),
      rowBits,
      bits: rowBits.reduce((sum, bits) => sum + bits, 0),
    };
    const chip = chipWith(7000, 2);
    expect(place(reading([weights]), chip).fits).to.equal(true);
    expect(fitOf(reading([weights]), chip)).to.include({ fits: true, isAllOnChip: false });
    expect(fitOf(reading([weights]), chipWith(5900, 2)).fits).to.equal(false);
  });

  it("is found where cached logits leave little room in the memory, and not where they leave none", () => {
    const cachedLogits: TensorSpec = {
      ...rowsOf("cachedLogits", 0, 0),
      bits: 8 * 8000,
      rowCount: 100,
      where: "offChip",
    };
    const both = [rowsOf("weights", 100, 40), cachedLogits];
    expect(place(reading(both), chipWith(2000, 3)).fits).to.equal(true);
    expect(place(reading(both), chipWith(2000, 2)).fits).to.equal(false);
    expect(place(reading(both), chipWith(6000, 2)).fits).to.equal(true);
  });

  it("is found where rows are of so many lengths that not every size of the buffers is tried, unproven", () => {
    const many = ["gradient", "weights", "snapshot"].map((name, at): TensorSpec => {
      const rowBits = Array.from({ length: 18 }, (_, row) => 8 * (40 + 4 * row + 80 * at));
      return { ...rowsOf(name, 1, 1), rowBits, bits: rowBits.reduce((sum, bits) => sum + bits, 0) };
    });
    const { fits, spilling, regions } = place(reading(many), chipWith(1000, 100));
    expect([fits, spilling.isOptimal, regions.size]).to.deep.equal([true, false, 3]);
  });
});
