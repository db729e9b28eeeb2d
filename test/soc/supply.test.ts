import { expect } from "chai";
import fc from "fast-check";
import { estimate } from "../../src/experiment/estimate.js";
import type { Report } from "../../src/report/report.js";
import { dynamicFactor } from "../../src/soc/core-domain.js";
import { problemsOf } from "../config/support/problems.js";
import { chipText, experimentOf } from "../experiment/support/experiments.js";

const POINTS = [
  "operatingPoint: fast",
  "operatingPoints:",
  "  fast: {voltage: 1.2 V, clocks: {core: 48 MHz}}",
  "  slow: {voltage: 0.9 V, clocks: {core: 24 MHz}}",
].join("\n");

/** The test chip with a core domain at 1.2 V, two points, and the memories in the domain or not. */
function chipWith({ core = "voltage: 1.2 V", points = POINTS, domain = "core" } = {}): string {
  return chipText()
    .replace("voltage: 3.0 V,", `voltage: 3.0 V, core: {${core}},`)
    .replace("clocks: {core: 48 MHz}", points)
    .replace("kind: sram,", `kind: sram, domain: ${domain},`)
    .replace("kind: embedded-nvm,", `kind: embedded-nvm, domain: ${domain},`);
}

const estimateOf = (chip: string, set: string[] = []): Report => estimate(experimentOf({ chip }, { set }));

/** Joules of one action, or watts of a state, by component and name. */
function costsOf({ energy }: Report): Map<string, number> {
  return new Map(
    (energy?.entries ?? []).map((entry) =>
      "action" in entry
        ? [`${entry.component}.${entry.action}`, entry.joulesPerAction]
        : [`${entry.component}.${entry.state}`, entry.watts],
    ),
  );
}

const located = (chip: string): string[] =>
  problemsOf(() => experimentOf({ chip })).map(({ path, line, code, message, suggestion }) => {
    const written = chip.split("\n")[line - 1]?.trim() ?? "";
    return `${path} "${written.slice(0, 24)}" ${code} ${message}${suggestion === undefined ? "" : ` (${suggestion}?)`}`;
  });

describe("an operating point", () => {
  it("sets the clock, and scales dynamic energy with the square of the voltage, exactly", () => {
    const [fast, slow] = ["fast", "slow"].map((point) =>
      estimateOf(chipWith(), [`chip.operatingPoint=${point}`]),
    ) as [Report, Report];
    expect([fast.time?.clockHertz, slow.time?.clockHertz]).to.deep.equal([48e6, 24e6]);
    const [at12, at09] = [costsOf(fast), costsOf(slow)];
    expect(at12.get("core.active")).to.equal(30e-12);
    expect(at09.get("core.active")).to.equal(30e-12 * (0.9 / 1.2) ** 2);
    expect(at09.get("code.read")).to.equal(52e-12 * (0.9 / 1.2) ** 2);
    for (const access of ["sram.read", "sram.write"]) {
      expect((at09.get(access) ?? 0) / (at12.get(access) ?? 1)).to.be.closeTo(0.5625, 1e-12);
    }
  });

  it("leaves leakage, sleep power, and what lies in another domain alone", () => {
    const [fast, slow] = ["fast", "slow"].map((point) =>
      costsOf(estimateOf(chipWith({ domain: "own" }), [`chip.operatingPoint=${point}`])),
    ) as [Map<string, number>, Map<string, number>];
    for (const [name, value] of fast) {
      expect(slow.get(name), name).to.equal(name === "core.active" ? value * 0.75 ** 2 : value);
    }
  });

  it("scales a figure that the chip gives from the nominal voltage, and the table's from the table's", () => {
    const given = chipWith().replace("kind: sram,", "kind: sram, energy: {read: 8 pJ/access},");
    expect(costsOf(estimateOf(given, ["chip.operatingPoint=slow"])).get("sram.read")).to.equal(
      8e-12 * 0.5625,
    );
    const own = chipText().replace("kind: sram,", "kind: sram, voltage: 0.9 V,");
    const inDomain = costsOf(estimateOf(chipWith(), ["chip.operatingPoint=slow"]));
    expect(inDomain.get("sram.read")).to.equal(costsOf(estimateOf(own)).get("sram.read"));
  });

  it("is named in the report, with what follows the voltage", () => {
    const report = estimateOf(chipWith(), ["chip.operatingPoint=slow"]);
    expect(report.supply).to.include({ operatingPoint: "slow", coreVolts: 0.9 });
    expect(report.notes.join("\n")).to.include(
      "at 0.9 V, dynamic energies of the core, code, sram are 0.5625",
    );
    const source = report.energy?.entries.find(({ component }) => component === "core")?.source;
    expect(source).to.include("x (0.9 V / 1.2 V)^2");
  });

  it("never raises a dynamic energy when its voltage falls", () => {
    fc.assert(
      fc.property(fc.integer({ min: 60, max: 160 }), fc.integer({ min: 0, max: 30 }), (centivolts, less) => {
        const [high, low] = [centivolts, centivolts - less].map((value) =>
          costsOf(
            estimateOf(chipWith({ core: "voltage: 1.2 V" }), [
              `chip.operatingPoints.fast.voltage=${value / 100} V`,
            ]),
          ),
        ) as [Map<string, number>, Map<string, number>];
        for (const [name, value] of low) expect(value, name).to.be.at.most(high.get(name) ?? 0);
      }),
      { seed: 1, numRuns: 8 },
    );
  });

  it("reproduces the three ranges of the STM32L100 within 12 %", () => {
    // DocID024295 table 15, typical: 9.6 mA at 32 MHz and 1.8 V, 3.9 mA at 16 MHz and 1.5 V, 0.89 mA at 4 MHz and 1.2 V.
    const nominal = (9.6e-3 / 32e6) * 1.8;
    for (const [amperes, hertz, volts] of [
      [3.9e-3, 16e6, 1.5],
      [0.89e-3, 4e6, 1.2],
    ] as const) {
      const published = (amperes / hertz) * volts;
      expect(Math.abs((nominal * dynamicFactor({ nominalVolts: 1.8, volts })) / published - 1)).to.be.below(
        0.12,
      );
    }
  });

  it("is refused where it is unknown, missing, without a nominal voltage or out of range", () => {
    expect(located(chipWith({ points: POINTS.replace("Point: fast", "Point: fats") }))).to.have.length(1);
    expect(located(chipWith({ points: POINTS.replace("Point: fast", "Point: fats") })).join()).to.match(
      /^memory\/chip.yaml "operatingPoint: fats" unknown-value .*"fats"; operating points: fast, slow \(fast\?\)/,
    );
    expect(located(chipWith({ points: POINTS.replace("operatingPoint: fast\n", "") })).join()).to.match(
      /"fast: .*" missing-key expected operatingPoint, the one that holds: fast, slow/,
    );
    const without = chipWith().replace("core: {voltage: 1.2 V},", "").replaceAll("domain: core, ", "");
    expect(located(without)[0]).to.match(/"fast: {voltage: 1.2 V, c" missing-key .*supply.core.voltage/);
    const pointless = chipWith({ points: "operatingPoint: fast\nclocks: {core: 48 MHz}" });
    expect(located(pointless).join()).to.match(
      /unknown-value there is no operating point "fast"; the chip has none/,
    );
    const narrow = located(chipWith({ core: "voltage: 1.2 V, low: 1.0 V, high: 1.3 V" }));
    expect(narrow).to.have.length(1);
    expect(narrow[0]).to.match(/"slow: {voltage: 0.9 V.*" out-of-range .* 1 V to 1.3 V; found 0.9 V/);
    const low = located(chipWith({ core: "voltage: 0.9 V, low: 0.8 V, high: 1.1 V" }));
    expect(low).to.have.length(1);
    expect(low[0]).to.match(/"fast: {voltage: 1.2 V.*" out-of-range .* 0.8 V to 1.1 V; found 1.2 V/);
    const upside = located(chipWith({ core: "voltage: 1.2 V, low: 1.4 V, high: 1.3 V" }));
    expect(upside[0]).to.match(/"supply: .*" does-not-fit .*1.4 V, lies above the highest, 1.3 V/);
  });

  it("is refused if it has no clock that a component runs on, or one that nothing runs on", () => {
    const missing = POINTS.replace("clocks: {core: 48 MHz}", "clocks: {}");
    expect(located(chipWith({ points: missing })).join()).to.match(/unknown-clock .*"core"; clocks: none/);
    const unused = POINTS.replace("clocks: {core: 24 MHz}", "clocks: {cpu: 24 MHz}");
    expect(located(chipWith({ points: unused })).join()).to.match(/"slow: .*" unused-clock .*"cpu"/);
    const shared = `clocks: {core: 12 MHz}\n${missing}`;
    expect(estimateOf(chipWith({ points: shared })).time?.clockHertz).to.equal(12e6);
  });

  it("is refused with an array that has a voltage of its own as well, or with a domain without voltage", () => {
    const both = chipWith().replace("kind: sram,", "kind: sram, voltage: 1 V,");
    expect(located(both).join()).to.match(/"sram: .*" does-not-fit domain: core takes the core's voltage/);
    const none = chipText().replace("kind: sram,", "kind: sram, domain: core,");
    expect(located(none).join()).to.match(/"sram: .*" does-not-fit domain: core needs supply.core.voltage/);
  });
});

describe("what the battery gives", () => {
  const withEfficiency = (text: string): string =>
    chipText().replace("voltage: 3.0 V,", `voltage: 3.0 V, efficiency: ${text},`);

  it("is the load's energy over the supply's efficiency; the entries still sum to the load's", () => {
    const [plain, lossy] = [estimateOf(chipText()), estimateOf(withEfficiency("80 %"))];
    expect(plain.battery?.drawnJoules).to.equal(plain.energy?.energyJoules);
    expect(lossy.energy).to.deep.equal(plain.energy);
    const load = lossy.energy?.energyJoules ?? 0;
    expect(lossy.battery?.drawnJoules).to.be.closeTo(load / 0.8, 1e-12 * load);
    expect(lossy.battery?.trainingsPerCharge).to.be.closeTo((0.8 * 2430) / load, 1e-9);
    expect(lossy.supply).to.include({ efficiency: 0.8, efficiencyStatus: "given" });
    expect(plain.notes.join()).to.include("no supply.efficiency is given");
    expect(lossy.notes.join()).to.not.include("no supply.efficiency is given");
  });

  it("goes through a linear regulator at core voltage over supply, for the core's domain alone", () => {
    const core = "voltage: 1.2 V, regulator: linear";
    const { supply, energy, battery } = estimateOf(chipWith({ core, domain: "own" }));
    expect(supply?.coreEfficiency).to.equal(1.2 / 3);
    const active = energy?.entries.find((entry) => "action" in entry && entry.component === "core");
    const load = energy?.energyJoules ?? 0;
    const loss = (active?.energyJoules ?? 0) * (3 / 1.2 - 1);
    expect(battery?.drawnJoules).to.be.closeTo(load + loss, 1e-12 * load);
    const more = estimateOf(chipWith({ core })).battery?.drawnJoules ?? 0;
    expect(more, "memories in the domain lose as well").to.be.above(battery?.drawnJoules ?? 0);
  });

  it("is refused a battery without charge", () => {
    const chip = chipText().replace(
      "battery: CR2032",
      "battery: {kind: battery, charge: 0 mAh, voltage: 3 V}",
    );
    expect(located(chip).join()).to.match(/"supply: .*" out-of-range .*charge.* above 0/);
  });

  it("is refused an efficiency of nothing or above one, and a regulator that would have to raise the voltage", () => {
    for (const text of ["0 %", "101 %", "{value: 0 %, status: estimate}"]) {
      expect(located(withEfficiency(text)).join(), text).to.match(/"supply: .*" out-of-range .*0 %/);
    }
    const raising = located(chipWith({ core: "voltage: 3.3 V, regulator: linear" }));
    expect(raising[0]).to.match(/"supply: .*" does-not-fit a linear regulator cannot make 3.3 V.* 3 V/);
  });
});
