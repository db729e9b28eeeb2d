import { expect } from "chai";
import { chipText, experimentOf } from "../experiment/support/experiments.js";

const notesOf = (chip: string): string => experimentOf({ chip }).chip.notes.join("\n");
const cell = "{kind: battery, charge: 225 mAh, voltage: 3 V, cutoff: 2.0 V}";

describe("notes on how a chip is powered", () => {
  it("say which memory cannot use all of a battery's charge, wherever the battery is written", () => {
    const starved =
      /^flash needs 2\.7 V, but the battery's charge is stated down to 2 V: without a converter/m;
    expect(notesOf(chipText().replace("CR2032", cell))).to.match(starved);
    const component = chipText()
      .replace(", battery: CR2032", "")
      .replace("  camera:", `  cell: ${cell}\n  camera:`);
    expect(notesOf(component)).to.match(starved);
    const enough = cell.replace("2.0 V", "2.7 V");
    expect(notesOf(chipText().replace("CR2032", enough))).to.not.match(/needs/);
    const silent = cell.replace(", cutoff: 2.0 V", "");
    expect(notesOf(chipText().replace("CR2032", silent))).to.not.match(/needs/);
  });

  it("say that nothing is lost on the way, unless the chip says what is, or has no battery", () => {
    const lossless = /no supply\.efficiency is given/;
    expect(notesOf(chipText())).to.match(lossless);
    const lossy = chipText().replace("voltage: 3.0 V,", "voltage: 3.0 V, efficiency: 90 %,");
    expect(notesOf(lossy)).to.equal("");
    expect(notesOf(chipText().replace(", battery: CR2032", ""))).to.equal("");
  });

  it("say which memories an operating point scales, and which not", () => {
    const point = "operatingPoint: slow\noperatingPoints: {slow: {voltage: 1.0 V, clocks: {core: 48 MHz}}}";
    const scaled = chipText()
      .replace("voltage: 3.0 V,", "voltage: 3.0 V, core: {voltage: 2.0 V},")
      .replace("clocks: {core: 48 MHz}", point)
      .replace("kind: sram,", "kind: sram, domain: core,");
    expect(notesOf(scaled)).to.match(
      /^operating point slow: at 1 V, dynamic energies of the core, sram are 0\.25 of those at 2 V; code not \(domain: core\);/,
    );
    const all = scaled.replace("kind: embedded-nvm,", "kind: embedded-nvm, domain: core,");
    expect(notesOf(all)).to.match(/of the core, code, sram are 0\.25 of those at 2 V; sleep power,/);
  });

  it("take a linear regulator that has nothing to regulate", () => {
    const core = "core: {voltage: 3.0 V, regulator: linear}";
    const { supply } = experimentOf({
      chip: chipText().replace("battery: CR2032", `battery: CR2032, ${core}`),
    }).chip;
    expect(supply.coreEfficiency).to.equal(1);
  });
});
