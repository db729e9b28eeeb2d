import { expect } from "chai";
import fc from "fast-check";
import { estimate } from "../../src/experiment/estimate.js";
import { FixedPlan } from "../../src/experiment/fixed-plan.js";
import { planOf } from "../../src/experiment/plan.js";
import { uncertaintyOf } from "../../src/studies/sensitivity/unknowns.js";
import { chipText, experimentOf, quickExperiment } from "./support/experiments.js";

const near = (found: number | undefined, wanted: number | undefined): void => {
  expect(found).to.be.closeTo(wanted ?? Number.NaN, Math.abs(wanted ?? 0) * 1e-12);
};

const choices = fc.record({
  chip: fc.record({
    sramKibibytes: fc.constantFrom(8, 10, 12, 64),
    flash: fc.constantFrom("nor" as const, "nand" as const),
    dma: fc.boolean(),
    code: fc.boolean(),
  }),
  wait: fc.constantFrom("sleep" as const, "poll" as const),
  doubled: fc.boolean(),
  offChipIdle: fc.constantFrom("standby" as const, "powerDown" as const),
});

describe("an experiment with its placement and counts fixed", () => {
  it("comes to what an estimate comes to, with any costs and times", () => {
    let [spilled, overlapping] = [0, 0];
    const property = fc.property(
      choices,
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 30, maxLength: 30 }),
      ({ chip: choice, wait, doubled, offChipIdle }, shares) => {
        const buffering = doubled && choice.dma ? ("double" as const) : ("single" as const);
        const experiment = quickExperiment(
          choice,
          { inputs: 200, hidden: [60], iterations: 3 },
          { options: { wait, buffering, offChipIdle } },
        );
        const report = estimate(experiment);
        if (report.energy === undefined) return;
        const fixed = new FixedPlan(experiment, report.wear);
        const { unknowns } = uncertaintyOf(experiment, undefined, 0.5);
        const config = unknowns.reduce(
          (into, unknown, index) =>
            unknown.with(into, unknown.low + (shares[index] ?? 0) * (unknown.high - unknown.low)),
          experiment.chipConfig,
        );
        const changed = { ...experiment, chip: experiment.rebuildChip(config) };
        // A search may place otherwise at other costs.
        if (JSON.stringify(planOf(changed).placement.onChip) !== JSON.stringify(fixed.plan.placement.onChip))
          return;
        const wanted = estimate(changed);
        const found = fixed.outcomesOf(changed.chip);
        near(found.energyJoules, wanted.energy?.energyJoules);
        near(found.timeSeconds, wanted.time?.timeSeconds);
        near(found.trainingsPerCharge, wanted.battery?.trainingsPerCharge);
        if (report.storage.onChip.spilledBytes > 0) {
          spilled += 1;
          overlapping += buffering === "double" ? 1 : 0;
        }
      },
    );
    fc.assert(property, { seed: 3, numRuns: 100 });
    expect(spilled).to.be.above(8);
    expect(overlapping).to.be.above(2);
  });

  it("lives as long as the report of a duty says, and no day where a day's work takes longer than one", () => {
    const duty = (trainings: number) => ({
      lines: [`duty: {trainingsPerDay: ${trainings}, inferencesPerDay: 100}`],
    });
    const experiment = experimentOf({ chip: chipText(), ...duty(1) });
    const report = estimate(experiment);
    const fixed = new FixedPlan(experiment, report.wear);
    const { batteryLife, wearLife } = report.duty ?? {};
    near(
      fixed.outcomesOf(experiment.chip).lifeDays,
      Math.min(batteryLife?.days ?? Number.POSITIVE_INFINITY, wearLife?.days ?? Number.POSITIVE_INFINITY),
    );
    const { core } = experiment.chip;
    const slow = { ...experiment.chip, core: { ...core, clockHertz: core.clockHertz / 1e6 } };
    expect(fixed.outcomesOf(slow).lifeDays).to.equal(0);
  });
});
