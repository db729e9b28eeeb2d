import { expect } from "chai";
import fc from "fast-check";
import { DataError } from "../../../src/data/data-error.js";
import { parseBudget } from "../../../src/experiment/budget.js";
import { estimate } from "../../../src/experiment/estimate.js";
import { checkCase, type PricedCase } from "../../../src/studies/check/check-case.js";
import { type Golden, goldenOf, goldenText, parseGolden } from "../../../src/studies/check/golden.js";
import { junitXml } from "../../../src/studies/check/junit.js";
import { failureLines, suiteMarkdown, suiteText } from "../../../src/studies/check/result-text.js";
import { suiteResult } from "../../../src/studies/check/suite-result.js";
import { chipText, experimentOf, type Texts } from "../../experiment/support/experiments.js";
import { ownData, ownDataWorkload } from "../../experiment/support/own-data.js";

const SUITE = "memory/suite.yaml";
const EXACT = { energy: 0, time: 0 };

const pricedOf = (texts: Texts, budgets: readonly string[] = []): PricedCase => {
  const experiment = experimentOf(texts);
  return {
    name: "a <case>",
    experiment,
    report: estimate(experiment),
    budgets: budgets.map(parseBudget),
    reprice: (set) => estimate(experimentOf(texts, { set })),
  };
};

const goldenFor = (texts: Texts): Golden => {
  const { report, experiment } = pricedOf(texts);
  return goldenOf(report, experiment, SUITE);
};

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const chip = chipText();
const golden = goldenFor({});

describe("a golden", () => {
  it("is a file of one value a line that reads back as it was", () => {
    const text = goldenText(golden);
    expect(parseGolden(bytes(text), "g.json")).to.deep.equal(golden);
    expect(text.split("\n")).to.include(
      '    {"path":"chip.clocks.core","value":"48 MHz","at":"chip.yaml:5"},',
    );
  });

  it("is the same each time, and has no more than 12 digits of a figure", () => {
    expect(goldenText(goldenFor({}))).to.equal(goldenText(golden));
    for (const entry of golden.entries) {
      const cost = "action" in entry ? entry.joulesPerAction : entry.watts;
      expect(cost).to.equal(Number(cost.toPrecision(12)));
    }
  });

  it("is refused if it is damaged, of another version, or something else", () => {
    const refused = (text: string, reason: RegExp) =>
      expect(() => parseGolden(bytes(text), "g.json")).to.throw(DataError, reason);
    const text = goldenText(golden);
    refused("", /^g.json: damaged: /);
    refused(text.slice(0, -9), /^g.json: damaged: /);
    refused(
      text.replace("golden@1", "golden@7"),
      /^g.json: wrong-version: this is a rebit\/golden@7; expected rebit\/golden@1/,
    );
    refused('{"schema": "rebit/report@1"}', /^g.json: unsupported: /);
    refused("null", /^g.json: unsupported: this has no schema/);
    refused(text.replace(/"count":\d+/, '"count":"x"'), /^g.json: bad-shape: entries/);
  });
});

describe("a case", () => {
  it("passes while nothing differs", () => {
    expect(checkCase(pricedOf({}), golden, EXACT, SUITE)).to.deep.include({
      passed: true,
      differences: [],
      inputs: [],
    });
  });

  it("fails when a line changes, and names the line, both values and its share first", () => {
    const changed = pricedOf({ chip: chip.replace("30 pJ/cycle", "33 pJ/cycle") });
    const result = checkCase(changed, golden, EXACT, SUITE);
    expect(result.passed).to.equal(false);
    const line = chip.split("\n").findIndex((text) => text.includes("30 pJ/cycle")) + 1;
    expect(failureLines(result)[0]).to.match(
      new RegExp(
        `^chip\\.yaml:${line}: chip\\.components\\.core\\.energy\\.active\\.value: 30 pJ/cycle -> 33 pJ/cycle; ` +
          "energy \\+[\\d.]+ .?J, 100\\.0 % of the difference; time 0 s$",
      ),
    );
    expect(
      result.energy.map(({ component, of, byCountJoules }) => [component, of, byCountJoules]),
    ).to.deep.equal([["core", "active", 0]]);
  });

  it("fails when the life that a duty leaves changes, and names what of the duty or of sleep did it", () => {
    const daily = (trainings: string): Texts => ({
      lines: [`duty: {trainingsPerDay: ${trainings}, inferencesPerDay: 100}`],
    });
    const kept = goldenFor(daily("1"));
    expect(checkCase(pricedOf(daily("1")), kept, EXACT, SUITE).passed).to.equal(true);
    const oftener = checkCase(pricedOf(daily("1.5")), kept, EXACT, SUITE);
    expect(failureLines(oftener)[0]).to.match(
      /^experiment\.yaml:\d+: duty\.trainingsPerDay: 1 -> 1\.5; energy 0 J; time 0 s; energy of a day \+[\d.]+ .?J, 100\.0 % of the difference$/,
    );
    expect(oftener.differences.map(({ what }) => what)).to.deep.equal([
      "energy of a day",
      "life of a charge",
    ]);
    const within = checkCase(pricedOf(daily("1.5")), kept, { energy: 1, time: 0 }, SUITE);
    expect(within.passed).to.equal(true);
  });

  it("names the files of a data set that hold something else under their old names", () => {
    const texts = (train: number, width: number): Texts => ({
      workload: ownDataWorkload("a"),
      more: ownData("a", train, width),
    });
    const result = checkCase(pricedOf(texts(80, 5)), goldenFor(texts(90, 4)), EXACT, SUITE);
    expect(result.passed).to.equal(false);
    // The test labels are as they were.
    expect(result.inputs.map(({ path, at }) => [path, at])).to.deep.equal([
      ["a/ti", "workload.yaml:3"],
      ["a/tl", "workload.yaml:3"],
      ["a/si", "workload.yaml:3"],
    ]);
  });

  it("attributes energy so that the parts sum to the difference, whatever changes", () => {
    const chips = fc.record({
      sramKibibytes: fc.constantFrom(48, 64, 96),
      coreMegahertz: fc.integer({ min: 8, max: 96 }),
      volts: fc.constantFrom(2.7, 3, 3.3),
      dma: fc.boolean(),
    });
    fc.assert(
      fc.property(chips, (choice) => {
        const changed = pricedOf({ chip: chipText(choice) });
        const { energy } = checkCase(changed, golden, EXACT, SUITE);
        const sum = energy.reduce((total, change) => total + change.byCountJoules + change.byCostJoules, 0);
        const before = golden.totals["training energy"] ?? 0;
        const after = changed.report.energy?.energyJoules ?? 0;
        // Goldens keep 12 digits of each entry.
        expect(Math.abs(sum - (after - before))).to.be.at.most(1e-10 * Math.max(before, after));
      }),
      { seed: 1, numRuns: 15 },
    );
  });

  it("passes within the tolerance of its totals, and fails beyond it", () => {
    const changed = pricedOf({ chip: chip.replace("30 pJ/cycle", "30.3 pJ/cycle") });
    const within = (energy: number) => checkCase(changed, golden, { energy, time: 0 }, SUITE).passed;
    expect([within(0.02), within(0.001)]).to.deep.equal([true, false]);
  });

  it("fails over a budget, with or without a golden", () => {
    const over = pricedOf({}, ["storage.onChip.peakBytes <= 1 B", "storage.onChip.peakBytes >= 1 B"]);
    const result = checkCase(over, undefined, EXACT, SUITE);
    expect([result.passed, checkCase(over, golden, EXACT, SUITE).passed]).to.deep.equal([false, false]);
    expect(failureLines(result)).to.have.length(1);
    expect(failureLines(result)[0]).to.match(
      /^over budget: storage\.onChip\.peakBytes <= 1 B: it is [\d,]+$/,
    );
  });
});

describe("the result of a suite", () => {
  const failed = checkCase(
    pricedOf({ chip: chip.replace("30 pJ/cycle", "33 pJ/cycle") }),
    golden,
    EXACT,
    SUITE,
  );
  const passed = { ...checkCase(pricedOf({}), golden, EXACT, SUITE), name: "fine" };

  it("passes if all cases do, and fails if none ran", () => {
    expect(suiteResult("s", "estimate", [passed]).passed).to.equal(true);
    expect(suiteResult("s", "estimate", [passed, failed]).passed).to.equal(false);
    expect(suiteResult("s", "estimate", []).passed).to.equal(false);
  });

  it("says first what failed, in text, as JUnit and as Markdown", () => {
    const result = suiteResult("s.yaml", "estimate", [passed, failed]);
    expect(suiteText(result)).to.match(
      /^FAILED a <case>\n {2}chip\.yaml:\d+: [\s\S]*\npassed fine\ns\.yaml: 2 cases by estimate, 1 of 2 FAILED$/,
    );
    const xml = junitXml(result);
    expect(xml).to.include('tests="2" failures="1"').and.include('name="a &lt;case&gt;"');
    expect(xml).to.match(
      /<failure message="chip\.yaml:\d+: [^"<]*-&gt; 33 pJ\/cycle[^"<]*">[^<]*<\/failure>/,
    );
    expect(suiteMarkdown(result)).to.match(
      /\| fine \| passed \| 0 \| 0 of 0 \|\n\| a <case> \| \*\*failed\*\* \| \d+ \| 0 of 0 \|/,
    );
  });
});
