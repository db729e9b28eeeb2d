import { createHash } from "node:crypto";
import { expect } from "chai";
import fc from "fast-check";
import { Cells } from "../../src/rbnn/cells.js";
import {
  freezeSigns,
  loadColumn,
  signsOf,
  snapshotSigns,
  startColumn,
  storeColumn,
} from "../../src/rbnn/column.js";
import { Xorshift32 } from "../../src/rbnn/random.js";

const weightBits = fc.integer({ min: 2, max: 16 });

describe("cells", () => {
  it("take exactly W n bits", () => {
    const cells = new Cells(25_408, 12);
    expect(cells.bits).to.equal(304_896);
    expect(cells.bytes).to.have.length(38_112);
    expect(new Cells(3, 3).bytes).to.have.length(2);
  });

  it("are a little-endian bit stream", () => {
    const cells = new Cells(3, 12);
    cells.writeField(0, 12, 0x123);
    cells.writeField(1, 12, 0x456);
    cells.writeField(2, 12, 0x789);
    expect([...cells.bytes]).to.deep.equal([0x23, 0x61, 0x45, 0x89, 0x07]);
  });

  it("give back what was written and keep their neighbours", () => {
    fc.assert(
      fc.property(weightBits, fc.array(fc.nat(0xffff), { minLength: 1, maxLength: 40 }), (bits, values) => {
        const cells = new Cells(values.length, bits);
        const masked = values.map((value) => value & (2 ** bits - 1));
        // Descending, so that a write that spills over would damage a cell already written.
        for (let cell = values.length - 1; cell >= 0; cell--) cells.writeField(cell, bits, masked[cell]!);
        expect(values.map((_, cell) => cells.readCell(cell))).to.deep.equal(masked);
      }),
      { seed: 1 },
    );
  });

  it("hold the frozen signs above the field, the first column's on top", () => {
    const cells = new Cells(2, 6);
    cells.writeSign(1, 1, 1);
    cells.writeSign(1, 3, 1);
    cells.writeField(1, 3, -3);
    expect(cells.readCell(1)).to.equal(0b101_101);
    expect([1, 2, 3].map((column) => cells.readSign(1, column))).to.deep.equal([-1, 0, -1]);
    expect(cells.readField(1, 3)).to.equal(-3);
    expect(cells.readCell(0)).to.equal(0);
  });

  it("read the sign of a field's column as its top bit: freezing moves nothing", () => {
    fc.assert(
      fc.property(weightBits, fc.nat(15), fc.nat(0xffff), (bits, before, value) => {
        const column = 1 + (before % bits);
        const cells = new Cells(1, bits);
        cells.writeField(0, bits, value);
        expect(cells.readSign(0, column)).to.equal(cells.readField(0, bits - column + 1) < 0 ? -1 : 0);
      }),
      { seed: 1 },
    );
  });

  it("have the SHA-256 of their bytes", () => {
    const cells = new Cells(100, 7);
    startColumn(cells, 1, new Xorshift32(1));
    expect(cells.sha256()).to.equal(createHash("sha256").update(cells.bytes).digest("hex"));
  });
});

describe("a column in the cells", () => {
  it("starts from the top bits of one draw a weight, below the frozen bits", () => {
    const cells = new Cells(50, 9);
    startColumn(cells, 1, new Xorshift32(7));
    const before = Array.from({ length: 50 }, (_, cell) => cells.readCell(cell));
    const plastic = startColumn(cells, 4, new Xorshift32(8));
    const draws = new Xorshift32(8);
    for (const [cell, value] of before.entries()) {
      const field = draws.next() >>> 26;
      expect(cells.readCell(cell)).to.equal((value & 0b111_000_000) | field);
      expect(plastic.weights[cell]).to.equal(field >= 32 ? field - 64 : field);
    }
  });

  it("is stored and loaded again, frozen bits included", () => {
    const cells = new Cells(27, 11);
    startColumn(cells, 1, new Xorshift32(7));
    const plastic = startColumn(cells, 3, new Xorshift32(9));
    plastic.weights.forEach((_, cell) => {
      plastic.weights[cell] = (cell * 37) % 256;
    });
    storeColumn(cells, plastic);
    expect(loadColumn(cells, 3)).to.deep.equal(plastic);
  });

  it("freezes the signs of a snapshot and leaves all other bits", () => {
    const cells = new Cells(21, 5);
    const plastic = startColumn(cells, 2, new Xorshift32(3));
    const snapshot = new Uint8Array(3);
    snapshotSigns(plastic, snapshot);
    const later = startColumn(cells, 2, new Xorshift32(4));
    freezeSigns(cells, 2, snapshot);
    for (let cell = 0; cell < 21; cell++) {
      expect(cells.readSign(cell, 2)).to.equal(plastic.weights[cell]! < 0 ? -1 : 0);
      expect(cells.readCell(cell) & 0b111).to.equal(later.weights[cell]! & 0b111);
    }
    expect([...signsOf(cells, 2)]).to.deep.equal(Array.from(plastic.weights, (w) => (w < 0 ? -1 : 0)));
  });
});
