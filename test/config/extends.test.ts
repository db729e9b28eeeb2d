import { expect } from "chai";
import { base, load, refused } from "./support/chip.js";

describe("extends", () => {
  const over = "schema: rebit/chip@1\nextends: ../base.yaml\nclocks: {io: 1 MHz}\nsram: {sizes: [3]}\n";

  it("merges maps and replaces lists, keeping origins", () => {
    const loaded = load({ "chips/a.yaml": over, "base.yaml": base });
    expect(loaded.value).to.deep.equal({
      name: "base",
      clocks: { core: 48e6, io: 1e6 },
      sram: { capacity: 65_536, banks: 1, sizes: [3] },
    });
    expect(loaded.originOf(["sram", "capacity"])).to.include({ file: "base.yaml", line: 5 });
    expect(loaded.originOf(["sram", "sizes", 0])).to.include({ file: "chips/a.yaml", line: 4 });
    expect(loaded.inputs.map(({ path }) => path)).to.deep.equal(["chips/a.yaml", "base.yaml"]);
  });

  it("shows problems of the base in the base", () => {
    const problems = refused({ "chips/a.yaml": over, "base.yaml": base.replace("64 KiB", "64") });
    expect(problems[0]).to.include({
      path: "base.yaml",
      line: 5,
      code: "bare-number",
      excerpt: "  capacity: 64",
    });
  });

  it("refuses missing bases, circles and long chains at the extends line", () => {
    expect(refused({ "chips/a.yaml": over })[0]).to.include({
      path: "chips/a.yaml",
      line: 2,
      column: 10,
      code: "missing-file",
    });
    const circle = { "chips/a.yaml": over, "base.yaml": "extends: chips/a.yaml\n" };
    const [problem] = refused(circle);
    expect(problem).to.include({ path: "base.yaml", line: 1, code: "extends-cycle" });
    expect(problem?.message).to.contain("chips/a.yaml -> base.yaml -> chips/a.yaml");
    expect(refused({ "chips/a.yaml": "extends: ./a.yaml\n" })[0]).to.include({ code: "extends-cycle" });
    const chain = Object.fromEntries(
      Array.from({ length: 40 }, (_, i) => [`c${i}.yaml`, `extends: c${i + 1}.yaml\n`]),
    );
    expect(refused({ "chips/a.yaml": "extends: ../c0.yaml\n", ...chain })[0]).to.include({
      code: "extends-too-deep",
    });
  });

  it("refuses what is no path, no map, or another kind of file", () => {
    expect(refused({ "chips/a.yaml": "extends: [b]\n" })[0]).to.include({ code: "wrong-type", column: 10 });
    expect(refused({ "chips/a.yaml": over, "base.yaml": "- 1\n" })[0]).to.include({
      path: "base.yaml",
      code: "wrong-type",
    });
    expect(refused({ "chips/a.yaml": over, "base.yaml": "schema: rebit/part@1\n" })[0]).to.include({
      code: "wrong-schema",
    });
  });
});
