import { expect } from "chai";
import { ConfigError, type Problem, renderProblem } from "../../src/config/problem.js";

const base: Problem = { path: "a.yaml", line: 3, column: 5, code: "unknown-key", message: "b: unknown key" };

describe("renderProblem", () => {
  it("shows file, line, column and code, the line, a caret and the suggestion", () => {
    expect(renderProblem({ ...base, excerpt: "    bank: 2", suggestion: "banks" })).to.equal(
      ["a.yaml:3:5: unknown-key: b: unknown key", "      bank: 2", "      ^", "  did you mean banks?"].join(
        "\n",
      ),
    );
  });

  it("does without a line and a suggestion", () => {
    expect(renderProblem(base)).to.equal("a.yaml:3:5: unknown-key: b: unknown key");
  });

  it("cuts long lines around the column", () => {
    const excerpt = `${"x".repeat(100_000)}BAD${"y".repeat(100_000)}`;
    const [, line = "", caret = ""] = renderProblem({ ...base, column: 100_001, excerpt }).split("\n");
    expect(line.length).to.be.lessThan(120);
    expect(line.slice(caret.indexOf("^"), caret.indexOf("^") + 3)).to.equal("BAD");
  });

  it("keeps the caret in place behind tabs, other alphabets and at the end of the line", () => {
    expect(
      renderProblem({ ...base, column: 3, excerpt: "\t\tx" })
        .split("\n")
        .slice(1),
    ).to.deep.equal(["    x", "    ^"]);
    const emoji = renderProblem({ ...base, column: 7, excerpt: "a: \u{1f600} x" }).split("\n");
    expect(emoji[2]).to.equal(`  ${" ".repeat(5)}^`);
    expect(renderProblem({ ...base, column: 99, excerpt: "ab" }).split("\n")[2]).to.equal("    ^");
  });

  it("lets no control character through to the terminal", () => {
    const text = renderProblem({ ...base, message: "\u001b[31mred", excerpt: "\u001b]0;x\u0007" });
    expect(text.replaceAll("\n", "")).not.to.match(/\p{Cc}/u);
  });
});

describe("ConfigError", () => {
  it("has all its problems in its message", () => {
    const error = new ConfigError([base, { ...base, line: 4 }]);
    expect(error.message.split("\n")).to.have.length(2);
  });
});
