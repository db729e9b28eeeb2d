import { expect } from "chai";
import * as z from "zod";
import type { Report } from "../../src/config/collect.js";
import { mergeTrees } from "../../src/config/extends.js";
import * as fields from "../../src/config/fields.js";
import { loadDocument } from "../../src/config/load.js";
import { parseYaml } from "../../src/config/parse-yaml.js";
import { ConfigError, problemAt } from "../../src/config/problem.js";
import type { Node } from "../../src/config/tree.js";
import { base, doc, kinds, load, refused } from "./support/chip.js";
import { memoryFiles } from "./support/memory-files.js";
import { briefly } from "./support/problems.js";

describe("loadDocument", () => {
  it("gives the value, its kind, its files and where each value was written", () => {
    const loaded = load({ "chips/a.yaml": base });
    expect(loaded.kind).to.equal("rebit/chip@1");
    expect(loaded.value).to.deep.equal({
      name: "base",
      clocks: { core: 48e6 },
      sram: { capacity: 65_536, banks: 1, sizes: [1, 2] },
    });
    expect(loaded.originOf(["sram", "capacity"])).to.include({ file: "chips/a.yaml", line: 5, column: 13 });
    expect(loaded.originOf(["sram", "banks"])).to.equal(undefined);
    expect(loaded.inputs.map(({ path }) => path)).to.deep.equal(["chips/a.yaml"]);
  });

  it("reports every problem of a file in one go, each at its place", () => {
    const text = [
      "schema: rebit/chip@1",
      "nmae: x",
      "clocks: {core: 48, io: 3 ns}",
      "sram:",
      "  capacity: [64 KiB]",
      "  banks: 64",
      "  bank: 2",
      "  sizes: [1, two]",
    ].join("\n");
    const problems = refused({ "chips/a.yaml": text });
    expect(briefly(problems)).to.deep.equal([
      "1:1 missing-key",
      "2:1 unknown-key",
      "3:16 bare-number",
      "3:24 wrong-dimension",
      "5:13 wrong-type",
      "6:10 out-of-range",
      "7:3 unknown-key",
      "8:14 wrong-type",
    ]);
    expect(problems[0]?.message).to.equal("the document lacks name: expected text");
    expect(problems[1]).to.include({ suggestion: "name", excerpt: "nmae: x" });
    expect(problems.map(({ message }) => message).join()).not.to.match(
      /zod|Invalid input|received|undefined/,
    );
  });

  it("tells problems of the text and of the values together, by position, none twice", () => {
    const text = [
      "schema: rebit/chip@1",
      "name: !!int x",
      "nmae: x",
      "clocks: {core: 48, core: 1 MHz}",
      "constructor: 1",
      "sram: &a",
      "  capacity: *a",
      "  banks: 64",
    ].join("\n");
    expect(briefly(refused({ "chips/a.yaml": text }))).to.deep.equal([
      "2:7 tag",
      "3:1 unknown-key",
      "4:16 bare-number",
      "4:20 duplicate-key",
      "5:1 forbidden-key",
      "7:3 alias",
      "7:13 alias",
      "8:10 out-of-range",
    ]);
    const codes = (own: string) =>
      refused({ "chips/a.yaml": own, "chips/b.yaml": "name: 3\nname: b\n" }).map(
        ({ path, code }) => `${path} ${code}`,
      );
    expect(codes("schema: rebit/chip@1\nextends: ./b.yaml\nsram: {capacity: 3}\n")).to.have.members([
      "chips/b.yaml duplicate-key",
      "chips/b.yaml wrong-type",
      "chips/a.yaml bare-number",
    ]);
    expect(codes("a: 1\na: 2\n")).to.deep.equal([
      "chips/a.yaml missing-schema",
      "chips/a.yaml duplicate-key",
    ]);
    expect(codes("nmae: [\n")).to.deep.equal(["chips/a.yaml syntax"]);
  });

  it("points at the key of the map that lacks something", () => {
    const problems = refused({ "chips/a.yaml": "schema: rebit/chip@1\nname: a\nsram:\n  banks: 2\n" });
    expect(briefly(problems)).to.deep.equal(["3:1 missing-key"]);
    expect(problems[0]?.message).to.equal("sram lacks capacity: expected a capacity such as 64 KiB");
  });

  it("locates missing files, directories and bytes that are not UTF-8", () => {
    expect(briefly(refused({}))).to.deep.equal(["1:1 missing-file"]);
    expect(refused({ "chips/a.yaml": { directory: true } })[0]).to.include({
      code: "unreadable-file",
      message: "chips/a.yaml: this is a directory",
    });
    const bytes = new TextEncoder().encode("name: a\nb: caf_\n");
    bytes[bytes.indexOf(0x5f)] = 0xe9;
    expect(briefly(refused({ "chips/a.yaml": bytes }))).to.deep.equal(["2:7 not-utf8"]);
    expect(briefly(refused({ "chips/a.yaml": Uint8Array.of(0xff, 0xfe, 0x61, 0) }))).to.deep.equal([
      "1:1 not-utf8",
    ]);
    expect(briefly(refused({ "chips/a.yaml": new Uint8Array(10 * 2 ** 20) }))).to.deep.equal([
      "1:1 file-too-large",
    ]);
  });

  it("lets errors that are nobody's input through", () => {
    const files = memoryFiles({});
    const broken = {
      ...files,
      read: () => {
        throw new TypeError("a bug");
      },
    };
    expect(() => loadDocument(broken, "a.yaml", kinds)).to.throw(TypeError);
  });

  describe("schema", () => {
    const refusal = (text: string) => refused({ "chips/a.yaml": text })[0];

    it("must be given, and known in this version", () => {
      expect(refusal("name: a\n")).to.include({ code: "missing-schema", line: 1, column: 1 });
      expect(refusal("schema: rebit/chop@1\n")).to.include({
        code: "unknown-schema",
        suggestion: "rebit/chip@1",
      });
      const other = refusal("schema: rebit/chip@2\n");
      expect(other).to.include({ code: "unknown-schema", column: 9 });
      expect(other?.message).to.equal(
        'unknown schema "rebit/chip@2"; this version of rebit reads rebit/chip@1',
      );
      expect(refusal("schema: [a]\n")).to.include({ code: "unknown-schema" });
    });

    it("heads a map", () => {
      expect(refusal("- a\n")).to.include({
        code: "wrong-type",
        message: "expected a map of keys, found a list",
      });
      expect(refusal("hello\n")?.message).to.equal("expected a map of keys, found a single value");
    });

    it("picks the kind", () => {
      const part = fields.strict({ part: z.literal("x") }, { doc });
      const files = memoryFiles({ "p.yaml": "schema: rebit/part@1\npart: x\n" });
      const loaded = loadDocument<unknown>(files, "p.yaml", { ...kinds, "rebit/part@1": part });
      expect(loaded).to.deep.include({ kind: "rebit/part@1", value: { part: "x" } });
    });
  });

  describe("transform", () => {
    it("runs on the merged tree, and what it adds keeps its origin", () => {
      const part = parseYaml("sram: {capacity: 1 KiB, banks: 8}\n", "part.yaml");
      const loaded = load(
        { "chips/a.yaml": base },
        { transform: (tree: Parameters<typeof mergeTrees>[1]) => mergeTrees(part, tree) },
      );
      expect(loaded.value.sram).to.deep.include({ capacity: 65_536, banks: 8 });
      expect(loaded.originOf(["sram", "banks"])).to.include({ file: "part.yaml" });
    });

    it("may find problems of its own", () => {
      const origin = { file: "chips/a.yaml", line: 1, column: 1 };
      const transform = () => {
        throw new ConfigError([problemAt(origin, "unknown-part", "there is no such part")]);
      };
      expect(briefly(refused({ "chips/a.yaml": base }, { transform }))).to.deep.equal(["1:1 unknown-part"]);
    });

    it("tells its problems together with those of the values", () => {
      const origin = { file: "chips/a.yaml", line: 1, column: 1 };
      const transform = (tree: Node, report: Report) => {
        report([problemAt(origin, "unknown-part", "there is no such part")]);
        return tree;
      };
      const text = base.replace("48 MHz", "48");
      expect(briefly(refused({ "chips/a.yaml": text }, { transform }))).to.deep.equal([
        "1:1 unknown-part",
        "3:16 bare-number",
      ]);
      expect(briefly(refused({ "chips/a.yaml": base }, { transform }))).to.deep.equal(["1:1 unknown-part"]);
    });
  });
});
