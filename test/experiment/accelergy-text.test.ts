import { expect } from "chai";
import { parse } from "yaml";
import { artText, ertText } from "../../src/experiment/accelergy-text.js";
import { estimate } from "../../src/experiment/estimate.js";
import { chipText, experimentOf } from "./support/experiments.js";

interface Ert {
  readonly ERT: {
    readonly version: number;
    readonly tables: readonly {
      readonly name: string;
      readonly actions: readonly {
        readonly name: string;
        readonly arguments: object | null;
        readonly energy: number;
      }[];
    }[];
  };
}

const { chip } = experimentOf();

describe("an Accelergy energy reference table", () => {
  it("has every action of every component, in picojoules", () => {
    const { ERT } = parse(ertText(chip)) as Ert;
    expect(ERT.version).to.equal(0.4);
    expect(ERT.tables.map(({ name }) => name)).to.deep.equal(
      ["core", "sram", "code", "flash", "dma", "camera"].map((name) => `test-chip.${name}`),
    );
    const [core, sram] = ERT.tables;
    expect(core?.actions[0]).to.deep.equal({ name: "active", arguments: null, energy: 30 });
    const write = sram?.actions.find(({ name }) => name === "write");
    expect(write?.energy).to.be.closeTo(chip.sram.actions.write.value * 1e12, 1e-9);
    const leak = sram?.actions.find(({ name }) => name === "leak");
    expect(leak?.energy).to.be.closeTo((chip.sram.states.on.value / 48e6) * 1e12, 1e-9);
    expect(ertText(chip)).to.match(/energy: 30 # pJ\/cycle, placeholder/);
  });

  it("writes small numbers so that YAML 1.1 reads numbers", () => {
    const fast = { ...chip, core: { ...chip.core, clockHertz: 1e8 } };
    expect(ertText(fast)).to.match(/global_cycle_seconds: 1\.0e-8$/m);
  });

  it("gives the same energies to a chip that takes its costs from it", () => {
    const wanted = estimate(experimentOf());
    const from = (kind: string): string => `kind: ${kind}, from: ert.yaml,`;
    const taking = chipText()
      .replace("kind: cpu,", from("cpu"))
      .replace("active: {value: 30 pJ/cycle, status: placeholder}", "active: 30 pJ/cycle")
      .replace("kind: sram,", from("sram"))
      .replace("kind: embedded-nvm,", from("embedded-nvm"))
      .replace("kind: nor-flash,", from("nor-flash"))
      .replace("kind: dma,", from("dma"));
    const found = estimate(experimentOf({ chip: taking, more: { "memory/ert.yaml": ertText(chip) } }));
    for (const [index, entry] of (wanted.energy?.entries ?? []).entries()) {
      const other = found.energy?.entries[index];
      expect(other?.energyJoules).to.be.closeTo(entry.energyJoules, entry.energyJoules * 1e-11);
      if ("action" in entry && entry.component !== "core")
        expect(other?.source).to.match(/^Accelergy, table test-chip\./);
    }
  });
});

describe("an Accelergy area reference table", () => {
  it("has the SRAM's area in square micrometres, and nothing that is not known", () => {
    const { ART } = parse(artText(chip)) as { ART: { tables: { name: string; area: number }[] } };
    expect(ART.tables.map(({ name }) => name)).to.deep.equal(["test-chip.sram"]);
    expect(ART.tables[0]?.area).to.be.closeTo((chip.sram.area?.squareMillimetres ?? 0) * 1e6, 1e-3);
    const unknown = { ...chip, sram: { ...chip.sram, area: undefined } };
    expect(parse(artText(unknown))).to.deep.equal({ ART: { version: 0.4, tables: [] } });
  });
});
