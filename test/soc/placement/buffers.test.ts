import { expect } from "chai";
import fc from "fast-check";
import type { TensorSpec } from "../../../src/firmware/tensors.js";
import type { Chip } from "../../../src/soc/chip.js";
import type { OffChipMemory } from "../../../src/soc/components/off-chip-memory.js";
import { buffersOf } from "../../../src/soc/placement/buffers.js";
import { place } from "../../../src/soc/placement/place.js";
import type { RowUse } from "../../../src/soc/placement/uses.js";
import { chipOf } from "../support/chips.js";
import { loopsOver, requestOf } from "../support/placements.js";

const chip = chipOf({ flash: "nor" });
const [nor] = chip.offChip as [OffChipMemory];
const weights: TensorSpec = {
  name: "weights",
  bits: 10 * 320,
  rowBits: new Array<number>(10).fill(320),
  from: "load",
  to: "recycle",
  where: "rows",
};

describe("the row buffer of a spilled tensor", () => {
  const bytes = (rows: readonly Partial<RowUse>[], isDouble = false): number | undefined => {
    const loop: RowUse = {
      tensor: "weights",
      kernel: "forward",
      phase: "forward",
      reads: true,
      writes: false,
      executions: 5,
      step: 1,
      firstRow: 0,
      visits: new Array<number>(10).fill(5),
    };
    const uses = { rows: rows.map((over) => ({ ...loop, ...over })), samples: [] };
    return buffersOf([{ spec: weights, memory: nor, rowBytes: 40 }], uses, isDouble)[0]?.bytes;
  };

  it("has room for one row, or two with double buffering, where loops go row by row", () => {
    expect(bytes([{}])).to.equal(40);
    expect(bytes([{}], true)).to.equal(80);
  });

  it("has room for the rows of the largest tile, or twice that with double buffering", () => {
    expect(bytes([{ step: 3 }, { step: 4 }, {}])).to.equal(160);
    expect(bytes([{ step: 3 }, { step: 4 }, {}], true)).to.equal(320);
  });

  it("has no room for more rows than the loop has, for tiles of another tensor, or for a loop that never runs", () => {
    expect(bytes([{ step: 16, visits: [5, 5] }])).to.equal(80);
    expect(bytes([{}, { step: 4, tensor: "snapshot" }, { step: 4, executions: 0 }])).to.equal(40);
  });

  it("takes the spilled rows of every tile, whatever rows are spilled and however long they are", () => {
    const layers = fc.array(fc.tuple(fc.integer({ min: 4, max: 16 }), fc.integer({ min: 1, max: 3000 })), {
      minLength: 1,
      maxLength: 3,
    });
    let checked = 0;
    const property = fc.property(
      layers,
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 512, max: 8000 }),
      (drawn, step, capacityBytes) => {
        const rowBits = drawn.flatMap(([rows, bits]) => new Array<number>(rows).fill(bits));
        const spec = { ...weights, rowBits, bits: rowBits.reduce((sum, bits) => sum + bits, 0) };
        const { rows, samples } = loopsOver([spec]);
        const tiled = rows.map((use) => ({ ...use, step }));
        const flash = { ...nor, sectorBytes: 256 };
        const small: Chip = { ...chip, offChip: [flash], sram: { ...chip.sram, capacityBytes } };
        const request = requestOf([spec], { uses: () => ({ rows: tiled, samples }) });
        const { fits, regions, onChip } = place(request, small);
        const region = regions.get("weights");
        if (!fits || region === undefined) return;
        checked += 1;
        const buffer = onChip.find(({ tensor }) => tensor === "rowBuffer.weights");
        for (let first = 0; first < rowBits.length; first += step) {
          let inReach = 0;
          for (let row = first; row < first + step; row += 1) {
            const { start, end } = region.rows.get(row) ?? { start: 0, end: 0 };
            inReach += end - start;
          }
          expect(inReach).to.be.at.most(buffer?.bytes ?? 0);
        }
      },
    );
    fc.assert(property, { seed: 9, numRuns: 200 });
    expect(checked).to.be.above(20);
  });
});
