import { expect } from "chai";
import type * as z from "zod";
import { cost } from "../../src/config/cost-field.js";
import { strict } from "../../src/config/fields.js";
import { parseYaml } from "../../src/config/parse-yaml.js";
import { validate } from "../../src/config/validate.js";
import { problemsOf } from "./support/problems.js";

const doc = "A field.";

/** The value of `a: TEXT`. */
const read = <T>(field: z.ZodType<T>, text: string): T =>
  validate(strict({ a: field }, { doc }), parseYaml(`a: ${text}\n`, "a.yaml")).value.a as T;

/** "code: message" of each problem, with the suggestion. */
const refusal = (field: z.ZodType, text: string): string =>
  problemsOf(() => read(field, text))
    .map(({ code, message, suggestion }) => `${code}: ${message}${suggestion ? ` [${suggestion}]` : ""}`)
    .join("; ");

describe("cost", () => {
  const read5 = cost("energyPerAccess", { doc });

  it("reads a value, with a tolerance in three spellings", () => {
    const given = { dimension: "energyPerAccess", status: "given", source: "" };
    expect(read(read5, "5 pJ/access")).to.deep.equal({ value: 5e-12, low: 5e-12, high: 5e-12, ...given });
    for (const sign of ["\u00b1", "+-", "+/-"]) {
      const { value, low, high } = read(read5, `5 pJ/access ${sign} 20 %`);
      expect(value).to.equal(5e-12);
      expect(low).to.be.closeTo(4e-12, 1e-26);
      expect(high).to.be.closeTo(6e-12, 1e-26);
    }
  });

  it("reads where a value is from", () => {
    expect(read(read5, "{value: 5 pJ/access, status: datasheet, source: table 3}")).to.deep.equal({
      dimension: "energyPerAccess",
      value: 5e-12,
      low: 5e-12,
      high: 5e-12,
      status: "datasheet",
      source: "table 3",
    });
    expect(read(read5, "{value: 5 pJ/access +- 10 %, status: estimate}")).to.include({
      status: "estimate",
      source: "",
    });
    expect(read(read5, "{low: 4 pJ/access, typical: 5 pJ/access, high: 9 pJ/access}")).to.deep.equal({
      dimension: "energyPerAccess",
      value: 5e-12,
      low: 4e-12,
      high: 9e-12,
      status: "given",
      source: "",
    });
  });

  it("keeps its bounds, the ends of its interval included", () => {
    const share = cost("ratio", { doc, exclusiveMin: 0, max: 1 });
    expect(read(share, "100 %").value).to.equal(1);
    for (const text of ["0 %", "101 %", "90 % +- 20 %", "{low: 0 %, typical: 1 %, high: 2 %}"]) {
      expect(() => read(share, text), text).to.throw(/above 0 % up to 100 %/);
    }
  });

  it("refuses with the words of the spelling that was meant", () => {
    const expected = "expected an energy per access such as 5 pJ/access";
    expect(refusal(read5, "5")).to.equal(`bare-number: a: 5 has no unit; ${expected}`);
    expect(refusal(read5, "5 pJ/byte")).to.equal(
      `wrong-dimension: a: 5 pJ/byte is an energy per byte; ${expected}`,
    );
    expect(refusal(read5, "[5]")).to.equal(`wrong-type: a: ${expected}, found a list`);
    expect(refusal(read5, "{value: 5}")).to.equal(`bare-number: a.value: 5 has no unit; ${expected}`);
    expect(refusal(read5, "{value: 5 pJ/access, status: guess}")).to.match(
      /^unknown-value: a.status: expected one of/,
    );
    expect(refusal(read5, "{value: 5 pJ/access, sorce: x}")).to.equal(
      "unknown-key: a.sorce: unknown key; allowed here: value, status, source [source]",
    );
    expect(refusal(read5, "{low: 5 pJ/access, high: 6 pJ/access}")).to.equal(
      `missing-key: a lacks typical: ${expected}`,
    );
    expect(refusal(read5, "{low: 5 pJ/access, typical: 4 pJ/access, high: 6 pJ/access}")).to.equal(
      "out-of-range: a: expected low <= typical <= high",
    );
    expect(refusal(read5, "5 pJ/access +- 1 pJ/access")).to.match(
      /^wrong-dimension: a: 1 pJ\/access is .*per cent/,
    );
    expect(refusal(read5, "5 pJ/access +- 120 %")).to.match(/^out-of-range: a: .*at least 0/);
    expect(refusal(read5, "-5 pJ/access")).to.match(/^out-of-range/);
  });
});
