import { expect } from "chai";
import { countNest } from "../../src/firmware/count.js";
import { type Costs, cyclePaths, cycleTerms, replaceCycles } from "../../src/firmware/cycle-terms.js";
import type { Statement } from "../../src/firmware/nest.js";
import { access, contextOf, costly, cycles, loop, operation, stream, when } from "./support/nests.js";

const context = contextOf({ inputs: 5, outputs: 3, cellBits: 12 }, { wait: "poll" });
const words = costly(stream("weights", ["row", "0"], "cellBits * inputs"), 7, ["rv32imc"], [2, 1]);
const nest: Statement[] = [
  cycles(4, ["rv32imc"]),
  access("read", "input", [0]),
  loop("row", "outputs", [operation("add"), words, cycles(9, ["rv32imc"])]),
  when({ wait: "poll" }, [cycles(2, ["rv32imc"])]),
  when({ wait: "sleep" }, [cycles(2, ["rv32imc"])]),
];

describe("the statements of a nest that take cycles", () => {
  it("are found in loops and options, each with its path", () => {
    expect(cyclePaths(nest).map(({ path }) => path.join("."))).to.deep.equal([
      "0",
      "2.do.1",
      "2.do.2",
      "3.do.0",
      "4.do.0",
    ]);
  });

  it("are counted once an execution, or once a boundary between words", () => {
    // Rows of 60 bits cross 1, 2 and 2 boundaries.
    expect(cycleTerms(nest, context, { times: 10 })).to.deep.equal([10, 50, 30, 10, 0]);
  });
});

describe("other costs for an instruction set", () => {
  const given: Costs = {
    cost: { cycles: 6, status: "measured", source: "a test" },
    stack: { reads: 1, writes: 0 },
  };
  const replaced = replaceCycles(nest, "cortex-m3", () => given);

  it("replace those of every statement, wherever it is", () => {
    const tally = countNest(replaced, context, { times: 1 });
    expect(tally.cycles).to.equal(6 * (1 + 5 + 3 + 1));
    const stack = tally.accesses.filter(({ tensor }) => tensor === "stack");
    expect(stack).to.deep.equal([{ tensor: "stack", action: "read", count: 10, bits: 320 }]);
  });

  it("leave those of others, and what takes no cycles, as they were", () => {
    const other = { ...context, isa: "rv32imc" };
    expect(countNest(replaced, other, { times: 3 })).to.deep.equal(countNest(nest, other, { times: 3 }));
    expect(replaced[1]).to.equal(nest[1]);
  });

  it("are the first where there were none", () => {
    const [only] = replaceCycles(
      [{ kind: "cycles", byIsa: new Map(), stackByIsa: new Map() }],
      "cortex-m3",
      () => given,
    );
    expect(countNest([only as Statement], context, { times: 2 }).cycles).to.equal(12);
  });
});
