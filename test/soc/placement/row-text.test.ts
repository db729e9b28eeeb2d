import { expect } from "chai";
import fc from "fast-check";
import { formatRows, parseRows } from "../../../src/soc/placement/row-text.js";

describe("rows as text", () => {
  it("read back as they were", () => {
    const rows = fc.uniqueArray(fc.nat(300), { minLength: 1 }).map((all) => all.toSorted((a, b) => a - b));
    fc.assert(
      fc.property(rows, (all) => {
        expect(parseRows(formatRows(all))).to.deep.equal(all);
      }),
    );
    expect(formatRows([0, 1, 2, 3, 9])).to.equal("0-3, 9");
  });

  it("may have blanks around numbers, and begin at 0", () => {
    expect(parseRows("0")).to.deep.equal([0]);
    expect(parseRows(" 2 - 4 , 7")).to.deep.equal([2, 3, 4, 7]);
  });

  it("are refused where they fall, repeat or are something else", () => {
    for (const text of [
      "",
      "x",
      "1x",
      "x1",
      "1 2",
      "1--2",
      "1x-2",
      "3-1",
      "2, 2",
      "4, 1-2",
      "1-3, 3",
      "-1",
      "12345678",
    ]) {
      expect(parseRows(text), text).to.equal(undefined);
    }
  });
});
