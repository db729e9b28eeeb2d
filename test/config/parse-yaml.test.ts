import { expect } from "chai";
import { parseYaml } from "../../src/config/parse-yaml.js";
import { nodeAt, toValue } from "../../src/config/tree.js";
import { briefly, problemsOf } from "./support/problems.js";

const parse = (text: string) => parseYaml(text, "a.yaml");
const refused = (text: string) => briefly(problemsOf(() => parse(text)));

describe("parseYaml", () => {
  it("gives values, and where each was written", () => {
    const tree = parse("# chip\nname: a\nsram:\n  capacity: 64 KiB\n  list: [1, two, true, ~]\n");
    expect(JSON.stringify(toValue(tree))).to.equal(
      '{"name":"a","sram":{"capacity":"64 KiB","list":[1,"two",true,null]}}',
    );
    const capacity = nodeAt(tree, ["sram", "capacity"]);
    expect(capacity?.node.origin).to.include({ file: "a.yaml", line: 4, column: 13 });
    expect(capacity?.keyOrigin).to.include({ line: 4, column: 3, excerpt: "  capacity: 64 KiB" });
    expect(nodeAt(tree, ["sram", "list", 1])?.node.origin).to.include({ line: 5, column: 13 });
    expect(nodeAt(tree, ["sram", "list", 7])).to.equal(undefined);
  });

  it("makes no difference between line ends, and takes a byte-order mark", () => {
    const tree = parse("\ufeffa: 1\r\nb:\r\n  c: 2\r\n");
    expect(nodeAt(tree, ["a"])?.keyOrigin).to.include({ line: 1, column: 1, excerpt: "a: 1" });
    expect(nodeAt(tree, ["b", "c"])?.node.origin).to.include({ line: 3, column: 6, excerpt: "  c: 2" });
  });

  it("keeps YAML 1.2: no, on and dates are text, << is a key", () => {
    expect(JSON.stringify(toValue(parse("a: no\nb: on\nc: 2020-01-01\n<<: x\n")))).to.equal(
      '{"a":"no","b":"on","c":"2020-01-01","<<":"x"}',
    );
  });

  it("reads text with brackets and indicators as text", () => {
    const brackets = `${"[".repeat(40)}`;
    const tree = parse(`a: "${brackets}"\nb: x${brackets}\n# ${brackets}\nc: |\n  ${brackets}\n  - - - -\n`);
    expect(nodeAt(tree, ["b"])?.node).to.include({ value: `x${brackets}` });
  });

  it("refuses keys that reach into JavaScript's objects, wherever they stand", () => {
    expect(refused("__proto__: {a: 1}\nb:\n  constructor: 1\nc: [{prototype: 1}]\n")).to.deep.equal([
      "1:1 forbidden-key",
      "3:3 forbidden-key",
      "4:6 forbidden-key",
    ]);
    expect(refused('"__proto__": 1\n')).to.deep.equal(["1:1 forbidden-key"]);
    expect(({} as Record<string, unknown>).a).to.equal(undefined);
  });

  it("refuses duplicate keys at the second one", () => {
    const problems = problemsOf(() => parse("a: 1\nb: 2\na: 3\n"));
    expect(briefly(problems)).to.deep.equal(["3:1 duplicate-key"]);
    expect(problems[0]?.message).to.equal('"a" is already given in line 1; keep one of the two');
  });

  it("refuses anchors, aliases, tags, directives and keys that are no names", () => {
    expect(refused("a: &x 1\nb: *x\nc: !!str 5\nd: !foo {}\n1: a\n? [a]\n: b\n: c\n")).to.deep.equal([
      "1:7 alias",
      "2:4 alias",
      "3:4 tag",
      "4:4 tag",
      "5:1 bad-key",
      "6:3 bad-key",
      "8:1 bad-key",
    ]);
    expect(refused('a: "!x"\nb: y !z\nc:\n  # !w\n  !!map {e: 1}\n')).to.deep.equal(["5:3 tag"]);
    expect(refused('a: "!x" # !y\n!!str b:\n  - |\n    !z\n  - !!str\n    c\n')).to.deep.equal([
      "2:1 tag",
      "5:5 tag",
    ]);
    expect(refused("%YAML 1.1\n---\na: yes\n")).to.deep.equal(["1:1 syntax"]);
  });

  it("refuses a billion laughs at its anchors, without laughing", () => {
    const levels = Array.from(
      { length: 20 },
      (_, i) => `l${i + 1}: &l${i + 1} [${`*l${i}, `.repeat(9)}*l${i}]`,
    );
    const codes = new Set(
      problemsOf(() => parse(`l0: &l0 ha\n${levels.join("\n")}\n`)).map(({ code }) => code),
    );
    expect([...codes]).to.deep.equal(["alias"]);
  });

  it("refuses several documents at the second one", () => {
    expect(refused("a: 1\n---\nb: 2\n")).to.deep.equal(["2:1 several-documents"]);
    expect(refused("a: 1\n---\nb: 2\n---\nc: 3\n")).to.deep.equal(["2:1 several-documents"]);
  });

  it("refuses an empty file", () => {
    for (const text of ["", "\n\n", "# nothing\n", "---\n"])
      expect(refused(text)).to.deep.equal(["1:1 empty"]);
  });

  it("reports several syntax errors at once, one a line, in plain words", () => {
    const problems = problemsOf(() => parse("a: b: c\nd: 'x' y\ne: @z\n"));
    expect(briefly(problems)).to.include.members(["1:4 syntax", "3:4 syntax"]);
    expect(new Set(problems.map(({ line }) => line)).size).to.equal(problems.length);
    expect(problemsOf(() => parse("a:\n\tb: 1\n"))[0]?.message).to.match(/spaces, not.*tabs/);
    expect(problemsOf(() => parse("a:1\nb: 2\n"))[0]?.message).to.match(/colon/);
    expect(problemsOf(() => parse("a: [1, 2\nb: 3\n"))[0]?.message).to.match(/bracket/);
  });

  describe("on hostile input", () => {
    it("refuses 10 MB before it looks at them", () => {
      const problems = problemsOf(() => parse("a: 1\n".repeat(2e6)));
      expect(briefly(problems)).to.deep.equal(["1:1 file-too-large"]);
      expect(problems[0]?.message).to.contain("9.5 MiB");
    });

    const nests: [string, string][] = [
      ["100,000 brackets", "[".repeat(100_000)],
      ["100,000 closed brackets", "[".repeat(100_000) + "]".repeat(100_000)],
      ["100,000 braces", "{a: ".repeat(100_000)],
      ["100,000 lists on one line", "- ".repeat(100_000)],
      ["100,000 explicit keys", "? ".repeat(100_000)],
      ["1000 indented maps", Array.from({ length: 1000 }, (_, i) => `${" ".repeat(i)}a:\n`).join("")],
      ["1000 indented lists", Array.from({ length: 1000 }, (_, i) => `${" ".repeat(i)}-\n`).join("")],
      ["lists of maps", Array.from({ length: 400 }, (_, i) => `${"  ".repeat(i)}- a:\n`).join("")],
    ];
    for (const [name, text] of nests) {
      it(`refuses ${name}`, () => {
        expect(problemsOf(() => parse(text)).map(({ code }) => code)).to.include("too-deep");
      });
    }

    it("allows 32 levels and refuses 33, wherever they are", () => {
      const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;
      expect(toValue(parse(nested(32)))).to.be.an("array");
      expect(refused(nested(33))).to.deep.equal(["1:33 too-deep"]);
      const mixed = (depth: number) =>
        Array.from({ length: depth }, (_, i) => `${"    ".repeat(i)}- a:\n`).join("");
      expect(toValue(parse(mixed(16)))).to.be.an("array");
      expect(refused(mixed(17))).to.deep.equal(["17:65 too-deep"]);
    });

    it("refuses a file of signs soon", () => {
      const problems = problemsOf(() => parse(`[${"a,".repeat(300_000)}`));
      expect(problems.map(({ code }) => code)).to.deep.equal(["file-too-large"]);
    });

    it("tells thousands of tags and of wrong keys in time", () => {
      expect(problemsOf(() => parse(`[${"!a x, ".repeat(20_000)}]\n`))).to.have.length(20_000);
      expect(problemsOf(() => parse(`{${"1: x, ".repeat(20_000)}}\n`))).to.have.length(20_000);
    });

    it("takes thousands of keys in linear time", () => {
      const text = Array.from({ length: 20_000 }, (_, i) => `key${i}: ${i}`).join("\n");
      expect(parse(text)).to.have.property("type", "map");
    });
  });
});
