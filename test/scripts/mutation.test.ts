import { readFileSync } from "node:fs";
import { expect } from "chai";
import { mutationPage } from "../../scripts/mutation/page.js";
import {
  type GroupResult,
  killedOf,
  resultOf,
  type StrykerReport,
  totalOf,
  withReasons,
} from "../../scripts/mutation/results.js";

const mutant = (status: string, over: Partial<StrykerReport["files"][string]["mutants"][number]> = {}) => ({
  mutatorName: "ArithmeticOperator",
  replacement: "a - b",
  status,
  location: { start: { line: 2, column: 3 }, end: { line: 2, column: 8 } },
  ...over,
});

const report: StrykerReport = {
  files: {
    "src/soc/sum.ts": {
      source: "x;\n  a + b;\n",
      mutants: [
        mutant("Killed"),
        mutant("Timeout"),
        mutant("CompileError", { statusReason: "TS2322" }),
        mutant("CompileError", { statusReason: "not in the sample" }),
        mutant("Survived"),
        mutant("NoCoverage", { replacement: "a * b" }),
        mutant("Ignored"),
        mutant("Ignored", { mutatorName: "StringLiteral" }),
      ],
    },
  },
};

describe("the summary of mutation testing", () => {
  const result = resultOf("src/soc/*.ts", report, { "src/soc/sum.ts | a + b => a * b": "it is zero" });

  it("counts what was tried, and who noticed", () => {
    expect(result).to.include({
      mutants: 7,
      static: 1,
      sampled: 5,
      byTests: 1,
      byCompiler: 1,
      byTimeout: 1,
      survived: 2,
    });
    expect(killedOf(result)).to.equal(3);
    expect(totalOf([result, result])).to.include({ mutants: 14, sampled: 10, survived: 4 });
  });

  it("lists survivors with why", () => {
    expect(result.survivors.map(({ line, replaced, why }) => [line, replaced, why])).to.deep.equal([
      [2, "a + b", "not looked at"],
      [2, "a + b", "it is zero"],
    ]);
    const { file = "" } = result.survivors[0] ?? {};
    expect(withReasons(result, { [file]: "told later" }).survivors.map(({ why }) => why)).to.deep.equal([
      "told later",
      "told later",
    ]);
  });
});

describe("docs/mutation.md", () => {
  const results = JSON.parse(readFileSync("docs/mutation.json", "utf8")) as GroupResult[];

  it("is what docs/mutation.json says", () => {
    expect(readFileSync("docs/mutation.md", "utf8")).to.equal(mutationPage(results));
  });

  it("says of every survivor why", () => {
    for (const { survivors, survived } of results) {
      expect(survivors).to.have.lengthOf(survived);
      expect(survivors.filter(({ why }) => why === "not looked at")).to.deep.equal([]);
    }
  });
});
