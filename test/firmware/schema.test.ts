import { expect } from "chai";
import { loadDocument } from "../../src/config/load.js";
import { nodeFiles } from "../../src/data/node-files.js";
import { type FirmwareModel, firmwareSchema } from "../../src/firmware/schema.js";
import { memoryFiles } from "../config/support/memory-files.js";
import { problemsOf } from "../config/support/problems.js";

const kinds = { "rebit/firmware@1": firmwareSchema };
const needed = ["initialise", "load", "loss", "backward", "update", "snapshot", "recycle"];

/** A firmware file whose forward kernel, from line 5 on, is this text. */
const fileOf = (forward: string, rest = needed): string =>
  [
    "schema: rebit/firmware@1",
    "memory: {code: 8 KiB, stack: 1 KiB}",
    "kernels:",
    "  forward:",
    ...forward.split("\n").map((line) => `    ${line}`),
    ...rest.map((kernel) => `  ${kernel}: []`),
    "",
  ].join("\n");

const load = (text: string): FirmwareModel =>
  loadDocument<FirmwareModel>(memoryFiles({ "f.yaml": text }), "f.yaml", kinds).value;
const located = (text: string): string[] =>
  problemsOf(() => load(text)).map(
    ({ line, column, code, message }) => `${line}:${column} ${code}: ${message}`,
  );

for (const model of ["packed-fields", "bit-planes"]) {
  describe(`the shipped firmware model ${model}`, () => {
    const path = `firmware-models/${model}/firmware.yaml`;
    const { value } = loadDocument<FirmwareModel>(nodeFiles, path, kinds);

    it("loads with its options and memory", () => {
      expect(value.options).to.deep.include({
        frozen: "recompute",
        buffering: "single",
        wait: "sleep",
        offChipIdle: "standby",
      });
      expect(value.memory.stack.value).to.equal(1024);
      expect(value.samples.from).to.equal("sensor");
    });

    it("covers every kernel, for four instruction sets, each figure with its source and status", () => {
      const isas = new Set<string>();
      const visit = (statements: NonNullable<FirmwareModel["kernels"]["forward"]>): void => {
        for (const statement of statements) {
          if (statement.kind === "loop" || statement.kind === "when") visit(statement.body);
          if (statement.kind !== "cycles") continue;
          for (const [isa, own] of statement.byIsa) {
            isas.add(isa);
            const calibrated = value.calibration?.[isa as keyof typeof value.calibration];
            expect(own.status ?? calibrated?.status).to.be.oneOf(["estimate", "derived", "measured"]);
            expect(own.source ?? calibrated?.source)
              .to.be.a("string")
              .and.not.equal("");
          }
        }
      };
      for (const statements of Object.values(value.kernels)) visit(statements ?? []);
      expect([...isas]).to.have.members(["cortex-m0plus", "cortex-m3", "cortex-m4", "rv32imc"]);
      expect(Object.keys(value.kernels)).to.have.members([
        ...needed,
        "forward",
        "accumulate",
        "cache",
        "copy",
      ]);
    });
  });
}

describe("a firmware file", () => {
  it("needs little: empty kernels and its memory", () => {
    const { options, kernels } = load(fileOf("[]"));
    expect(options).to.deep.equal({
      frozen: "recompute",
      buffering: "single",
      wait: "sleep",
      placement: "energy",
      offChipIdle: "standby",
    });
    expect(kernels.forward).to.deep.equal([]);
  });

  it("with an unknown name says so at the name", () => {
    const [problem = "", ...others] = located(
      fileOf("- for: row\n  of: outputs\n  do: [{op: add, count: 2 * inptus}]"),
    );
    expect(problem).to.match(/^7:\d+ unknown-name: .*"inptus".*did you mean "inputs"\?/);
    expect(others).to.deep.equal([]);
  });

  it("with an unknown tensor says so at the tensor", () => {
    const [problem = "", ...others] = located(fileOf("- {read: weigths, at: [0, 0]}"));
    expect(problem).to.match(/^5:14 unknown-tensor: .*did you mean "weights"\?/);
    expect(others).to.deep.equal([]);
  });

  it("with a loop variable outside an index says so at the expression", () => {
    const text =
      "- for: row\n  of: outputs\n  do:\n    - {for: input, of: row, do: []}\n    - {op: add, count: row + 1}";
    expect(located(fileOf(text)).map((problem) => problem.split(":").slice(0, 2).join(":"))).to.deep.equal([
      "8:28 loop-variable",
      "9:28 loop-variable",
    ]);
  });

  it("may have loops in steps, but not over updated rows", () => {
    const loop = (rows: string): string => `- {for: row, of: outputs, ${rows}step: 4, do: []}`;
    expect(load(fileOf(loop(""))).kernels.forward?.[0]).to.include({ kind: "loop", step: 4 });
    expect(located(fileOf(loop("rows: updated, "))).join()).to.match(
      /out-of-range: .*a loop over updated rows has step 1/,
    );
  });

  it("without a kernel says so where the kernels start", () => {
    const [problem = "", ...others] = located(
      fileOf(
        "[]",
        needed.filter((kernel) => kernel !== "loss"),
      ),
    );
    expect(problem).to.match(/^3:1 missing-key: .*kernels lacks loss/);
    expect(others).to.deep.equal([]);
  });

  it("with two heads in one statement, or none, says so at the statement", () => {
    const [problem = "", ...others] = located(fileOf("- {read: weights, write: weights}\n- {at: [0]}"));
    expect(problem).to.match(/^5:7 bad-statement: .*found read and write/);
    expect(others.join()).to.match(/^6:7 bad-statement: .*found none/);
  });

  // The problem is where ^ stands.
  for (const [what, marked, code] of [
    ["a key of another statement", "- {op: add, ^bits: 3}", "unknown-key"],
    ["a loop without a body", "- ^{for: row, of: 3}", "missing-key"],
    ["a fetch to nowhere", "- ^{fetch: samples}", "missing-key"],
    ["a bad expression", "- {op: add, count: ^inputs / 2}", "bad-expression"],
    ["a stack without cycles", "- ^{stream: weights, bits: 1, stack: {cortex-m3: [1, 2]}}", "missing-key"],
    ["a status without cycles", "- ^{stream: weights, bits: 1, status: measured}", "missing-key"],
    ["a negative count", "- {op: add, count: ^-1}", "wrong-type"],
    ["a fraction", "- {op: add, count: ^1.5}", "wrong-type"],
    ["a taken name", "- {for: ^inputs, of: 3, do: []}", "bad-name"],
    ["a bad name", "- {for: ^my row, of: 3, do: []}", "bad-name"],
    ["a name that is taken further out", "- {for: a, of: 3, do: [{for: ^a, of: 3, do: []}]}", "bad-name"],
    ["steps over updated rows", "- {for: row, of: outputs, rows: updated, step: ^2, do: []}", "out-of-range"],
    [
      "rows that are neither all nor updated",
      "- {for: row, of: outputs, rows: ^some, do: []}",
      "unknown-value",
    ],
    ["bits of an unknown name", "- {read: input, at: [0], bits: ^nothing}", "unknown-name"],
    ["a step of 0", "- {for: row, of: outputs, step: ^0, do: []}", "out-of-range"],
    ["an unknown key", "- {op: add, ^cuont: 3}", "unknown-key"],
    ["an unknown option", "- {when: {frozn: ^recompute}, do: []}", "unknown-name"],
    ["an option that never has this value", "- {when: {frozen: ^recomputed}, do: []}", "unknown-name"],
    ["a sample outside an index", "- {op: add, count: ^sample}", "loop-variable"],
    ["a fetch of what is no sample", "- {fetch: ^weights, into: input}", "unknown-tensor"],
    ["an access to samples off chip", "- {read: ^samples, at: [sample, 0]}", "unknown-tensor"],
    ["cached logits written elsewhere", "- {write: ^cachedLogits, at: [sample, 0]}", "unknown-tensor"],
    ["cycles of an unknown core", "- {^cycles: {cortexm3: 5}}", "unknown-key"],
  ] as const) {
    it(`with ${what} is refused there: ${code}`, () => {
      const place = `5:${5 + marked.indexOf("^")} ${code}`;
      expect(located(fileOf(marked.replace("^", ""))).map((problem) => problem.split(": ")[0])).to.deep.equal(
        [place],
      );
    });
  }

  it("shows all its problems at once", () => {
    const text = "- {read: weigths}\n- {op: add, count: nothing}\n- {write: logits, at: [class]}";
    expect(located(fileOf(text))).to.have.length(3);
  });
});
