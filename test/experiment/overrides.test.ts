import { expect } from "chai";
import fc from "fast-check";
import { problemsOf } from "../config/support/problems.js";
import { experimentOf, type Texts } from "./support/experiments.js";

const codes = (set: string[], texts: Texts = {}): string[] =>
  problemsOf(() => experimentOf(texts, { set })).map(({ path, code }) => `${path} ${code}`);

describe("a --set that changes nothing that there is", () => {
  for (const [set, expected] of [
    ["chip.clocks.typo=24 MHz", "--set unknown-path"],
    ["chip.clock.core=24 MHz", "--set unknown-key"],
    ["chip.components.sramm.capacity=1 KiB", "--set unknown-path"],
    ["chip.components.sram.capcity=1 KiB", "--set unknown-key"],
    ["chip.components.dma.clock=core", "--set unknown-key"],
    ["firmware.options.gradiant=replay", "--set unknown-key"],
    ["firmware.kernels.forwards=[]", "--set unknown-key"],
    ["workload.training.epoch=3", "--set unknown-key"],
    ["workload.network.hidden.3=10", "--set bad-path"],
    ["chips.clocks.core=24 MHz", "--set unknown-path"],
    ["chip=24 MHz", "--set unknown-path"],
    ["=24 MHz", "--set bad-set"],
    ["chip.clocks.core", "--set bad-set"],
    ["chip.clocks.core=", "--set empty"],
    ["chip..core=3", "--set bad-path"],
    ["chip.__proto__.x=3", "--set forbidden-key"],
    ["chip.clocks.core.x=3", "--set bad-path"],
    ["chip.clocks.core=24", "--set bare-number"],
    ["chip.clocks.core=24 mV", "--set wrong-dimension"],
    ["chip.clocks.core=[24 MHz", "--set syntax"],
    ["chip.supply.voltage=5 V", "does-not-fit"],
    ["chip.process.node=28 nm", "--set not-in-table"],
    ["chip.process.node=65.4 nm", "--set not-in-table"],
    ["chip.process.temperature=400 K", "--set not-in-table"],
    ["chip.components.sram.width=24 bit", "--set not-in-table"],
    ["chip.components.sram.capacity=64 MiB", "--set not-in-table"],
    ["chip.components.sram.capacity=0.3 KiB", "--set"],
    ["chip.components.sram.capacity=8.0001 KiB", "--set out-of-range"],
    ["chip.components.flash.page=256.5 B", "--set out-of-range"],
    ["chip.components.core.clock=fast", "--set unknown-clock"],
    ["chip.components.core.clock=toString", "--set unknown-clock"],
    ["chip.components.flash.bus.clock=140 MHz", "--set does-not-fit"],
    ["chip.components.flash.bus.lanes=2", "--set does-not-fit"],
    ["chip.components.flash.part=W25Q128JW", "--set unknown-part"],
    ["chip.components.flash.part=CR2032", "--set wrong-part"],
    ["chip.components.flash.part=./none.yaml", "--set missing-file"],
    ["chip.supply.battery=CR2023", "--set unknown-part"],
    ["workload.storage.iterations=20", "--set out-of-range"],
    ["workload.storage.iterations=9", "--set out-of-range"],
  ] as const) {
    it(`${set} is refused: ${expected}`, () => {
      expect(codes([set]).join()).to.include(expected);
    });
  }

  it("suggests the part that was meant", () => {
    const [problem] = problemsOf(() => experimentOf({}, { set: ["chip.components.flash.part=W25Q128JW"] }));
    expect(problem?.suggestion).to.equal("W25Q128JV");
  });

  it("never throws anything but located problems, whatever the path and value", () => {
    const paths = fc.constantFrom(
      "chip.components.sram.capacity",
      "chip.components.sram.width",
      "chip.components.sram.banks",
      "chip.components.flash.page",
      "chip.components.flash.sector",
      "chip.components.flash.bursts",
      "chip.components.flash.endurance",
      "chip.components.core",
      "chip.components",
      "chip.supply.battery",
      "chip.components.flash.part",
      "chip.clocks",
      "chip.process.node",
      "chip",
      "firmware.kernels.load",
      "firmware.kernels",
      "firmware.samples.from",
      "firmware.memory.stack",
      "workload.network.hidden",
      "workload.dataset",
      "workload.storage.weightBits",
      "workload.training.patience",
      "workload.numerics",
      "chip.name",
    );
    const values = fc.constantFrom(
      "0",
      "-1",
      "1.5",
      "null",
      "true",
      "''",
      "[]",
      "{}",
      "[1, 2]",
      "{a: b}",
      "0 B",
      "0.5 B",
      "3 bit",
      "0.5 bit",
      "1 GiB",
      "1e400",
      ".nan",
      "toString",
      "2 KiB",
      "7 nm",
      "sensor",
      "flash",
      "[[[]]]",
      "1 B",
    );
    fc.assert(
      fc.property(paths, values, (path, value) => {
        try {
          experimentOf({}, { set: [`${path}=${value}`] });
        } catch (error) {
          expect((error as Error).name, (error as Error).stack).to.equal("ConfigError");
        }
      }),
      { seed: 1, numRuns: 25 },
    );
  });
});
