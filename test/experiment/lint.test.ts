import { readFileSync } from "node:fs";
import { expect } from "chai";
import { lintFile } from "../../src/experiment/lint.js";
import { chipText, overlay, workloadText } from "./support/experiments.js";

const firmware = readFileSync("firmware-models/packed-fields/firmware.yaml", "utf8");
const experiment = "schema: rebit/experiment@1\nchip: c.yaml\nfirmware: f.yaml\nworkload: w.yaml\n";
const sound = {
  "memory/e.yaml": experiment,
  "memory/c.yaml": chipText(),
  "memory/f.yaml": firmware,
  "memory/w.yaml": workloadText(),
};
const lint = (path: string, change: Record<string, string> = {}): string[] =>
  lintFile(path, overlay({ ...sound, ...change })).map(
    (problem) => `${problem.path}:${problem.line}:${problem.column} ${problem.code}`,
  );

describe("lint", () => {
  it("finds nothing in sound documents of any kind", () => {
    for (const path of Object.keys(sound)) expect(lint(path), path).to.deep.equal([]);
  });

  it("finds all problems of a file at once", () => {
    const chip = chipText()
      .replace("48 MHz", "48")
      .replace("kind: dma", "kind: dmaa")
      .replace("banks: 2", "banks: two");
    expect(lint("memory/c.yaml", { "memory/c.yaml": chip })).to.have.length(3);
  });

  it("finds what a chip's parts and tables do not allow", () => {
    expect(lint("memory/c.yaml", { "memory/c.yaml": chipText({ flashMegahertz: 200 }) }).join()).to.match(
      /c.yaml:10:\d+ does-not-fit/,
    );
    expect(lint("memory/c.yaml", { "memory/c.yaml": chipText({ sramKibibytes: 8192 }) }).join()).to.match(
      /c.yaml:9:\d+ not-in-table/,
    );
  });

  it("finds, from the experiment, that its files do not fit together", () => {
    const perSample = firmware.replace("options: {", "options: {gradient: perSample, ");
    const change = { "memory/f.yaml": perSample, "memory/w.yaml": workloadText({ batch: 10 }) };
    expect(lint("memory/e.yaml", change).join()).to.match(/f.yaml:\d+:\d+ does-not-fit/);
    const from = firmware.replace("from: sensor", "from: flahs");
    expect(lint("memory/e.yaml", { "memory/f.yaml": from }).join()).to.match(
      /f.yaml:\d+:\d+ unknown-component/,
    );
  });

  it("refuses power-down of a memory that has no figure for it", () => {
    const change = (chip: string) => ({
      "memory/c.yaml": chip,
      "memory/f.yaml": firmware.replace("options: {", "options: {offChipIdle: powerDown, "),
    });
    const nand = chipText({ flash: "nand" });
    expect(lint("memory/e.yaml", change(nand))).to.deep.equal([]);
    const without = nand.replace(", power: {powerDown: 10 uW}", "");
    expect(lint("memory/e.yaml", change(without)).join()).to.match(/^memory\/f.yaml:\d+:\d+ does-not-fit$/);
  });

  it("finds, from the experiment, a kernel that cannot be counted", () => {
    const missing = firmware.replace(/cortex-m3: \d+, /g, "");
    expect(lint("memory/e.yaml", { "memory/f.yaml": missing }).join()).to.match(/f.yaml:\d+:\d+ bad-kernel/);
    const statement = "{read: input, at: [pixel + 1]}";
    const outside = firmware.replace("{read: input, at: [pixel]}", statement);
    const before = outside.slice(0, outside.indexOf(statement)).split("\n");
    expect(lint("memory/e.yaml", { "memory/f.yaml": outside })).to.deep.equal([
      `memory/f.yaml:${before.length}:${(before.at(-1)?.length ?? 0) + 1} bad-kernel`,
    ]);
    const copy = firmware.replace(
      "    - for: byte\n",
      "    - {read: weights, at: [0, 0]}\n    - for: byte\n",
    );
    const change = { "memory/f.yaml": copy, "memory/c.yaml": chipText({ dma: false }) };
    expect(lint("memory/e.yaml", change).join()).to.match(/f.yaml:\d+:\d+ bad-kernel/);
  });

  it("tells other kinds and broken files apart", () => {
    expect(lint("memory/x.yaml").join()).to.include("missing-file");
    expect(lint("memory/x.yaml", { "memory/x.yaml": "a: 1\n" }).join()).to.include("missing-schema");
    expect(lint("memory/x.yaml", { "memory/x.yaml": "schema: rebit/chip@2\n" }).join()).to.include(
      "unknown-schema",
    );
    expect(lint("memory/x.yaml", { "memory/x.yaml": "" }).join()).to.include("empty");
    expect(lint("memory/x.yaml", { "memory/x.yaml": "- 1\n" }).join()).to.include("wrong-type");
  });
});
