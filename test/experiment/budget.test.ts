import { expect } from "chai";
import { BudgetError, checkBudget, parseBudget } from "../../src/experiment/budget.js";
import type { Report } from "../../src/report/report.js";

const report = {
  storage: { onChip: { peakBytes: 61_440 } },
  accuracy: { testErrorPercent: 4.63 },
  wear: [{ erasesPerSector: 7 }],
  perSample: { energyJoules: 3e-6 },
} as unknown as Report;

const check = (text: string) => checkBudget(parseBudget(text), report);

describe("a budget", () => {
  it("has a path of the report and a value in the unit that its name ends with", () => {
    expect(check("storage.onChip.peakBytes <= 60 KiB")).to.deep.equal({
      ...{ budget: "storage.onChip.peakBytes <= 60 KiB", passed: true, value: 61_440, limit: 61_440 },
    });
    expect(check("storage.onChip.peakBytes <= 60 kB").passed).to.equal(false);
    expect(check("perSample.energyJoules <= 3 uJ").passed).to.equal(true);
    expect(check("accuracy.testErrorPercent <= 4.5 %").passed).to.equal(false);
    expect(check("accuracy.testErrorPercent <= 4.7").passed).to.equal(true);
    expect(check("wear.0.erasesPerSector <= 7").passed).to.equal(true);
    expect(check("wear.0.erasesPerSector >= 8").passed).to.equal(false);
  });

  it("on a number that the report does not have is not kept", () => {
    expect(check("storage.offChip.bytes <= 1 MiB")).to.include({ passed: false, value: null });
    expect(check("storage.onChip <= 5")).to.include({ passed: false, value: null });
    expect(check("storage.constructor.length <= 5")).to.include({ passed: false, value: null });
  });

  it("that cannot be read says what was expected", () => {
    for (const [text, reason] of [
      ["storage.onChip.peakBytes < 60 KiB", "expected PATH <= VALUE or PATH >= VALUE"],
      ["<= 3", "expected PATH <= VALUE"],
      ["storage.onChip.peakBytes <= 60", "peakBytes: "],
      ["storage.onChip.peakBytes <= 60 mJ", "peakBytes: "],
      ["wear.0.erasesPerSector <= 7 KiB", 'erasesPerSector is a plain number; found "7 KiB"'],
    ] as const) {
      expect(() => parseBudget(text), text).to.throw(BudgetError, reason);
    }
  });
});
