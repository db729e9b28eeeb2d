import { expect } from "chai";
import type { OffChipMemory } from "../../../src/soc/components/off-chip-memory.js";
import type { OffChipRegion } from "../../../src/soc/off-chip.js";
import { wordsMoved } from "../../../src/soc/schedule/row-loop.js";
import { chipOf } from "../support/chips.js";
import { driven } from "../support/parts.js";

const fram = driven({ part: "CY15B104QN", lanes: 1, megahertz: 40 });

describe("the words of the SRAM that rows of 10 bytes take", () => {
  for (const [what, flash, written] of [
    ["twice where they are merged into the sector buffer of a flash", "nor", 12],
    ["once where they are written in place", fram, 6],
  ] as const) {
    it(`are as many on their way back, ${what}`, () => {
      const chip = chipOf({ flash });
      const region: OffChipRegion = {
        tensor: "weights",
        memory: chip.offChip[0] as OffChipMemory,
        address: 0,
        bytes: 40,
        rows: new Map([0, 1, 2].map((row) => [row, { start: 12 * row, end: 12 * row + 10 }])),
        sampleRows: undefined,
      };
      const binding = { tensor: "weights", dimensions: [4, 10], elementBits: 8, firstBit: 0 };
      const walked = { tensor: "weights", binding, rows: { first: 0, count: 4 }, reads: true, writes: true };
      const frame = { variable: "row", start: 0, step: 2, trips: 1, size: 2, rowTimes: undefined };
      const moved = wordsMoved({ walked, region }, { frame, times: 1 }, chip);
      expect(moved).to.deep.equal({ filled: 6, written });
    });
  }
});
