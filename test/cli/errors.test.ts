import { expect } from "chai";
import { explain, UsageError } from "../../src/cli/errors.js";
import { ConfigError } from "../../src/config/problem.js";
import { FileError } from "../../src/config/source.js";
import { DataError } from "../../src/data/data-error.js";

describe("how an error ends the process", () => {
  it("calls an unexpected one a bug, and only then shows a trace", () => {
    const { code, message } = explain(new TypeError("x is not a function"));
    expect(code).to.equal(70);
    expect(message).to.match(/^error: x is not a function\nthis is a bug in rebit/);
    expect(message).to.include("errors.test.ts");
  });

  it("survives what is thrown without being an error", () => {
    expect(explain("out of luck").code).to.equal(70);
  });

  it("ends with 2 for bad input, without a trace", () => {
    const problem = { path: "chip.yaml", line: 3, column: 5, code: "unknown-key", message: "no such key" };
    const errors = [
      new ConfigError([problem, { ...problem, line: 4 }]),
      new DataError("truncated", "images", 16, "the file ends early"),
      new FileError("missing-file", "chip.yaml"),
      new UsageError("unknown kind"),
    ];
    for (const error of errors) {
      const { code, message } = explain(error);
      expect(code).to.equal(2);
      expect(message).to.not.match(/\n {4}at /);
    }
    expect(explain(errors[0]).message).to.match(
      /chip\.yaml:3:5: unknown-key[\s\S]*chip\.yaml:4:5: unknown-key/,
    );
  });

  it("ends with 130 when interrupted", () => {
    expect(explain(AbortSignal.abort().reason).code).to.equal(130);
  });
});
