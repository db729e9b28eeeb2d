import { readFileSync } from "node:fs";
import { expect } from "chai";
import { estimate } from "../../../src/experiment/estimate.js";
import type { LoadOptions } from "../../../src/experiment/load.js";
import { compareSides, type Side } from "../../../src/studies/compare/compare.js";
import { isDescription } from "../../../src/studies/compare/input-changes.js";
import { chipText, experimentOf, type Texts, workloadText } from "../../experiment/support/experiments.js";
import { ownData, ownDataWorkload } from "../../experiment/support/own-data.js";

const sideOf = (path: string, texts: Texts, options: LoadOptions = {}): Side => {
  const loaded = experimentOf(texts, options);
  const reprice = (set: readonly string[]) => estimate(experimentOf(texts, { ...options, set }));
  return { path, report: estimate(loaded), experiment: { loaded, reprice } };
};

const chip = chipText();

describe("the inputs of a comparison", () => {
  it("name the line that differs and give it the whole difference", () => {
    const changed = chip.replace("30 pJ/cycle", "45 pJ/cycle");
    const line = chip.split("\n").findIndex((text) => text.includes("30 pJ/cycle")) + 1;
    const { inputs, energy } = compareSides(sideOf("a", {}), sideOf("b", { chip: changed }));
    expect(inputs?.changes).to.have.length(1);
    const [change] = inputs?.changes ?? [];
    expect(change).to.deep.include({
      path: "chip.components.core.energy.active.value",
      before: "30 pJ/cycle",
      after: "45 pJ/cycle",
      timeSeconds: 0,
    });
    expect(change?.writtenAfter).to.include({ path: "memory/chip.yaml", line });
    expect(change?.energyJoules).to.be.closeTo(energy?.differenceJoules ?? 0, 1e-15);
    expect(Math.abs(inputs?.interaction.energyJoules ?? 1)).to.be.below(1e-15);
    expect(
      energy?.changes.map(({ component, of, byCountJoules }) => [component, of, byCountJoules]),
    ).to.deep.equal([["core", "active", 0]]);
  });

  it("show what two changes do together as interaction", () => {
    const changed = chip.replace("30 pJ/cycle", "60 pJ/cycle");
    const after = sideOf("b", { chip: changed, workload: workloadText({ epochs: 4 }) });
    const { inputs, quantities } = compareSides(sideOf("a", {}), after);
    expect(inputs?.changes.map(({ path }) => path)).to.deep.equal([
      "chip.components.core.energy.active.value",
      "workload.training.epochs",
    ]);
    const energy = quantities.find(({ name }) => name === "training energy");
    const byPhase = compareSides(sideOf("a", {}), after).energy?.phases ?? [];
    expect(byPhase.map(({ phase }) => phase)).to.include.members(["forward", "update"]);
    const difference = (energy?.after ?? 0) - (energy?.before ?? 0);
    const inPhases = byPhase.reduce((sum, { differenceJoules }) => sum + differenceJoules, 0);
    expect(inPhases / difference).to.be.closeTo(1, 1e-12);
    const alone = inputs?.changes.reduce((sum, { energyJoules }) => sum + (energyJoules ?? 0), 0) ?? 0;
    const together = alone + (inputs?.interaction.energyJoules ?? 0);
    expect(together).to.be.closeTo((energy?.after ?? 0) - (energy?.before ?? 0), 1e-12);
    // Twice the energy a cycle of twice the cycles: as much again as each of them alone.
    expect(inputs?.interaction.energyJoules).to.be.above(0);
  });

  it("price a component that only one of them has", () => {
    const without = chip.replace(/ {2}dma: .*\n/, "");
    const { inputs, energy } = compareSides(sideOf("a", {}), sideOf("b", { chip: without }));
    const [change] = inputs?.changes ?? [];
    expect(change).to.deep.include({
      path: "chip.components.dma",
      before: { kind: "dma", channels: 1, burst: "16 B" },
      after: null,
      writtenAfter: null,
    });
    expect(change?.energyJoules).to.be.closeTo(energy?.differenceJoules ?? 0, 1e-12);
  });

  it("name what an SRAM's table is multiplied with, and leave out where a firmware's cycles are from", () => {
    const changed = chip.replace("kind: sram,", "kind: sram, calibration: 2,");
    const { inputs, energy } = compareSides(sideOf("a", {}), sideOf("b", { chip: changed }));
    expect(inputs?.changes.map(({ path, after }) => [path, after])).to.deep.equal([
      ["chip.components.sram.calibration", 2],
    ]);
    expect(inputs?.changes[0]?.energyJoules).to.be.closeTo(energy?.differenceJoules ?? 0, 1e-15);
    expect(isDescription(["firmware", "calibration", "cortex-m3"])).to.equal(true);
  });

  it("name what differs in the duty, with what it changes of a day", () => {
    const daily = (trainings: number): Texts => ({ lines: [`duty: {trainingsPerDay: ${trainings}}`] });
    const { inputs, quantities } = compareSides(sideOf("a", daily(1)), sideOf("b", daily(2)));
    const day = quantities.find(({ name }) => name === "energy of a day");
    const difference = (day?.after ?? 0) - (day?.before ?? 0);
    expect(inputs?.changes.map(({ path }) => path)).to.deep.equal(["duty.trainingsPerDay"]);
    expect((inputs?.changes[0]?.dayJoules ?? 0) / difference).to.be.closeTo(1, 1e-12);
    expect(inputs?.changes[0]?.energyJoules).to.equal(0);
    const { inputs: apart } = compareSides(sideOf("a", {}), sideOf("b", daily(2)));
    expect(apart?.interaction.dayJoules).to.equal(null);
  });

  it("find a value below one that comes from a part", () => {
    const shipped = readFileSync("configs/parts/W25Q128JV.yaml", "utf8");
    const part = (ms: number) => ({
      "memory/part.yaml": shipped.replace("typical: 45 ms", `typical: ${ms} ms`),
    });
    const withPart = chip.replace(/part: W25Q128JV/, "part: ./part.yaml");
    const [a, b] = [45, 50].map((ms) => sideOf(String(ms), { chip: withPart, more: part(ms) }));
    if (a === undefined || b === undefined) throw new Error("two sides are needed");
    const { inputs } = compareSides(a, b);
    expect(inputs?.changes.map(({ path, energyJoules }) => [path, energyJoules !== null])).to.deep.equal([
      ["chip.components.flash.time.erase.typical", true],
    ]);
  });

  it("leave what cannot be changed by itself to the interaction", () => {
    // A core of another instruction set has another clock by name, too: neither goes alone.
    const renamed = chip
      .replace("clocks: {core: 48 MHz}", "clocks: {fast: 48 MHz}")
      .replace("clock: core", "clock: fast");
    const { inputs } = compareSides(sideOf("a", {}), sideOf("b", { chip: renamed }));
    expect(inputs?.changes.find(({ path }) => path === "chip.components.core.clock")?.energyJoules).to.equal(
      null,
    );
  });

  it("are none between equal experiments, whatever they are called", () => {
    const { inputs, energy } = compareSides(
      sideOf("a", {}),
      sideOf("b", { chip: chip.replace("test-chip", "other") }),
    );
    expect(inputs?.changes).to.deep.equal([]);
    expect(energy).to.deep.equal({ differenceJoules: 0, changes: [], phases: [], traffic: [] });
  });

  it("are absent beside a report, whose numbers are compared all the same", () => {
    const { report } = sideOf("a", {});
    const { inputs, energy, before } = compareSides({ path: "a.json", report }, sideOf("b", {}));
    expect(inputs).to.equal(undefined);
    expect(before.kind).to.equal("report");
    expect(energy?.differenceJoules).to.equal(0);
  });

  it("are absent where one of them does not fit", () => {
    const large = sideOf("b", {
      chip: chipText({ sramKibibytes: 8, flash: "none" }),
      workload: workloadText({ inputs: 4000 }),
    });
    const { inputs, energy, notes } = compareSides(sideOf("a", {}), large);
    expect([inputs, energy]).to.deep.equal([undefined, undefined]);
    expect(notes).to.deep.equal(["b does not fit its chip, so it has no time and no energy"]);
  });

  it("take a data set of files as one value, found from where its names are written", () => {
    const more = { ...ownData("a", 90, 4), ...ownData("b", 80, 5) };
    const side = (folder: string): Side => sideOf(folder, { workload: ownDataWorkload(folder), more });
    const { inputs, energy } = compareSides(side("a"), side("b"));
    expect(inputs?.changes.map(({ path }) => path)).to.deep.equal(["workload.dataset"]);
    const [change] = inputs?.changes ?? [];
    expect(change?.before).to.include({ trainImages: "memory/a/ti", testLabels: "memory/a/sl" });
    expect(change?.after).to.include({ trainImages: "memory/b/ti", testLabels: "memory/b/sl" });
    expect(change?.writtenAfter).to.include({ path: "memory/workload.yaml" });
    expect(energy?.differenceJoules).to.be.above(0);
    expect(change?.energyJoules).to.equal(energy?.differenceJoules);
    // The same files by another way to name them.
    const named = compareSides(side("a"), side("b"), (path) => path.replace(/\/[ab]\//, "/"));
    expect(named.inputs?.changes).to.deep.equal([]);
    expect(compareSides(side("a"), side("a")).inputs?.changes).to.deep.equal([]);
  });
});
