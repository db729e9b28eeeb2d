import { expect } from "chai";
import * as z from "zod";
import * as fields from "../../src/config/fields.js";
import { parseYaml } from "../../src/config/parse-yaml.js";
import { validate } from "../../src/config/validate.js";
import { problemsOf } from "./support/problems.js";

const doc = "A field.";

/** The value of `a: TEXT`. */
const read = <T>(field: z.ZodType<T>, text: string): T =>
  validate(fields.strict({ a: field }, { doc }), parseYaml(`a: ${text}\n`, "a.yaml")).value.a as T;

/** "code: message" of each problem, with the suggestion. */
const refusal = (field: z.ZodType, text: string): string =>
  problemsOf(() => read(field, text))
    .map(({ code, message, suggestion }) => `${code}: ${message}${suggestion ? ` [${suggestion}]` : ""}`)
    .join("; ");

describe("quantity", () => {
  const capacity = fields.quantity("capacity", { doc, min: 1024, max: 2 ** 20 });

  it("reads a number in the base unit", () => {
    expect(read(capacity, "64 KiB")).to.equal(65_536);
    expect(read(capacity.optional(), "1 MiB")).to.equal(2 ** 20);
  });

  it("refuses bare numbers, other units and other types", () => {
    expect(refusal(capacity, "65536")).to.equal(
      "bare-number: a: 65536 has no unit; expected a capacity such as 64 KiB",
    );
    expect(refusal(capacity, '"65536"')).to.equal(
      "bare-number: a: 65536 has no unit; expected a capacity such as 64 KiB",
    );
    expect(refusal(capacity, "64 KB")).to.match(/^unknown-unit: .* \[kB or KiB\]$/);
    expect(refusal(capacity, "64 bit")).to.equal(
      "wrong-dimension: a: 64 bit is a width in bits; expected a capacity such as 64 KiB",
    );
    expect(refusal(capacity, "[1]")).to.equal(
      "wrong-type: a: expected a capacity such as 64 KiB, found a list",
    );
    expect(refusal(capacity, "")).to.equal(
      "wrong-type: a: expected a capacity such as 64 KiB, found nothing",
    );
    expect(refusal(capacity, "true")).to.equal(
      "wrong-type: a: expected a capacity such as 64 KiB, found true",
    );
    expect(refusal(capacity, "big")).to.equal(
      'not-a-quantity: a: expected a capacity such as 64 KiB, found "big"',
    );
  });

  it("prints its bounds in units", () => {
    expect(refusal(capacity, "16 B")).to.equal(
      "out-of-range: a: expected a capacity from 1 KiB to 1 MiB, found 16 B",
    );
    const clock = fields.quantity("frequency", { doc, exclusiveMin: 0 });
    expect(refusal(clock, "0 Hz")).to.equal("out-of-range: a: expected a frequency above 0 Hz, found 0 Hz");
    expect(refusal(fields.quantity("time", { doc }), "-1 s")).to.equal(
      "out-of-range: a: expected a time of at least 0 s, found -1 s",
    );
  });
});

describe("plain fields", () => {
  it("read whole numbers in a range", () => {
    const banks = fields.integer({ doc, min: 1, max: 32 });
    expect(read(banks, "4")).to.equal(4);
    const expected = "expected a whole number from 1 to 32";
    expect(refusal(banks, "1.5")).to.equal(`wrong-type: a: ${expected}, found the number 1.5`);
    expect(refusal(banks, "four")).to.equal(`wrong-type: a: ${expected}, found "four"`);
    expect(refusal(banks, "33")).to.equal(`out-of-range: a: ${expected}, found the number 33`);
    expect(refusal(banks, ".inf")).to.match(/^out-of-range/);
    expect(refusal(banks, ".nan")).to.match(/^out-of-range/);
    expect(refusal(fields.integer({ doc }), "9007199254740993")).to.match(/^out-of-range/);
  });

  it("read numbers, words, flags and text", () => {
    expect(read(fields.number({ doc, min: 0 }), "0.5")).to.equal(0.5);
    expect(refusal(fields.number({ doc, min: 0 }), "-1")).to.equal(
      "out-of-range: a: expected a number of at least 0, found the number -1",
    );
    expect(refusal(fields.number({ doc }), ".inf")).to.match(/^out-of-range/);
    expect(read(fields.flag({ doc }), "true")).to.equal(true);
    expect(refusal(fields.flag({ doc }), "yes")).to.equal(
      'wrong-type: a: expected true or false, found "yes"',
    );
    expect(read(fields.text({ doc }), "x")).to.equal("x");
    expect(refusal(fields.text({ doc }), "1.10")).to.equal(
      "wrong-type: a: expected text, found the number 1.1; put it in quotes",
    );
    expect(read(fields.oneOf(["single", "double"], { doc }), "double")).to.equal("double");
    expect(refusal(fields.oneOf(["single", "double"], { doc }), "duoble")).to.equal(
      'unknown-value: a: expected one of single, double, found "duoble" [double]',
    );
  });

  it("do without a value where one is optional or has a default", () => {
    const schema = fields.strict(
      { a: fields.flag({ doc }).optional(), b: fields.integer({ doc }).default(3) },
      { doc },
    );
    expect(validate(schema, parseYaml("{}", "a.yaml")).value).to.deep.equal({ b: 3 });
  });
});

describe("composed fields", () => {
  const component = fields.variants(
    "kind",
    [
      fields.strict({ kind: z.literal("sram"), banks: fields.integer({ doc, min: 1 }) }, { doc }),
      fields.strict({ kind: z.literal("flash"), sector: fields.quantity("capacity", { doc }) }, { doc }),
    ],
    { doc },
  );

  it("read records, lists, variants and alternatives", () => {
    expect(read(fields.record(component, { doc }), "{main: {kind: sram, banks: 2}}")).to.deep.equal({
      main: { kind: "sram", banks: 2 },
    });
    expect(read(fields.list(fields.integer({ doc }), { doc, min: 1 }), "[1, 2]")).to.deep.equal([1, 2]);
    const patience = fields.either([fields.oneOf(["none"], { doc }), fields.integer({ doc, min: 1 })], {
      doc,
    });
    expect(read(patience, "none")).to.equal("none");
    expect(read(patience, "3")).to.equal(3);
  });

  it("say which variant was meant, and what it lacks", () => {
    expect(refusal(component, "{kind: srma, banks: 1}")).to.equal(
      'unknown-value: a.kind: expected one of sram, flash, found "srma" [sram]',
    );
    expect(refusal(component, "{banks: 1}")).to.equal(
      "missing-key: a lacks kind: expected one of sram, flash",
    );
    expect(refusal(component, "3")).to.equal("wrong-type: a: expected a map, found the number 3");
    expect(refusal(component, "{kind: sram, bank: 1}")).to.equal(
      "missing-key: a lacks banks: expected a whole number of at least 1; " +
        "unknown-key: a.bank: unknown key; allowed here: kind, banks [banks]",
    );
  });

  it("refuse wrong names, lengths and alternatives", () => {
    expect(refusal(fields.record(fields.flag({ doc }), { doc }), "{1a: true}")).to.match(
      /^bad-key: a.1a: expected a name/,
    );
    const list = fields.list(fields.integer({ doc }), { doc, min: 1, max: 2 });
    expect(refusal(list, "[]")).to.equal("out-of-range: a: expected a list of at least 1 item, found 0");
    expect(refusal(list, "[1, x, 3]")).to.match(/out-of-range: a: .*at most 2/);
    expect(refusal(list, "[1, x]")).to.equal('wrong-type: a.1: expected a whole number, found "x"');
    const dataset = fields.either(
      [
        fields.oneOf(["mnist", "synthetic"], { doc }),
        fields.strict({ images: fields.text({ doc }) }, { doc }),
      ],
      { doc },
    );
    expect(refusal(dataset, "mnits")).to.match(/^unknown-value: .* \[mnist\]$/);
    expect(refusal(dataset, "{image: x}")).to.match(/missing-key: a lacks images/);
    expect(refusal(dataset, "[]")).to.equal(
      "wrong-type: a: expected one of mnist, synthetic, or a map of images, found a list",
    );
  });

  it("take zod's own schemas and refinements in the same words", () => {
    expect(refusal(z.boolean(), "3")).to.equal("wrong-type: a: expected true or false, found the number 3");
    expect(refusal(z.number().max(3), "4")).to.equal(
      "out-of-range: a: expected at most 3, found the number 4",
    );
    expect(refusal(z.enum(["x", "yes"]), "ye")).to.match(/^unknown-value: .*\[yes\]$/);
    const even = fields.integer({ doc }).refine((value) => value % 2 === 0, "expected an even number");
    expect(refusal(even, "3")).to.equal("invalid-value: a: expected an even number");
    const coded = fields.integer({ doc }).superRefine((_, context) => {
      context.addIssue({ code: "custom", message: "no", params: { code: "never", suggestion: "yes" } });
    });
    expect(refusal(coded, "3")).to.equal("never: a: no [yes]");
  });
});
