import { expect } from "chai";
import { estimate } from "../../src/experiment/estimate.js";
import type { Report } from "../../src/report/report.js";
import { chipText, experimentOf, plainChip, workloadText } from "./support/experiments.js";

const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));

describe("doubling one coefficient at fixed placement", () => {
  const values = (report: Report): Map<string, number> =>
    new Map(
      (report.energy?.entries ?? []).map((entry) => [
        `${entry.component}.${"action" in entry ? entry.action : entry.state}`,
        entry.energyJoules,
      ]),
    );
  const chip = chipText({ ...plainChip, sramKibibytes: 8, banks: 1 });
  const workload = workloadText({ hidden: [120], weightBits: 12 });
  const estimateWith = (set: string[]): Report => estimate(experimentOf({ chip, workload }, { set }));

  for (const [path, single, double, changed] of [
    ["chip.components.core.energy.active", "30 pJ/cycle", "60 pJ/cycle", ["core.active"]],
    ["chip.components.core.power.sleep", "30 uW", "60 uW", ["core.sleep"]],
    ["chip.components.sram.energy.read", "10 pJ/access", "20 pJ/access", ["sram.read"]],
    ["chip.components.sram.energy.write", "10 pJ/access", "20 pJ/access", ["sram.write"]],
    ["chip.components.sram.power.on", "4 uW", "8 uW", ["sram.on"]],
    ["chip.components.code.energy.read", "10 pJ/access", "20 pJ/access", ["code.read"]],
    ["chip.components.flash.current.program", "20 mA", "40 mA", ["flash.program"]],
    ["chip.components.flash.current.erase", "20 mA", "40 mA", ["flash.erase"]],
    ["chip.components.flash.current.standby", "10 uA", "20 uA", ["flash.standby"]],
    [
      "chip.components.flash.current.read",
      "[{clock: 133 MHz, value: 15 mA}]",
      "[{clock: 133 MHz, value: 30 mA}]",
      ["flash.command", "flash.read", "flash.write"],
    ],
    ["chip.components.flash.energy.read", "1 nJ/byte", "2 nJ/byte", ["flash.read"]],
    ["chip.components.dma.energy.transfer", "5 pJ/byte", "10 pJ/byte", ["dma.transfer"]],
    ["chip.components.camera.power.active", "1 mW", "2 mW", ["camera.active"]],
  ] as const) {
    it(`${path} doubles ${changed.join(", ")} and nothing else`, () => {
      const [before, after] = [single, double].map((value) => values(estimateWith([`${path}=${value}`])));
      expect([...(after?.keys() ?? [])]).to.deep.equal([...(before?.keys() ?? [])]);
      for (const [entry, joules] of before ?? []) {
        const factor = (changed as readonly string[]).includes(entry) ? 2 : 1;
        expect(near(after?.get(entry) ?? 0, joules * factor), entry).to.equal(true);
      }
      expect([...(before?.keys() ?? [])]).to.include.members([...changed]);
    });
  }

  it("scales flash with the supply, and SRAM with the square of its own", () => {
    const [low, high] = ["2.8 V", "3.5 V"].map((volts) =>
      values(estimateWith([`chip.supply.voltage=${volts}`])),
    );
    expect(near((high?.get("flash.erase") ?? 0) / (low?.get("flash.erase") ?? 1), 3.5 / 2.8)).to.equal(true);
    const [one, two] = ["0.5 V", "1 V"].map((volts) =>
      values(estimateWith([`chip.components.sram.voltage=${volts}`])),
    );
    expect(near((two?.get("sram.read") ?? 0) / (one?.get("sram.read") ?? 1), 4)).to.equal(true);
  });
});
