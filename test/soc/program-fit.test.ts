import { expect } from "chai";
import type { Footprint } from "../../src/data/elf-footprint.js";
import type { Chip } from "../../src/soc/chip.js";
import { fitProgram } from "../../src/soc/program-fit.js";

const program: Footprint = {
  ...{ code: 800, rodata: 150, data: 50, bss: 300, stack: 100, stackFrom: "symbol __stack_size" },
  ...{ flashBytes: 1000, ramBytes: 450, regions: [] },
};

/** Only what the question is about. */
const chip = (sramBytes: number, codeBytes?: number) =>
  ({
    sram: { name: "sram", capacityBytes: sramBytes },
    code: codeBytes === undefined ? undefined : { name: "flash", capacityBytes: codeBytes },
  }) as Chip;

const fits = (sramBytes: number, codeBytes?: number): boolean[] =>
  fitProgram(program, chip(sramBytes, codeBytes)).map((memory) => memory.fits);

describe("a program on a chip", () => {
  it("has its flash in the code memory and its variables in the SRAM, to the last byte", () => {
    expect(
      fitProgram(program, chip(450, 999)).map(({ memory, neededBytes }) => [memory, neededBytes]),
    ).to.deep.equal([
      ["flash", 1000],
      ["sram", 450],
    ]);
    expect(fits(450, 1000)).to.deep.equal([true, true]);
    expect(fits(449, 999)).to.deep.equal([false, false]);
  });

  it("has all of it in the SRAM if there is no code memory, and initial values once", () => {
    expect(fits(1400)).to.deep.equal([true]);
    expect(fits(1399)).to.deep.equal([false]);
  });
});
