import { expect } from "chai";
import { ConfigError } from "../../src/config/problem.js";
import { estimate } from "../../src/experiment/estimate.js";
import { placementText } from "../../src/experiment/placement-text.js";
import { chipText, experimentOf, plainChip, workloadText } from "./support/experiments.js";

const chip = chipText({ ...plainChip, sramKibibytes: 12, banks: 1 });
const workload = workloadText({ hidden: [60, 20], weightBits: 13, inputs: 100 });
const withFile = (text: string) =>
  experimentOf(
    { chip, workload, more: { "memory/placement.yaml": text } },
    { placement: "memory/placement.yaml" },
  );
const file = (...lines: string[]): string => ["schema: rebit/placement@1", ...lines, ""].join("\n");

describe("a placement file", () => {
  it("that was written from an estimate gives the same estimate", () => {
    const found = experimentOf({ chip, workload });
    const report = estimate(found);
    expect(report.storage.onChip.spilledBytes).to.be.above(0);
    const told = estimate(withFile(placementText(found)));
    expect(told.storage.onChip).to.deep.equal(report.storage.onChip);
    expect(told.storage.offChip).to.deep.equal(report.storage.offChip);
    expect(told.traffic).to.deep.equal(report.traffic);
    expect(told.storage.placement).to.include({ method: "file", isOptimal: true });
    expect(told.experiment.inputs.map(({ path }) => path)).to.include("placement.yaml");
  });

  it("may keep any rows off chip, at what that costs above the least", () => {
    const { storage } = estimate(
      withFile(
        file(
          "spill:",
          '  weights: {component: flash, rows: "1-55, 57, 61-80"}',
          "  snapshot: {component: flash}",
        ),
      ),
    );
    expect(storage.fits).to.equal(true);
    expect(storage.placement.cost).to.be.above(storage.placement.lowerBound);
    expect(storage.placement.gap).to.equal(storage.placement.cost - storage.placement.lowerBound);
    const kept = storage.onChip.items.filter(({ tensor }) => tensor === "weights").map(({ rows }) => rows);
    expect(kept).to.deep.equal([
      { first: 0, last: 0 },
      { first: 56, last: 56 },
      { first: 58, last: 59 },
      { first: 60, last: 60 },
      { first: 81, last: 83 },
    ]);
  });

  it("that leaves too little room is a misfit, not an error", () => {
    const { storage } = estimate(withFile(file("spill: {}")));
    expect([storage.fits, storage.misfits[0]?.tensor]).to.deep.equal([false, "on-chip tensors"]);
  });

  const all = ["spill:", "  weights: {component: flash}", "  snapshot: {component: flash}"];
  for (const [what, lines, place, message] of [
    ["an unknown tensor", ["spill: {wieghts: {component: flash}}"], "2:", /no tensor "wieghts"/],
    [
      "a tensor that has to be on chip",
      ["spill: {stack: {component: flash}}"],
      "2:",
      /stack has to be on chip/,
    ],
    ["an unknown memory", ["spill: {weights: {component: fram}}"], "2:", /off-chip memories: flash/],
    [
      "rows that there are not",
      ["spill:", '  weights: {component: flash, rows: "3-84"}'],
      "3:",
      /rows 0 to 83/,
    ],
    ["rows that are none", ["spill:", '  weights: {component: flash, rows: "9-3"}'], "3:", /ascending rows/],
    ["an address between words", [...all, "onChip: [{tensor: stack, address: 2}]"], "5:", /multiple of 4/],
    [
      "an address beyond the SRAM",
      [...all, "onChip: [{tensor: stack, address: 12000}]"],
      "5:",
      /beyond the 12288/,
    ],
    [
      "what overlaps while both live",
      [...all, "onChip:", "  - {tensor: stack, address: 0}", "  - {tensor: input, address: 1020}"],
      "7:",
      /input .* and stack .* overlap while both live/,
    ],
    [
      "a tensor twice",
      [...all, "onChip:", "  - {tensor: stack, address: 0}", "  - {tensor: stack, address: 0}"],
      "7:",
      /already has/,
    ],
    [
      "a tensor that is not on chip",
      [...all, "onChip: [{tensor: weights, address: 0}]"],
      "5:",
      /not on chip/,
    ],
  ] as const) {
    it(`with ${what} is refused where that is written`, () => {
      expect(() => estimate(withFile(file(...lines))))
        .to.throw(ConfigError, message)
        .with.property("message")
        .that.includes(`memory/placement.yaml:${place}`);
    });
  }
});
