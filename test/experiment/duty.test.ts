import { expect } from "chai";
import fc from "fast-check";
import { nodeFiles } from "../../src/data/node-files.js";
import { dutyOf as dutyOfPlan } from "../../src/experiment/duty.js";
import { estimate } from "../../src/experiment/estimate.js";
import { lintFile } from "../../src/experiment/lint.js";
import { planOf } from "../../src/experiment/plan.js";
import type { Duty } from "../../src/report/lifetime.js";
import type { Report } from "../../src/report/report.js";
import { problemsOf } from "../config/support/problems.js";
import { chipText, experimentOf, shipped, workloadText } from "./support/experiments.js";

const line = (duty: string): string[] => [`duty: {${duty}}`];
const estimateOf = (duty: string, set: string[] = [], chip = chipText()): Report =>
  estimate(experimentOf({ chip, lines: line(duty) }, { set }));
const dutyOf = (duty: string, set: string[] = [], chip?: string): Duty => {
  const report = estimateOf(duty, set, chip);
  if (report.duty === undefined) throw new Error("no duty");
  return report.duty;
};

describe("the duty of an experiment", () => {
  it("is reported only where the experiment names it, and changes nothing else", () => {
    const plain = estimate(experimentOf());
    expect(plain.duty).to.equal(undefined);
    const { duty, ...rest } = estimateOf("trainingsPerDay: 1");
    expect(duty).to.not.equal(undefined);
    const { inputs: _, ...experiment } = rest.experiment;
    expect({ ...rest, experiment }).to.deep.equal({
      ...plain,
      experiment: Object.fromEntries(Object.entries(plain.experiment).filter(([key]) => key !== "inputs")),
    });
  });

  it("adds up: parts of the day to the day, powers asleep to the sleep", () => {
    const report = estimateOf("trainingsPerDay: 0.5, inferencesPerDay: 1000");
    const { day, activeSeconds, energyJoules, drawnJoules, averageWatts, sleep } = report.duty as Duty;
    expect(day.training.timeSeconds).to.equal(0.5 * (report.time?.timeSeconds ?? 0));
    expect(day.training.energyJoules).to.equal(0.5 * (report.energy?.energyJoules ?? 0));
    expect(day.inference.energyJoules).to.equal(1000 * (report.inference?.energyJoules ?? 0));
    expect(activeSeconds).to.equal(day.training.timeSeconds + day.inference.timeSeconds);
    expect(day.sleep.timeSeconds).to.be.closeTo(86_400 - activeSeconds, 1e-9);
    expect(energyJoules).to.equal(
      day.training.energyJoules + day.inference.energyJoules + day.sleep.energyJoules,
    );
    expect(drawnJoules).to.equal(energyJoules);
    expect(averageWatts).to.equal(energyJoules / 86_400);
    expect(sleep.entries.map(({ component, state }) => `${component} ${state}`)).to.deep.equal([
      "core sleep",
      "sram on",
      "flash standby",
      "camera standby",
    ]);
    expect(sleep.sleepWatts).to.equal(sleep.entries.reduce((sum, { watts }) => sum + watts, 0));
    expect(day.sleep.energyJoules).to.equal(
      sleep.entries.reduce((sum, entry) => sum + entry.energyJoules, 0),
    );
    for (const { timeSeconds, watts, energyJoules: joules } of sleep.entries) {
      expect([timeSeconds, joules]).to.deep.equal([day.sleep.timeSeconds, timeSeconds * watts]);
    }
  });

  it("lets the firmware or itself power memories down, and cut the sensor off", () => {
    const states = (duty: string, set: string[] = []): string[] =>
      dutyOf(duty, set).sleep.entries.map(({ component, state }) => `${component} ${state}`);
    expect(states("trainingsPerDay: 1", ["firmware.options.offChipIdle=powerDown"])).to.include(
      "flash powerDown",
    );
    const sleep = states("trainingsPerDay: 1, sleep: {offChip: powerDown, sensor: off}");
    expect(sleep).to.deep.equal(["core sleep", "sram on", "flash powerDown"]);
    const code = chipText().replace("width: 32 bit}", "width: 32 bit, power: {on: 9 uW, sleep: 1 uW}}");
    const nvm = dutyOf("trainingsPerDay: 1", [], code).sleep.entries.find(
      ({ component }) => component === "code",
    );
    expect(nvm).to.include({ state: "sleep", watts: 1e-6 });
  });

  it("gives the life of a charge by hand: CR2032, 1.5 % a year, and a converter", () => {
    const chip = chipText().replace("voltage: 3.0 V,", "voltage: 3.0 V, efficiency: 50 %,");
    const { batteryLife, energyJoules, drawnJoules, limit } = dutyOf("trainingsPerDay: 1", [], chip);
    expect(drawnJoules).to.be.closeTo(2 * energyJoules, 1e-12 * drawnJoules);
    const charge = 0.225 * 3600 * 3;
    expect(batteryLife?.days).to.be.closeTo(charge / (drawnJoules + (0.015 * charge) / 365.25), 1e-6);
    expect(batteryLife?.years).to.equal((batteryLife?.days ?? 0) / 365.25);
    expect(limit).to.equal("battery");
  });

  it("gives the life of what wears, and which ends first", () => {
    const chip = chipText({ sramKibibytes: 8 });
    const lines = line("trainingsPerDay: 0.01, sleep: {offChip: powerDown, sensor: off}");
    // Spilled rows wear the flash.
    const workload = workloadText({ inputs: 200, hidden: [40] });
    const report = estimate(experimentOf({ chip, workload, lines }));
    expect(report.storage.onChip.spilledBytes).to.be.above(0);
    const [wear] = report.wear;
    expect(report.duty?.wearLife).to.include({ component: "flash" });
    expect(report.duty?.wearLife?.days).to.equal((wear?.trainingsUntilWornOut ?? 0) / 0.01);
    const { batteryLife, wearLife, limit } = report.duty as Duty;
    expect(limit).to.equal((batteryLife?.days ?? 0) < (wearLife?.days ?? 0) ? "battery" : "wear");
  });

  it("is worn out with the first of several memories", () => {
    const experiment = experimentOf({ lines: line("trainingsPerDay: 2") });
    const job = { timeSeconds: 1, energyJoules: 1, drawnJoules: 1 };
    const wear = [3000, 500, null].map((trainingsUntilWornOut, index) => ({
      component: `memory${index}`,
      erasesPerSector: 1,
      enduranceCycles: 100_000,
      trainingsUntilWornOut,
    }));
    const duty = dutyOfPlan(experiment, planOf(experiment), { training: job, inference: job, wear });
    expect(duty?.wearLife).to.deep.equal({ component: "memory1", days: 250, years: 250 / 365.25 });
  });

  it("is set on the command line as well", () => {
    expect(dutyOf("trainingsPerDay: 1", ["duty.trainingsPerDay=0.25"]).trainingsPerDay).to.equal(0.25);
    expect(estimate(experimentOf({}, { set: ["duty.trainingsPerDay=2"] })).duty?.trainingsPerDay).to.equal(2);
  });

  it("is refused where a day is too short, a part has no power-down, or a number is none", () => {
    const brief = (duty: string, set: string[] = [], chip = chipText()): string =>
      problemsOf(() => estimateOf(duty, set, chip))
        .map(({ path, line: row, column, code, message }) => `${path}:${row}:${column} ${code} ${message}`)
        .join();
    expect(brief("trainingsPerDay: 1e6")).to.match(
      /^memory\/experiment.yaml:5:25 does-not-fit a day's work takes .* h: 1000000 trainings of .* s; expected at most 24 h$/,
    );
    expect(brief("trainingsPerDay: 1, inferencesPerDay: 1e9")).to.match(
      /^memory\/experiment.yaml:5:46 does-not-fit .* and 1000000000 inferences of/,
    );
    expect(brief("trainingsPerDay: 1", ["duty.trainingsPerDay=1e6"])).to.match(/^--set:1:\d+ does-not-fit/);
    const nand = chipText({ flash: "nand" }).replace(", power: {powerDown: 10 uW}", "");
    expect(brief("trainingsPerDay: 1, sleep: {offChip: powerDown}", [], nand)).to.match(
      /^memory\/experiment.yaml:5:\d+ does-not-fit flash has no power-down/,
    );
    expect(brief("trainingsPerDay: -1")).to.match(/experiment.yaml:5:25 out-of-range/);
    expect(brief("inferencesPerDay: 1")).to.match(/experiment.yaml:5:\d+ missing-key/);
  });

  it("never lives longer for more trainings or inferences a day", () => {
    const property = fc.property(
      fc.integer({ min: 0, max: 400 }),
      fc.integer({ min: 0, max: 400 }),
      fc.integer({ min: 0, max: 5000 }),
      fc.integer({ min: 0, max: 5000 }),
      (trainings, moreTrainings, inferences, moreInferences) => {
        const [few, many] = [
          `trainingsPerDay: ${trainings}, inferencesPerDay: ${inferences}`,
          `trainingsPerDay: ${trainings + moreTrainings}, inferencesPerDay: ${inferences + moreInferences}`,
        ].map((duty) => dutyOf(duty)) as [Duty, Duty];
        expect(many.batteryLife?.days).to.be.at.most(few.batteryLife?.days ?? 0);
      },
    );
    fc.assert(property, { seed: 1, numRuns: 12 });
  });

  it("is of the shipped experiment at each of its operating points: slower lasts longer", () => {
    expect(lintFile("configs/experiments/duty-ranges.yaml", nodeFiles)).to.deep.equal([]);
    const days = ["range1", "range2", "range3"].map(
      (point) =>
        estimate(shipped("duty-ranges", { set: [`chip.operatingPoint=${point}`] })).duty?.batteryLife?.days ??
        0,
    );
    expect(days).to.deep.equal(days.toSorted((a, b) => a - b));
    expect(days[0]).to.be.above(0);
  });
});

describe("the currents of a battery", () => {
  it("are the training's mean and peak, and said where they exceed a limit", () => {
    const chip = chipText({ sramKibibytes: 8 });
    const { battery, notes, power, time } = estimate(
      experimentOf({ chip, workload: workloadText({ inputs: 200, hidden: [40] }) }),
    );
    expect(power?.peakMoment).to.match(/of flash$/);
    expect(battery?.peakCurrentAmperes).to.be.closeTo((power?.peakWatts ?? 0) / 3, 1e-9);
    expect(battery).to.include({ peakCurrentLimitAmperes: 15e-3, peakCurrentExceeded: true });
    expect(notes.join("\n")).to.match(
      /at its peak up to 2\d\.\d mA from the battery, above its limit of 15\.0 mA: /,
    );
    expect(notes.join("\n")).to.match(/CR2032.yaml:\d+\)/);
    expect(notes.join("\n")).to.include("flash needs 2.7 V, but the battery's charge is stated down to 2 V");
    const mean = (battery?.drawnJoules ?? 0) / (time?.timeSeconds ?? 1) / 3;
    expect(battery?.averageCurrentAmperes).to.be.closeTo(mean, 1e-15);
    expect(battery?.continuousCurrentExceeded).to.equal(mean > 3e-3);
  });
});
