import { expect } from "chai";
import { ExpressionError } from "../../../src/firmware/expression.js";
import { access, contextOf, cycles, loop, operation, stream, updated } from "../support/nests.js";
import { walked } from "../support/walked.js";

const at = (accesses: readonly { bit: number; bits: number }[]): number[][] =>
  accesses.map(({ bit, bits }) => [bit, bits]);

describe("walking a loop nest", () => {
  it("tells the address of every access, in the order of the loops", () => {
    const context = contextOf({ inputs: 3, outputs: 2, cellBits: 12, firstCell: 10 });
    const nest = [
      loop("row", "outputs", [loop("input", "inputs", [access("read", "weights", ["row", "input"])])]),
    ];
    expect(at(walked(nest, context).accesses)).to.deep.equal([
      [120, 12],
      [132, 12],
      [144, 12],
      [156, 12],
      [168, 12],
      [180, 12],
    ]);
  });

  it("goes backwards where the index does", () => {
    const nest = [loop("input", "inputs", [access("read", "input", ["inputs - 1 - input"])])];
    const bits = walked(nest, contextOf({ inputs: 3 })).accesses.map(({ bit }) => bit);
    expect(bits).to.deep.equal([16, 8, 0]);
  });

  it("splits a stream where the words of the port end", () => {
    const context = contextOf({ inputs: 5, cellBits: 12, firstCell: 1, portBits: 32 });
    const nest = [loop("row", 1, [stream("weights", ["row", "0"], "cellBits * inputs")])];
    // 60 bits from bit 12 on end at bit 72.
    expect(at(walked(nest, context).accesses)).to.deep.equal([
      [12, 20],
      [32, 32],
      [64, 8],
    ]);
  });

  it("splits an access wider than the port, wherever it begins", () => {
    const nest = [access("read", "activations.in", ["0", "1"], { bits: 40 })];
    expect(at(walked(nest, contextOf({ portBits: 16 })).accesses)).to.deep.equal([
      [8, 16],
      [24, 16],
      [40, 8],
    ]);
  });

  it("takes several accesses from consecutive elements, also if each is narrower than its element", () => {
    const nest = [access("write", "logits", ["0"], { count: 3, bits: 8 })];
    expect(at(walked(nest, contextOf()).accesses)).to.deep.equal([
      [0, 8],
      [32, 8],
      [64, 8],
    ]);
  });

  it("uses the real size of a tail, as docs/configuration.md works it out", () => {
    const nest = [
      loop(
        "first",
        "inputs",
        [
          access("read", "activations.in", ["columns - 1", "first"], { bits: 32 }),
          operation("add", "4 * columns"),
          cycles(45),
        ],
        4,
      ),
    ];
    const { lines, accesses } = walked(nest, contextOf({ inputs: 30, columns: 2 }));
    expect(accesses.at(-1)).to.include({ bit: 8 * (30 + 28), bits: 16 });
    expect(lines).to.include({ "op add": 7 * 8 + 4, cycles: 7 * 45 + 23 });
  });

  it("reads a row when it is first read, and writes it when its tile is done", () => {
    const nest = [
      loop(
        "row",
        "outputs",
        [
          access("write", "snapshot", ["row", "0"]),
          loop("input", "inputs", [access("read", "weights", ["row", "input"])]),
          access("write", "weights", ["row", "0"]),
        ],
        2,
      ),
    ];
    const { events } = walked(nest, contextOf({ outputs: 3, firstRow: 4 }));
    expect(events).to.deep.equal([
      "read weights 4",
      "read weights 5",
      "write snapshot 4",
      "write snapshot 5",
      "write weights 4",
      "write weights 5",
      "read weights 6",
      "write snapshot 6",
      "write weights 6",
      "end snapshot",
      "end weights",
    ]);
  });

  it("reaches nothing where no access is made", () => {
    const nest = [
      loop("row", "outputs", [
        access("read", "weights", ["row", "0"], { count: 0 }),
        access("read", "weights", ["row", "0"], { bits: 0 }),
        loop("input", 0, [access("read", "snapshot", ["row", "input"])]),
      ]),
      access("read", "cachedLogits", ["sample", "0"], { count: 0 }),
    ];
    expect(walked(nest, contextOf())).to.deep.equal({ lines: {}, accesses: [], events: [] });
  });

  it("reaches a sample once an invocation", () => {
    const nest = [loop("class", "classes", [access("read", "cachedLogits", ["sample", "class"])])];
    expect(walked(nest, contextOf()).events).to.deep.equal(["read sample of cachedLogits"]);
  });

  it("counts a row that is updated as often as it is", () => {
    const nest = [updated("row", [stream("weights", ["row", "0"], "cellBits"), cycles(10)])];
    const { lines } = walked(nest, contextOf({ outputs: 3 }), { times: 9, rowTimes: [9, 0, 2] });
    expect(lines).to.include({ cycles: 110, "row weights read 0": 9, "row weights read 2": 2 });
    expect(lines).to.not.have.property("row weights read 1");
  });

  it("refuses an index beyond its extent, also in the last round of an innermost loop", () => {
    const nest = [loop("input", "inputs + 1", [access("read", "input", ["input"])])];
    expect(() => walked(nest, contextOf({ inputs: 5 }))).to.throw(
      ExpressionError,
      /input is 5, .*extent is 5/,
    );
  });

  it("refuses a stream beyond its tensor, and an index that is not linear", () => {
    const context = contextOf({ inputs: 5, outputs: 2 });
    const beyond = [loop("row", "outputs", [stream("weights", ["row", "1"], "cellBits * inputs")])];
    expect(() => walked(beyond, context)).to.throw(ExpressionError, /48 bits are left/);
    const square = [loop("input", 2, [access("read", "input", ["input * input"])])];
    expect(() => walked(square, context)).to.throw(ExpressionError, /linear/);
  });
});
