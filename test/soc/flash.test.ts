import { expect } from "chai";
import { nodeFiles } from "../../src/data/node-files.js";
import type { LoadOptions } from "../../src/experiment/load.js";
import type { OffChipMemory } from "../../src/soc/components/off-chip-memory.js";
import { listParts, type Part } from "../../src/soc/part-library.js";
import { chipText, experimentOf } from "../experiment/support/experiments.js";
import { chipOf } from "./support/chips.js";

const flashOf = (choice: Parameters<typeof chipOf>[0]): OffChipMemory =>
  chipOf(choice).offChip[0] as OffChipMemory;
const near = (actual: number | undefined, expected: number): void => {
  expect((actual ?? 0) / expected).to.be.closeTo(1, 1e-9);
};

describe("the energies of serial flash at 3.0 V", () => {
  it("of W25Q128JV: 42.0 uJ a page program, 2700 uJ a sector erase", () => {
    const { actions, seconds } = flashOf({ flash: "nor" });
    near(actions.program?.value, 42e-6);
    near(actions.erase?.value, 2700e-6);
    near(seconds.program, 0.7e-3);
    near(seconds.erase, 45e-3);
    near(actions.erase?.high, 3 * 25e-3 * 400e-3);
  });

  it("of W25Q128JV: 1.80 nJ a byte at 50 MHz on four lanes, 1.15 nJ at 104 MHz", () => {
    near(flashOf({ flash: "nor", flashMegahertz: 50 }).actions.read.value, 1.8e-9);
    const fast = flashOf({ flash: "nor", flashMegahertz: 104 });
    near(fast.actions.read.value, (3 * 20e-3) / (104e6 / 2));
    expect(fast.actions.read.value * 1e9).to.be.closeTo(1.15, 0.005);
    expect(8 / fast.bitsPerClock / fast.busHertz).to.equal(1 / 52e6);
  });

  it("of W25Q128JV: a burst's 8 + 24 + 8 clocks before data on the bus", () => {
    const { actions, commandClocks } = flashOf({ flash: "nor", flashMegahertz: 50 });
    expect(commandClocks).to.equal(40);
    near(actions.command.value, (3 * 15e-3 * 40) / 50e6);
  });

  it("of GD5F1GQ4UAYIG: 48 uJ a page, 360 uJ a block erase, 14.4 uJ a page load", () => {
    const { actions, seconds, states } = flashOf({ flash: "nand" });
    near(actions.program?.value, 48e-6);
    near(actions.erase?.value, 360e-6);
    near(actions.load?.value, 14.4e-6);
    near(seconds.load, 120e-6);
    near(states.standby.value, 3 * 70e-6);
    expect(states.powerDown?.value).to.equal(10e-6);
  });

  it("takes the current of the first clock at or above the bus's", () => {
    const read = (flashMegahertz: number) => flashOf({ flash: "nor", flashMegahertz }).actions.read;
    near(read(51).value, (3 * 18e-3) / (51e6 / 2));
    near(read(80).value, (3 * 18e-3) / 40e6);
    expect(read(120).status).to.equal("placeholder");
    expect(read(80).status).not.to.equal("placeholder");
  });
});

describe("a part under a component", () => {
  const chipWith = (set: string[]): ReturnType<typeof chipOf> =>
    experimentOf({ chip: chipText() }, { set } satisfies LoadOptions).chip;

  it("keeps where its figures come from", () => {
    const { chip } = experimentOf();
    const [flash] = chip.offChip;
    expect(flash?.actions.program?.source)
      .to.match(/W25Q128JV\.yaml:\d+/)
      .and.to.include("sec 9.4");
    expect(chip.battery?.capacityJoules).to.be.closeTo(0.225 * 3600 * 3, 1e-6);
    expect(chip.sensor?.bytesPerSecond).to.equal(4.608e6);
    expect(chip.sensor?.states.active.status).to.equal("placeholder");
  });

  it("yields to the component's own values", () => {
    const [flash] = chipWith([
      "chip.components.flash.capacity=1 MiB",
      "chip.components.flash.time.erase={low: 1 ms, typical: 2 ms, high: 3 ms, status: measured}",
    ]).offChip;
    expect(flash?.capacityBytes).to.equal(2 ** 20);
    near(flash?.actions.erase?.value, 3 * 20e-3 * 2e-3);
  });

  it("wins over by energies and powers that the component gives", () => {
    const [flash] = chipWith([
      "chip.components.flash.energy.program={value: 1 uJ/page, status: measured, source: bench}",
      "chip.components.flash.power.standby=5 uW",
    ]).offChip;
    expect(flash?.actions.program).to.include({ value: 1e-6, status: "measured" });
    expect(flash?.states.standby.value).to.equal(5e-6);
  });
});

describe("the shipped parts", () => {
  it("are listed with kind, source and figures", () => {
    const parts = listParts(nodeFiles);
    expect(parts.map(({ name }) => name)).to.include.members([
      "W25Q128JV",
      "GD5F1GQ4UAYIG",
      "KH25L8005",
      "CY15B108QN",
      "EM064LX",
      "CR2032",
      "HM01B0",
    ]);
    for (const part of parts) {
      expect(part.source, part.name).not.to.equal("");
      expect(part.kind).to.be.oneOf(["nor-flash", "nand-flash", "fram", "mram", "sensor", "battery"]);
      expect(part.figures.length).to.be.above(1);
    }
    const program = parts
      .find(({ name }) => name === "W25Q128JV")
      ?.figures.find(({ name }) => name === "current.program");
    expect(program).to.deep.include({ value: "20 mA (20 mA to 25 mA)", status: "datasheet" });
  });

  it("tell how far the clocks of each burst are trusted, beside the clocks", () => {
    const { figures } = listParts(nodeFiles).find(({ name }) => name === "MX25R6435F") as Part;
    const dummy = figures.find(({ name }) => name === "bursts[4].dummy");
    expect(dummy).to.include({ value: "6", status: "derived" });
    expect(dummy?.source).to.match(/^SFDP DW3/);
    const unmarked = listParts(nodeFiles).flatMap((part) =>
      part.figures.filter(
        ({ name, status }) => /dummy$|^current.*(?<!clock|ddr)$|^time|^endurance/.test(name) && status === "",
      ),
    );
    expect(unmarked).to.deep.equal([]);
  });
});
