import { expect } from "chai";
import { estimate } from "../../../src/experiment/estimate.js";
import type { LoadOptions } from "../../../src/experiment/load.js";
import { compareSides, type Side } from "../../../src/studies/compare/compare.js";
import { chipText, experimentOf, type Texts, workloadText } from "../../experiment/support/experiments.js";

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
    const alone = inputs?.changes.reduce((sum, { energyJoules }) => sum + (energyJoules ?? 0), 0) ?? 0;
    const together = alone + (inputs?.interaction.energyJoules ?? 0);
    expect(together).to.be.closeTo((energy?.after ?? 0) - (energy?.before ?? 0), 1e-12);
    // Twice the energy a cycle of twice the cycles: as much again as each of them alone.
    expect(inputs?.interaction.energyJoules).to.be.above(0);
  });

  it("leave what cannot be changed by itself to the interaction", () => {
    const without = chip.replace(/ {2}dma: .*\n/, "");
    const { inputs } = compareSides(sideOf("a", {}), sideOf("b", { chip: without }));
    expect(inputs?.changes).to.deep.include({
      path: "chip.components.dma",
      before: { kind: "dma", channels: 1, burst: "16 B" },
      after: null,
      writtenBefore: inputs?.changes[0]?.writtenBefore,
      writtenAfter: null,
      energyJoules: null,
      timeSeconds: null,
    });
  });

  it("are none between equal experiments, whatever they are called", () => {
    const { inputs, energy } = compareSides(
      sideOf("a", {}),
      sideOf("b", { chip: chip.replace("test-chip", "other") }),
    );
    expect(inputs?.changes).to.deep.equal([]);
    expect(energy).to.deep.equal({ differenceJoules: 0, changes: [], traffic: [] });
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
});
