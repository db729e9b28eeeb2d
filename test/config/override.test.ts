import { expect } from "chai";
import { base, load, override, refused } from "./support/chip.js";
import { problemsOf } from "./support/problems.js";

describe("overrides", () => {
  const withSet = (path: string, text: string) =>
    load({ "chips/a.yaml": base }, { overrides: [override(path, text)] });
  const refusal = (path: string, text: string) => problemsOf(() => withSet(path, text))[0];

  it("replace values, members of lists, and missing maps", () => {
    expect(withSet("clocks.core", "24 MHz").value.clocks).to.deep.equal({ core: 24e6 });
    expect(withSet("clocks", "{io: 1 MHz}").value.clocks).to.deep.equal({ io: 1e6 });
    expect(withSet("sram.banks", "2").value.sram).to.include({ banks: 2 });
    const clockless = { "chips/a.yaml": base.replace(/clocks:.*\n/, "") };
    const { value } = load(clockless, { overrides: [override("clocks.io", "1 MHz")] });
    expect(value.clocks).to.deep.equal({ io: 1e6 });
    expect(withSet("sram.sizes.1", "7").value.sram.sizes).to.deep.equal([1, 7]);
    expect(withSet("sram.sizes", "[9]").value.sram.sizes).to.deep.equal([9]);
    expect(withSet("sram", "{capacity: 1 KiB}").value.sram).to.deep.equal({ capacity: 1024, banks: 1 });
    expect(withSet("clocks.core", "24 MHz").originOf(["clocks", "core"])).to.include({
      file: "--set",
      column: 18,
    });
  });

  it("show problems in the argument", () => {
    expect(refusal("sram.bankss", "3")).to.deep.equal({
      path: "--set",
      line: 1,
      column: 1,
      code: "unknown-key",
      message: "sram.bankss: unknown key; allowed here: capacity, banks, sizes",
      suggestion: "banks",
      excerpt: "chip.sram.bankss=3",
    });
    expect(refusal("sram.capacity", "64")).to.include({ path: "--set", column: 20, code: "bare-number" });
    expect(refusal("x.y", "1")).to.include({ path: "--set", code: "unknown-key" });
  });

  it("add no name to a map of names that is there", () => {
    expect(refusal("clocks.cor", "24 MHz")).to.include({
      path: "--set",
      code: "unknown-path",
      message: 'clocks has no "cor"; there are core',
      suggestion: "core",
    });
    expect(refusal("clocks.cor.deeper", "24 MHz")).to.include({ code: "unknown-path" });
    const empty = { "chips/a.yaml": base.replace("{core: 48 MHz}", "{}") };
    expect(refused(empty, { overrides: [override("clocks.io", "1 MHz")] })[0]?.message).to.equal(
      'clocks has no "io"; it is empty',
    );
  });

  it("are told together with the problems of the file", () => {
    const problems = refused(
      { "chips/a.yaml": base.replace("48 MHz", "48") },
      { overrides: [override("clocks.cor", "1 MHz"), override("name.x", "1"), override("sram.banks", "0")] },
    );
    expect(problems.map(({ path, code }) => `${path} ${code}`)).to.deep.equal([
      "--set unknown-path",
      "--set bad-path",
      "--set out-of-range",
      "chips/a.yaml bare-number",
    ]);
  });

  it("refuse paths that lead nowhere and values that are none", () => {
    expect(refusal("name.first", "x")).to.include({
      code: "bad-path",
      message: 'name is a single value and has no "first"',
    });
    expect(refusal("sram.sizes.2", "x")).to.include({
      code: "bad-path",
      message: '"2" is no item: the list sram.sizes has the items 0 to 1',
    });
    expect(refusal("sram.sizes.-1", "x")).to.include({ code: "bad-path" });
    expect(refusal("sram..x", "x")).to.include({ code: "bad-path" });
    expect(refusal("", "x")).to.include({ code: "bad-path" });
    expect(refusal("a.__proto__.b", "x")).to.include({ code: "forbidden-key", path: "--set" });
    expect(refusal("name", "")).to.include({ code: "empty", path: "--set" });
    expect(refusal("name", "[1")).to.include({ code: "syntax", path: "--set", line: 1 });
    expect(refusal("name", "{__proto__: 1}")).to.include({ code: "forbidden-key", path: "--set" });
  });

  it("are all tried, in order", () => {
    const overrides = [override("name.x", "1"), override("a..b", "1"), override("name", "z")];
    const problems = refused({ "chips/a.yaml": base }, { overrides });
    expect(problems.map(({ code }) => code)).to.deep.equal(["bad-path", "bad-path"]);
    const twice = [override("name", "y"), override("name", "z")];
    expect(load({ "chips/a.yaml": base }, { overrides: twice }).value.name).to.equal("z");
  });
});
