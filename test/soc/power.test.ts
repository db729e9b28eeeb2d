import { expect } from "chai";
import fc from "fast-check";
import { estimate } from "../../src/experiment/estimate.js";
import { type Moment, momentsOf, type RunOptions } from "../../src/soc/power.js";
import { quickExperiment } from "../experiment/support/experiments.js";
import { chipOf } from "./support/chips.js";

const chip = chipOf({ coreMegahertz: 48, flashMegahertz: 50 });
const bare = chipOf({ coreMegahertz: 48, flashMegahertz: 50, dma: false });
const single: RunOptions = { wait: "sleep", offChipIdle: "standby", overlaps: false };
const everything = () => true;

const named = (moments: readonly Moment[], name: string): Moment => {
  const found = moments.find((moment) => moment.name === name);
  if (found === undefined)
    throw new Error(`no ${name} in ${moments.map((moment) => moment.name).join(", ")}`);
  return found;
};
const blocks = ({ blocks: list }: Moment): string[] =>
  list.map(({ component, action, state }) => `${component} ${action ?? state}`);
const watts = ({ blocks: list }: Moment, component: string, doing: string): number =>
  list.find((block) => block.component === component && (block.action ?? block.state) === doing)?.watts ?? 0;
const sum = ({ blocks: list }: Moment): number => list.reduce((total, block) => total + block.watts, 0);

describe("the moments of a run", () => {
  const moments = momentsOf(chip, chip.sensor, single, everything);

  it("are kernels at the highest rate of core, fetches and the SRAM's port, all else idle", () => {
    const kernel = named(moments, "kernel");
    expect(blocks(kernel)).to.deep.equal([
      "core active",
      "code fetch",
      "sram access",
      "sram on",
      "flash standby",
      "camera standby",
    ]);
    expect(watts(kernel, "core", "active")).to.equal(30e-12 * 48e6);
    // 32-bit words feed two cycles of 16-bit instructions.
    expect(watts(kernel, "code", "fetch")).to.equal((52e-12 * 48e6) / 2);
    const { read, write } = chip.sram.actions;
    expect(watts(kernel, "sram", "access")).to.equal(Math.max(read.value, write.value) * 48e6);
  });

  it("are an operation of the flash, the core asleep: energy over the time that it takes", () => {
    const erase = named(moments, "erase of flash");
    expect(blocks(erase)).to.deep.equal(["core sleep", "sram on", "flash erase", "camera standby"]);
    // 20 mA at 3 V, whatever the time (W25Q128JV).
    expect(watts(erase, "flash", "erase")).to.be.closeTo(60e-3, 1e-12);
    // 15 mA at 3 V and 50 MHz.
    expect(watts(named(moments, "read of flash"), "flash", "read")).to.be.closeTo(45e-3, 1e-12);
    expect(watts(named(moments, "command of flash"), "flash", "command")).to.be.closeTo(45e-3, 1e-12);
  });

  it("are a burst beside the SRAM and the DMA engine, at the rate of the bus", () => {
    const read = named(moments, "read of flash");
    expect(blocks(read)).to.include.members(["core sleep", "sram access", "dma transfer"]);
    expect(watts(read, "dma", "transfer")).to.be.closeTo(6e-12 * 25e6, 1e-18);
    const copied = named(momentsOf(bare, bare.sensor, single, everything), "read of flash");
    expect(blocks(copied)).to.include.members(["core active", "code fetch", "sram access"]);
  });

  it("are only those that happen", () => {
    const happens = (component: string, action: string) => component === "flash" && action === "erase";
    const few = momentsOf(chip, chip.sensor, single, happens);
    expect(few.map(({ name }) => name)).to.deep.equal(["kernel", "erase of flash"]);
  });

  it("have an active core that polls, without fetches, and one that computes if buffers are double", () => {
    const polling = named(
      momentsOf(chip, chip.sensor, { ...single, wait: "poll" }, everything),
      "erase of flash",
    );
    expect(blocks(polling)).to.include("core active").and.to.not.include("code fetch");
    const overlapping = momentsOf(chip, chip.sensor, { ...single, overlaps: true }, everything);
    expect(blocks(named(overlapping, "erase of flash"))).to.include.members([
      "core active",
      "code fetch",
      "sram access",
      "flash erase",
      "camera active",
    ]);
    for (const moment of moments) {
      const same = named(overlapping, moment.name);
      expect(sum(same), moment.name).to.be.at.least(sum(moment));
    }
  });
});

describe("the peak power of a training", () => {
  it("is the sum over its blocks, and never below the average of any phase", () => {
    const chips = fc.record({
      sramKibibytes: fc.constantFrom(8, 16, 64),
      widthBits: fc.constantFrom(8, 32, 64),
      coreMegahertz: fc.integer({ min: 1, max: 200 }),
      dma: fc.boolean(),
      code: fc.boolean(),
      flash: fc.constantFrom("nor" as const, "none" as const),
    });
    const wait = fc.constantFrom("sleep" as const, "poll" as const);
    fc.assert(
      fc.property(chips, wait, (choice, waits) => {
        const { power } = estimate(quickExperiment(choice, {}, { options: { wait: waits } }));
        if (power === undefined) return;
        const { peakWatts, peakPhaseWatts, averageWatts, peakBlocks } = power;
        expect(peakPhaseWatts).to.be.at.least(averageWatts * (1 - 1e-12));
        const total = peakBlocks.reduce((all, block) => all + block.watts, 0);
        expect(peakWatts).to.equal(total);
        expect(total).to.be.at.least(peakPhaseWatts);
      }),
      { seed: 1, numRuns: 25 },
    );
  });
});
