import { expect } from "chai";
import fc from "fast-check";
import { estimate } from "../../src/experiment/estimate.js";
import type { StateEnergy } from "../../src/report/costs.js";
import type { Report } from "../../src/report/report.js";
import { banksOf, sleepingSram } from "../../src/soc/banks.js";
import { place } from "../../src/soc/placement/place.js";
import { chipText, experimentOf, workloadText } from "../experiment/support/experiments.js";
import { chipOf } from "./support/chips.js";
import { requestOf } from "./support/placements.js";

/** 64 KiB in 8 banks of 8 KiB. */
const chip = chipOf({ banks: 8 });
const { sram } = chip;
const item = (address: number, bytes: number, component = "sram") => ({
  tensor: "weights",
  component,
  address,
  bytes,
  from: "load" as const,
  to: "recycle" as const,
});

const stateOf = ({ energy }: Report): StateEnergy | undefined =>
  energy?.entries.find((entry): entry is StateEnergy => "state" in entry && entry.component === "sram");

function estimateWith(gating: string, more = "", banks = 8): Report {
  const chip = chipText({ banks }).replace("kind: sram,", `kind: sram, gating: ${gating}${more},`);
  const lines = ["duty: {trainingsPerDay: 1}"];
  return estimate(experimentOf({ chip, workload: workloadText(), lines }));
}

describe("banks of the SRAM", () => {
  it("are used if a byte of a tensor lies in them, each counted once", () => {
    expect(banksOf(sram, [])).to.equal(0);
    expect(banksOf(sram, [item(0, 1)])).to.equal(1);
    expect(banksOf(sram, [item(0, 8192)])).to.equal(1);
    expect(banksOf(sram, [item(0, 8193)])).to.equal(2);
    expect(banksOf(sram, [item(8191, 2), item(8192, 4)])).to.equal(2);
    expect(banksOf(sram, [item(57_344, 8192), item(0, 4)])).to.equal(2);
    expect(banksOf(sram, [item(0, 8192, "flash"), item(0, 0)])).to.equal(0);
  });

  it("leak in proportion to those that are used, if the others are gated", () => {
    const [all, used] = [estimateWith("off"), estimateWith("unused")];
    // 1,792 B of tensors and the stack: the first bank.
    expect(all.storage.onChip.peakBytes).to.be.at.most(8192);
    expect(stateOf(used)?.watts).to.equal(((stateOf(all)?.watts ?? 0) * 1) / 8);
    expect(stateOf(used)?.source).to.include("1 of 8 banks powered");
    const saved = (stateOf(all)?.energyJoules ?? 0) - (stateOf(used)?.energyJoules ?? 0);
    expect((all.energy?.energyJoules ?? 0) - (used.energy?.energyJoules ?? 0)).to.be.closeTo(saved, 1e-9);
  });

  it("are all powered unless the chip says otherwise", () => {
    const { energy } = estimate(experimentOf({ chip: chipText({ banks: 8 }) }));
    expect(estimateWith("off").energy).to.deep.equal(energy);
  });

  it("keep what must outlive the sleep at the retention power, or leak where there is none", () => {
    const asleep = (report: Report) =>
      report.duty?.sleep.entries.find(({ component }) => component === "sram");
    const on = stateOf(estimateWith("off"))?.watts ?? 0;
    expect(asleep(estimateWith("off"))).to.include({ state: "on", watts: on });
    expect(asleep(estimateWith("unused"))).to.include({ state: "on", watts: on / 8 });
    const retention = ", power: {retention: 800 nW}";
    expect(asleep(estimateWith("off", retention))).to.include({ state: "retention", watts: 800e-9 });
    expect(asleep(estimateWith("unused", retention))?.watts).to.be.closeTo(100e-9, 1e-18);
    expect(stateOf(estimateWith("off", retention))?.watts, "awake they leak").to.equal(on);
  });

  it("keep nothing asleep where only stack and buffers lie", () => {
    const gated = { ...chip, sram: { ...sram, gatesUnused: true } };
    const onChip = [item(0, 100), { ...item(8192, 8192), tensor: "stack" }];
    const placement = { ...place(requestOf([]), chip), onChip };
    expect(sleepingSram(gated, placement).figure.value).to.equal(sram.states.on.value / 8);
  });

  it("never cost more energy for being gated", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(1, 2, 4, 8, 16),
        fc.integer({ min: 1, max: 64 }),
        fc.integer({ min: 1, max: 60 }),
        (banks, inputs, units) => {
          const workload = workloadText({ inputs, hidden: [units] });
          const [off, unused] = ["off", "unused"].map((gating) => {
            const chip = chipText({ banks }).replace("kind: sram,", `kind: sram, gating: ${gating},`);
            return estimate(experimentOf({ chip, workload, lines: ["duty: {trainingsPerDay: 1}"] }));
          }) as [Report, Report];
          expect(unused.energy?.energyJoules).to.be.at.most(off.energy?.energyJoules ?? 0);
          expect(unused.inference?.energyJoules).to.be.at.most(off.inference?.energyJoules ?? 0);
          expect(unused.duty?.energyJoules).to.be.at.most(off.duty?.energyJoules ?? 0);
          const { entries = [], energyJoules = 0 } = unused.energy ?? {};
          expect(entries.reduce((sum, entry) => sum + entry.energyJoules, 0)).to.equal(energyJoules);
        },
      ),
      { seed: 1, numRuns: 12 },
    );
  });
});
