import { expect } from "chai";
import { estimate } from "../../../src/experiment/estimate.js";
import type { Sensitivity } from "../../../src/studies/sensitivity/document.js";
import { renderFigure } from "../../../src/studies/sensitivity/figure.js";
import { type SensitivityOptions, sensitivity } from "../../../src/studies/sensitivity/sensitivity.js";
import { chipText, experimentOf, type Texts, workloadText } from "../../experiment/support/experiments.js";

const study = (texts: Texts = {}, options: SensitivityOptions = {}): Sensitivity => {
  const found = sensitivity(experimentOf(texts), { samples: 500, ...options });
  if (found.schema !== "rebit/sensitivity@1") throw new Error("it does not fit");
  return found;
};

const joules = (set: readonly string[]): number =>
  estimate(experimentOf({}, { set })).energy?.energyJoules ?? 0;

/** More than 8 KiB of SRAM hold. */
const workload = workloadText({ inputs: 200, hidden: [60], iterations: 3 });

/** The core's energy as an interval. */
const uncertainCore = chipText().replace(/active: \{value: [^,]+,/, "active: {value: 30 pJ/cycle +- 20 %,");

describe("a sensitivity study", () => {
  it("moves each unknown to its ends as --set does", () => {
    const { unknowns, outcomes } = study();
    const table = unknowns.find(({ path }) => path === "chip.components.sram.calibration");
    expect(table?.effects[0]?.atHigh).to.be.closeTo(joules(["chip.components.sram.calibration=2.3"]), 1e-9);
    const standby = unknowns.find(({ path }) => path === "chip.components.flash.current.standby");
    expect(standby?.effects[0]?.atHigh).to.be.closeTo(
      joules(["chip.components.flash.current.standby=60 uA"]),
      1e-9,
    );
    expect(standby?.at).to.match(/parts\/W25Q128JV\.yaml:\d+$/);
    expect(outcomes[0]?.nominal).to.be.closeTo(joules([]), 1e-9);
  });

  it("keeps every outcome between the corners, and its quantiles in order", () => {
    const { outcomes, samples } = study({ chip: uncertainCore }, { placeholderTolerance: 0.3 });
    expect(samples).to.equal(500);
    for (const { least, p10, p50, p90, greatest, histogram } of outcomes) {
      expect([least, p10, p50, p90, greatest]).to.deep.equal(
        [least, p10, p50, p90, greatest].toSorted((a, b) => a - b),
      );
      expect(histogram.reduce((sum, each) => sum + each, 0)).to.equal(500);
    }
  });

  it("is the same for the same seed, and another for another", () => {
    expect(study()).to.deep.equal(study());
    expect(study({}, { seed: 2 }).outcomes[0]?.p50).not.to.equal(study().outcomes[0]?.p50);
  });

  it("ranks by what moves the energy most", () => {
    const { unknowns } = study({ chip: uncertainCore });
    expect(unknowns[0]?.path).to.equal("chip.components.core.energy.active");
    const swings = unknowns.map(({ effects: [energy] }) =>
      Math.abs((energy?.atHigh ?? 0) - (energy?.atLow ?? 0)),
    );
    expect(swings).to.deep.equal(swings.toSorted((a, b) => b - a));
  });

  it("names placeholders that nothing gives an interval, and varies them if told to", () => {
    const plain = study();
    expect(plain.fixedPlaceholders.map(({ path }) => path)).to.include("chip.components.core.energy.active");
    expect(plain.notes.join()).to.match(/placeholders have no interval and are not varied/);
    const varied = study({}, { placeholderTolerance: 0.5 });
    expect(varied.fixedPlaceholders).to.deep.equal([]);
    const core = varied.unknowns.find(({ path }) => path === "chip.components.core.energy.active");
    expect(core).to.include({ low: 15e-12, typical: 30e-12, high: 45e-12, status: "placeholder" });
  });

  it("says how much rests on the placeholders that stay where they are", () => {
    const all = study();
    const withCore = study({ chip: uncertainCore });
    expect(all.fixedPlaceholderShare).to.be.within(0.1, all.placeholderShare);
    const { entries = [], energyJoules = 1 } = estimate(experimentOf()).energy ?? {};
    const core = entries.find((entry) => entry.component === "core" && "action" in entry);
    expect(all.fixedPlaceholderShare - withCore.fixedPlaceholderShare).to.be.closeTo(
      (core?.energyJoules ?? 0) / energyJoules,
      1e-9,
    );
    expect(study({}, { placeholderTolerance: 0.5 }).fixedPlaceholderShare).to.equal(0);
  });

  it("names the sensor that is assumed, and varies its powers with the other placeholders", () => {
    const chip = chipText().replace(/^ {2}camera:.*\n/m, "");
    const plain = study({ chip });
    const active = "chip.components.sensor (assumed).power.active";
    expect(plain.fixedPlaceholders.map(({ path }) => path)).to.include(active);
    expect(plain.notes.join()).to.match(/one of 1 MB\/s is assumed/);
    expect(plain.outcomes[0]?.nominal).to.equal(estimate(experimentOf({ chip })).energy?.energyJoules);
    const { unknowns, outcomes } = study({ chip }, { placeholderTolerance: 0.5 });
    const own = (power: string): string =>
      chip.replace(
        "components:",
        `components:\n  camera: {kind: sensor, rate: 1 MB/s, power: {active: ${power}, standby: 10 uW}}`,
      );
    const high = estimate(experimentOf({ chip: own("1.5 mW") })).energy?.energyJoules ?? 0;
    const effect = unknowns.find(({ path }) => path === active)?.effects[0];
    expect((effect?.atHigh ?? 0) / high).to.be.closeTo(1, 1e-12);
    expect(outcomes[0]?.least).to.be.below(plain.outcomes[0]?.nominal ?? 0);
  });

  it("gives paths that --set takes, below the battery's part too", () => {
    const set = ["chip.supply.battery.charge=100 mAh"];
    const { battery } = experimentOf({}, { set }).chip;
    expect(battery?.capacityJoules).to.be.closeTo(0.1 * 3600 * (battery?.volts ?? 0), 1e-9);
  });

  it("names intervals that move nothing, such as those of a flash that is not written", () => {
    expect(study().idle).to.include("chip.components.flash.time.erase");
  });

  it("says where an end would change the placement", () => {
    // Two memories to spill to: the MRAM's energy decides between them.
    const chip = chipText({ sramKibibytes: 8 });
    const { unknowns } = study({
      workload,
      chip: chip.replace(/flash: .*/, (flash) =>
        [
          flash,
          "mram: {kind: mram, part: MR25H40, bus: {lanes: 1, clock: 40 MHz}, energy: {read: {low: 1 fJ/byte, typical: 2 nJ/byte, high: 9 mJ/byte}}}",
        ].join("\n  "),
      ),
    });
    const mram = unknowns.find(({ path }) => path.startsWith("chip.components.mram.energy.read"));
    expect(mram?.changesPlacement.atHigh).to.equal(true);
  });

  it("gives the report of what does not fit, in place of a study", () => {
    const chip = chipText({ sramKibibytes: 8, flash: "none" });
    const found = sensitivity(experimentOf({ chip, workload }));
    expect(found).to.include({ schema: "rebit/report@1" });
  });

  it("draws a tornado", async () => {
    const svg = await renderFigure(study({}, { placeholderTolerance: 0.5 }));
    expect(svg).to.match(/^<svg[\s\S]*core\.energy\.active[\s\S]*P50[\s\S]*<\/svg>\n$/);
  });
});
