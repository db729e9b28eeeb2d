import { expect } from "chai";
import type { Executions } from "../../src/firmware/context.js";
import { countNest } from "../../src/firmware/count.js";
import { ExpressionError } from "../../src/firmware/expression.js";
import type { Statement } from "../../src/firmware/nest.js";
import {
  access,
  contextOf,
  costly,
  cycles,
  fetch,
  loop,
  operation,
  stream,
  updated,
  when,
} from "./support/nests.js";

describe("a tail tile", () => {
  const shape = { inputs: 80, outputs: 6, cellBits: 1 };

  it("shortens packed accesses and repeated ones to its real size", () => {
    const body = [
      access("read", "weights", ["row", "word"], { bits: 32, count: 4 }),
      access("read", "input", ["word"], { count: 32 }),
      operation("add", 128),
      cycles(2020),
    ];
    const nest = [loop("row", "outputs", [loop("word", "inputs", body, 32)], 4)];
    const tally = countNest(nest, contextOf(shape), { times: 1 });
    // Rows 4 + 2; words 32 + 32 + 16. Each row and word tile reads 32 bits of 4 rows, or what is left of them.
    expect(tally.accesses).to.deep.equal([
      { tensor: "weights", action: "read", count: 3 * 6, bits: 80 * 6 },
      { tensor: "input", action: "read", count: 80 * 2, bits: 80 * 2 * 8 },
    ]);
    expect(tally.operations.get("add")).to.equal(80 * 6);
    expect(tally.cycles).to.equal(2 * 2020 + 1010 + 2 * 1010 + 505);
  });

  it("shortens a stream to its real size", () => {
    const nest = [loop("row", "outputs", [stream("weights", ["row", "0"], "4 * cellBits * inputs")], 4)];
    const tally = countNest(nest, contextOf(shape), { times: 1 });
    expect(tally.accesses).to.deep.equal([{ tensor: "weights", action: "read", count: 10 + 5, bits: 480 }]);
  });

  it("rounds a share of an operation up", () => {
    const nest = [loop("word", "inputs", [operation("xor", 1), cycles(5)], 32)];
    const tally = countNest(nest, contextOf({ inputs: 33 }), { times: 1 });
    expect(tally.operations.get("xor")).to.equal(2);
    expect(tally.cycles).to.equal(5 + 1);
  });
});

describe("a stream of packed fields", () => {
  it("touches a word more where fields straddle it", () => {
    // Rows of 5 x 12 = 60 bits start at bits 0, 60, 120: 2, 3 and 3 words of 32 bits.
    const nest = [loop("row", "outputs", [stream("weights", ["row", "0"], "cellBits * inputs")])];
    const tally = countNest(nest, contextOf(), { times: 1 });
    expect(tally.accesses).to.deep.equal([
      { tensor: "weights", action: "read", count: 2 + 3 + 3, bits: 180 },
    ]);
  });

  it("costs an aligned word for each word", () => {
    const nest = [loop("row", "outputs", [stream("weights", ["row", "0"], "cellBits * inputs")])];
    const tally = countNest(nest, contextOf({ inputs: 8, cellBits: 16 }), { times: 10 });
    expect(tally.accesses[0]).to.include({ count: 4 * 3 * 10, bits: 8 * 16 * 3 * 10 });
  });
});

describe("a stream from somewhere within a tensor", () => {
  it("touches the words from its first bit on", () => {
    // The third field of 12 bits in rows of 60: from bits 24, 84 and 144, of which the first straddles two words.
    const nest = [loop("row", "outputs", [stream("weights", ["row", "2"], "cellBits")])];
    expect(countNest(nest, contextOf(), { times: 1 }).accesses[0]).to.include({ count: 2 + 1 + 1, bits: 36 });
  });
});

describe("what the body of a loop over rows takes", () => {
  it("is without what comes before and after the loop", () => {
    const body = [stream("weights", ["row", "0"], "cellBits * inputs"), cycles(9)];
    const around = [access("read", "input", [0]), cycles(1000)];
    const nest = [...around, loop("row", "outputs", body), ...around];
    const [walk] = countNest(nest, contextOf({ inputs: 8, cellBits: 16 }), { times: 10 }).rowWalks;
    expect(walk?.body).to.deep.equal({ cycles: 9 * 3 * 10, accesses: 4 * 3 * 10 });
  });
});

describe("the cycles of a stream", () => {
  const nest = (portBits: number, firstCell = 0) => {
    const words = costly(stream("weights", ["row", "0"], "cellBits * inputs"), 7, undefined, [2, 1]);
    return countNest([loop("row", "outputs", [words])], contextOf({ portBits, firstCell }), { times: 10 });
  };

  it("are counted by the boundaries between words of 32 bits that it crosses", () => {
    // Rows of 60 bits touch 2, 3 and 3 words.
    expect(nest(32).cycles).to.equal(7 * (1 + 2 + 2) * 10);
  });

  it("do not depend on the port of the memory", () => {
    for (const portBits of [8, 16, 64]) expect(nest(portBits).cycles).to.equal(nest(32).cycles);
  });

  it("come with accesses to the stack, each of a word", () => {
    const stackOf = (portBits: number) => nest(portBits).accesses.filter(({ tensor }) => tensor === "stack");
    expect(stackOf(32)).to.deep.equal([
      { tensor: "stack", action: "read", count: 2 * 50, bits: 2 * 50 * 32 },
      { tensor: "stack", action: "write", count: 50, bits: 50 * 32 },
    ]);
    expect(stackOf(16).map(({ count }) => count)).to.deep.equal([200, 100]);
    expect(stackOf(64).map(({ count }) => count)).to.deep.equal([100, 50]);
  });
});

describe("row visits", () => {
  const weights = [stream("weights", ["row", "0"], "cellBits * inputs")];
  const rows = (nest: Statement[], executions: Executions) =>
    countNest(nest, contextOf({ firstRow: 2 }), executions).rowWalks;

  it("bring each row of a loop over rows into reach once an invocation", () => {
    const visits = rows([loop("row", "outputs", weights)], { times: 7 });
    expect(visits).to.deep.equal([
      {
        tensor: "weights",
        reads: true,
        writes: false,
        executions: 7,
        step: 1,
        firstRow: 2,
        visits: [7, 7, 7],
        body: { cycles: 0, accesses: 7 * 8 },
      },
    ]);
  });

  it("are as many for a row of a tile, whose rows are in reach together", () => {
    const [walk] = rows([loop("row", "outputs", weights, 2)], { times: 7 });
    expect(walk).to.include({ step: 2 });
    expect(walk?.visits).to.deep.equal([7, 7, 7]);
  });

  it("follow the updates of each row", () => {
    const body = [...weights, stream("weights", ["row", "0"], "cellBits * inputs", "write")];
    const visits = rows([updated("row", body)], { times: 7, rowTimes: [7, 0, 3] });
    expect(visits).to.deep.equal([
      {
        tensor: "weights",
        reads: true,
        writes: true,
        executions: 7,
        step: 1,
        firstRow: 2,
        visits: [7, 0, 3],
        body: { cycles: 0, accesses: 46 },
      },
    ]);
  });

  it("are none where the access never runs", () => {
    const nest = [
      loop("row", "outputs", [
        loop("never", "0", weights),
        access("read", "weights", ["row", "0"], { count: 0 }),
        access("read", "weights", ["row", "0"], { bits: 0 }),
      ]),
    ];
    expect(rows(nest, { times: 7 })).to.deep.equal([]);
  });

  it("of samples are one an invocation, and none where the access never runs", () => {
    const read = (of: string) => [loop("class", of, [access("read", "cachedLogits", ["sample", "class"])])];
    const visits = (of: string) =>
      countNest(read(of), contextOf(), { times: 7 }).sampleVisits.get("cachedLogits");
    expect(visits("classes")).to.deep.equal({ reads: 7, writes: 0 });
    expect(visits("classes * outputLayer")).to.equal(undefined);
  });

  it("need the loop over the rows: another row index has no closed form and is refused", () => {
    for (const first of ["0", "row + 0", "outputs - 1 - row"]) {
      const nest = [loop("row", "outputs", [access("read", "weights", [first, "0"])])];
      expect(() => countNest(nest, contextOf(), { times: 1 }), first).to.throw(ExpressionError, /row/);
    }
    const nest = [access("read", "cachedLogits", ["0", "0"])];
    expect(() => countNest(nest, contextOf(), { times: 1 })).to.throw(ExpressionError, /sample/);
  });
});

describe("a count that has no exact or no meaningful value", () => {
  const count = (nest: Statement[], executions: Executions = { times: 1 }) =>
    countNest(nest, contextOf(), executions);

  it("beyond 2^53 - 1 is an error", () => {
    const deep = [loop("a", 2 ** 30, [loop("b", 2 ** 30, [operation("add")])])];
    expect(() => count(deep)).to.throw(RangeError, "2^53");
    expect(() => count([operation("add", "9007199254740991 + 1")])).to.throw(Error, "2^53");
    expect(() => count([cycles(2 ** 30)], { times: 2 ** 30 })).to.throw(RangeError, "2^53");
    expect(() => count([operation("add", "floor(9007199254740991 * 3 / 9007199254740991)")])).to.throw(
      Error,
      "2^53",
    );
  });

  it("below 0 is an error", () => {
    expect(() => count([operation("add", "0 - 1")])).to.throw(ExpressionError, "negative");
    expect(() => count([loop("a", "inputs - 6", [])])).to.throw(ExpressionError, "negative");
  });

  it("names an unknown tensor, and those that there are", () => {
    expect(() => count([access("read", "gradient", [])])).to.throw(
      ExpressionError,
      /"gradient" does not exist.*weights/,
    );
  });

  it("says which instruction sets have cycles", () => {
    expect(() => count([cycles(3, ["rv32imc"])])).to.throw(ExpressionError, /cortex-m3.*given: rv32imc/);
  });

  it("refuses a loop over updated rows that is not over the layer's rows, or inside another one", () => {
    const executions = { times: 4, rowTimes: [1, 2, 4] };
    expect(() => count([updated("row", [], "inputs")], executions)).to.throw(ExpressionError, /updated rows/);
    const nested = [updated("row", [updated("again", [operation("add")])])];
    expect(() => count(nested, executions)).to.throw(ExpressionError, /updated rows/);
  });

  it("says which statement it is, by the way to it", () => {
    const pathOf = (nest: Statement[], executions?: Executions): unknown => {
      try {
        count(nest, executions);
      } catch (error) {
        return error instanceof ExpressionError ? error.path : error;
      }
      return "nothing is wrong";
    };
    const sound = operation("add");
    expect(pathOf([sound, cycles(3, ["rv32imc"])])).to.deep.equal([1]);
    for (const wrong of [
      access("read", "gradient", []),
      access("read", "input", ["i + 1"]),
      access("read", "input", [], { count: "0 - 1" }),
      access("read", "nothing", ["i", "0"]),
      stream("nothing", ["sample"], "8"),
      stream("weights", ["0", "0"], 8),
      loop("j", "0 - 1", []),
    ]) {
      const nest = [
        sound,
        when({ frozen: "recompute" }, [sound, loop("i", "inputs", [sound, sound, wrong])]),
      ];
      const inner = () => contextOf({}, { frozen: "recompute" });
      expect(() => countNest(nest, inner(), { times: 1 }))
        .to.throw(ExpressionError)
        .with.deep.property("path", [1, "do", 1, "do", 2]);
    }
  });

  it("refuses too many indexes, and a row tensor without all of them", () => {
    expect(() => count([access("read", "input", [0, 0])])).to.throw(ExpressionError, "2 are given");
    expect(() => count([access("read", "weights", [0])])).to.throw(ExpressionError, "give 2 indexes");
  });

  it("refuses an index that is not linear", () => {
    const square = [loop("i", "2", [access("read", "input", ["i * i"])])];
    expect(() => count(square)).to.throw(ExpressionError, "linear");
  });
});

describe("a fetch", () => {
  it("brings one sample, of pixels and label, an execution", () => {
    const tally = countNest([fetch("samples", "input")], contextOf({ inputs: 5 }), { times: 8 });
    expect(tally.fetches).to.deep.equal([{ tensor: "samples", into: "input", count: 8, bits: 48 }]);
  });
});
