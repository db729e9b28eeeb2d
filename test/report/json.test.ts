import { expect } from "chai";
import fc from "fast-check";
import { renderDocument, renderJson } from "../../src/report/json.js";
import { fullReport, misfitReport } from "./support/report.js";

describe("a report as JSON", () => {
  it("reads back equal", () => {
    expect(JSON.parse(renderJson(fullReport))).to.deep.equal(fullReport);
    expect(JSON.parse(renderJson(misfitReport()))).to.deep.equal(misfitReport());
  });

  it("reads back equal whatever the document, also with strings that look like lists", () => {
    const value = fc.jsonValue({ noUnicodeString: false });
    const document = fc.dictionary(
      fc.string(),
      fc.oneof(value, fc.constant("[\n  1,\n  2\n]"), fc.array(fc.integer())),
    );
    const isSame = (written: object) => {
      expect(JSON.parse(renderDocument(written))).to.deep.equal(JSON.parse(JSON.stringify(written)));
    };
    fc.assert(fc.property(document, isSame), { seed: 1, numRuns: 200 });
  });

  it("keeps lists of numbers on one line and ends with a line break", () => {
    expect(renderDocument({ updates: [1, -2, 3e21] })).to.equal('{\n  "updates": [ 1, -2, 3e+21 ]\n}\n');
  });

  it("refuses numbers that JSON would turn into null", () => {
    const broken = { ...fullReport, perSample: { timeSeconds: Number.NaN, energyJoules: 1 } };
    expect(() => renderJson(broken)).to.throw(RangeError, "timeSeconds is NaN");
  });
});
