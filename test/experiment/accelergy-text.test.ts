import { expect } from "chai";
import { parse } from "yaml";
import { artText, ertText } from "../../src/experiment/accelergy-text.js";
import { estimate } from "../../src/experiment/estimate.js";
import { problemsOf } from "../config/support/problems.js";
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

describe("a table written at an operating point", () => {
  const domain = "core: {voltage: 1.2 V}}";
  const points = "operatingPoint: slow\noperatingPoints: {slow: {voltage: 0.9 V, clocks: {core: 16 MHz}}}\n";
  const slow =
    chipText()
      .replace(/^(supply: \{.*)\}$/m, `$1, ${domain}`)
      .replace("kind: embedded-nvm,", "kind: embedded-nvm, domain: core,") + points;
  const plain = experimentOf({ chip: slow });
  const written = ertText(plain.chip);

  it("says at which voltage the energies of the core's domain hold, and of no others", () => {
    const { ERT } = parse(written) as Ert;
    const atVoltage = ERT.tables.flatMap(({ name, actions }) =>
      actions.flatMap(({ name: action, arguments: given }) =>
        given !== null && "voltage" in given ? [`${name}.${action} ${given.voltage}`] : [],
      ),
    );
    expect(atVoltage).to.deep.equal(["test-chip.core.active 0.9", "test-chip.code.read 0.9"]);
  });

  const taking = slow
    .replace("kind: cpu,", "kind: cpu, from: ert.yaml,")
    .replace(/energy: \{active: .*?\}\}/, "energy: {}")
    .replace("kind: embedded-nvm,", "kind: embedded-nvm, from: ert.yaml,");
  const refusal = (table: string): string =>
    problemsOf(() => experimentOf({ chip: taking, more: { "memory/ert.yaml": table } }))
      .map(({ code, message }) => `${code}: ${message}`)
      .join("\n");

  it("gives the same energies to the chip, whichever point then holds", () => {
    for (const volts of ["0.9 V", "1.1 V", "1.2 V"]) {
      const at = { set: [`chip.operatingPoints.slow.voltage=${volts}`] };
      const wanted = experimentOf({ chip: slow }, at).chip;
      const { core, code } = experimentOf({ chip: taking, more: { "memory/ert.yaml": written } }, at).chip;
      expect(core.actions.active.source).to.match(
        /^Accelergy, table test-chip\.core, x \(1\.2 V \/ 0\.9 V\)\^2/,
      );
      expect(core.actions.active.value / wanted.core.actions.active.value).to.be.closeTo(1, 1e-11);
      expect((code?.actions.read.value ?? 0) / (wanted.code?.actions.read.value ?? 1)).to.be.closeTo(
        1,
        1e-11,
      );
    }
  });

  it("does not take equal energies at two voltages for the same, in either order", () => {
    for (const [first, second] of [
      ["0.9", "1.2"],
      ["1.2", "0.9"],
    ]) {
      const rows = [first, second].map((volts) => `{name: read, arguments: {voltage: ${volts}}, energy: 20}`);
      const table = `ERT: {version: 0.4, tables: [{name: chip.core, actions: [{name: active, arguments: null, energy: 20}]}, {name: chip.code, actions: [${rows.join(", ")}]}]}`;
      expect(refusal(table)).to.match(/^ambiguous-cost: chip\.code has 2 energies for read: say which/);
    }
  });

  for (const volts of ["1.2 V", "-1.2", "0", ".nan", "[1]", "null"]) {
    it(`is refused at a voltage of ${volts}`, () => {
      expect(refusal(written.replaceAll("voltage: 0.9", `voltage: ${volts}`))).to.match(
        /^wrong-type: expected the argument voltage of this energy in volts, a number above 0 such as 1\.2; found /,
      );
    });
  }
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
