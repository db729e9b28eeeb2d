import { expect } from "chai";
import { parseOptions } from "../../reproduce/options.js";
import { UsageError } from "../../src/cli/errors.js";

describe("the options of npm run reproduce", () => {
  it("are the whole plan into docs by default", () => {
    expect(parseOptions([])).to.deep.include({ slice: {}, out: "docs", reuse: false });
  });

  it("take networks by name, the grid as a whole or by point, each once", () => {
    const { slice } = parseOptions(["--only", "b3, r3,bnn-100x6,r3", "--out", "x"]);
    expect(slice.networks?.map(({ name }) => name)).to.deep.equal(["r3", "b3", "bnn-100x6"]);
    expect(parseOptions(["--only", "grid", "--out", "x"]).slice.networks).to.have.length(32);
  });

  it("do not let a part of the plan replace the results in docs", () => {
    for (const part of [
      ["--only", "r3"],
      ["--seeds", "2"],
      ["--epochs", "1"],
      ["--samples", "9"],
    ]) {
      expect(() => parseOptions(part), part.join(" ")).to.throw(UsageError, "--out");
      expect(parseOptions([...part, "--out", "x"]).out).to.equal("x");
    }
  });

  it("say which name was probably meant", () => {
    expect(() => parseOptions(["--only", "figg3", "--out", "x"])).to.throw(UsageError, "did you mean fig3?");
  });
});
