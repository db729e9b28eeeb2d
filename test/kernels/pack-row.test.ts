import { expect } from "chai";
import fc from "fast-check";
import { packRow } from "../../src/kernels/pack-row.js";
import { seeds, uniform } from "./support.js";

describe("packing a row", () => {
  it("writes exactly the bits of its cells", () => {
    const scenario = fc.record({
      weightBits: fc.integer({ min: 2, max: 16 }),
      column: fc.integer({ min: 1, max: 16 }),
      firstCell: fc.integer({ min: 0, max: 20 }),
      length: fc.integer({ min: 1, max: 30 }),
      after: fc.integer({ min: 0, max: 9 }),
      seed: seeds,
    });
    fc.assert(
      fc.property(scenario, ({ weightBits, column, firstCell, length, after, seed }) => {
        fc.pre(column <= weightBits);
        const fieldBits = weightBits - column + 1;
        const next = uniform(seed);
        const count = firstCell + length + after;
        const cells = Uint8Array.from({ length: Math.ceil((count * weightBits) / 8) }, () => next() * 256);
        const whole = Array.from({ length: count }, () => Math.floor(next() * 2 ** weightBits));
        const fieldMask = 2 ** fieldBits - 1;
        const frozen = Uint16Array.from(whole, (cell) => cell & ~fieldMask);
        const weights = Int16Array.from(whole, (cell) => (cell << (32 - fieldBits)) >> (32 - fieldBits));
        const bits = Array.from({ length: cells.length * 8 }, (_, p) => (cells[p >> 3]! >> (p & 7)) & 1);
        for (let cell = firstCell; cell < firstCell + length; cell++) {
          for (let bit = 0; bit < weightBits; bit++)
            bits[cell * weightBits + bit] = (whole[cell]! >> bit) & 1;
        }
        packRow({ cells, weightBits, fieldBits, frozen, weights }, firstCell, length);
        const packed = bits.map((_, p) => (cells[p >> 3]! >> (p & 7)) & 1);
        expect(packed).to.deep.equal(bits);
      }),
      { seed: 1 },
    );
  });
});
