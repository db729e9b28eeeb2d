import { expect } from "chai";
import { pricesOf } from "../../../src/soc/placement/prices.js";
import { chipOf } from "../support/chips.js";

/** A core of 48 MHz, an SRAM of 32 bit, a NOR flash of four lanes at 50 MHz whose bursts take 40 clocks before data. */
const chip = chipOf();
const [flash] = chip.offChip as [(typeof chip.offChip)[number]];
const near = (found: number, wanted: number): void => {
  expect(found).to.be.closeTo(wanted, wanted * 1e-12);
};

describe("prices of moves between chip and memory", () => {
  it("are seconds of the bus, of programs and of erases where time is wanted", () => {
    const time = pricesOf(chip, "time", () => 0);
    near(time.fill(flash, 100, 1), (40 + 200) / 50e6);
    near(time.write(flash, 100), (40 + 200) / 50e6);
    near(time.merge(100), (2 * 25) / 48e6);
    near(time.program(flash, 300), 40 / 50e6 + 45e-3 + (40 + 512) / 50e6 + (40 + 88) / 50e6 + 2 * 0.7e-3);
  });

  it("are those of a page's load beside its burst in a NAND", () => {
    const paged = chipOf({ flash: "nand" });
    const [nand] = paged.offChip as [(typeof chip.offChip)[number]];
    const { commandClocks, busHertz, seconds } = nand;
    near(
      pricesOf(paged, "time", () => 0).fill(nand, 100, 2),
      2 * seconds.load + (4 * commandClocks + 200) / busHertz,
    );
  });

  it("are joules of bus, SRAM and DMA engine where energy is wanted", () => {
    const energy = pricesOf(chip, "energy", () => 0);
    const { command, read } = flash.actions;
    near(
      energy.fill(flash, 100, 1),
      command.value +
        100 * read.value +
        25 * chip.sram.actions.write.value +
        100 * (chip.dma?.actions.transfer.value ?? 0),
    );
  });

  it("are those of the copying core without a DMA engine, in time where it is slower than the bus", () => {
    const copying = chipOf({ dma: false });
    const [serial] = copying.offChip as [typeof flash];
    near(pricesOf(copying, "time", (bytes) => 8 * bytes).fill(serial, 100, 1), 800 / 48e6);
    near(
      pricesOf(copying, "energy", (bytes) => 8 * bytes).merge(100),
      25 * (copying.sram.actions.read.value + copying.sram.actions.write.value) + 800 * 30e-12,
    );
  });

  it("are nothing for nothing", () => {
    const time = pricesOf(chip, "time", (bytes) => 8 * bytes);
    expect([time.fill(flash, 0, 0), time.write(flash, 0)]).to.deep.equal([0, 0]);
  });
});
