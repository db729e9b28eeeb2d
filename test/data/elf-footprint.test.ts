import { expect } from "chai";
import { parseElf } from "../../src/data/elf.js";
import { type Footprint, footprintOf } from "../../src/data/elf-footprint.js";
import { type BuiltElf, type BuiltSymbol, buildElf, PROGRAM } from "./support/elf-builder.js";

const footprint = (elf: BuiltElf): Footprint => footprintOf(parseElf(buildElf(elf), "a.elf"));

const withSymbols = (...symbols: BuiltSymbol[]): Footprint => footprint({ ...PROGRAM, symbols });

describe("the footprint of a program", () => {
  it("tells code, constants, initial values and variables apart, and leaves debugging data out", () => {
    expect(footprint(PROGRAM)).to.deep.equal({
      code: 8,
      rodata: 4,
      data: 4,
      bss: 100,
      stack: 1024,
      stackFrom: "symbol __stack_size",
      flashBytes: 16,
      ramBytes: 1128,
      regions: [
        {
          code: 8,
          rodata: 4,
          data: 0,
          bss: 0,
          address: 0x10000000,
          size: 12,
          loadAddress: 0x10000000,
          loadBytes: 12,
        },
        {
          code: 0,
          rodata: 0,
          data: 4,
          bss: 100,
          address: 0x20000000,
          size: 104,
          loadAddress: 0x1000000c,
          loadBytes: 4,
        },
      ],
    });
  });

  it("has a stack of the size that the linker script says, by a size, by its ends or by a section", () => {
    expect(withSymbols({ name: "_Min_Stack_Size", value: 0x400 }).stack).to.equal(1024);
    const ends = withSymbols(
      { name: "__StackLimit", value: 0x20000800 },
      { name: "__StackTop", value: 0x20001000 },
    );
    expect([ends.stack, ends.stackFrom]).to.deep.equal([2048, "symbols __StackLimit and __StackTop"]);
    const stack = { name: ".stack_dummy", address: 0x20000100, flags: "wa", size: 512 };
    const own = footprint({ ...PROGRAM, symbols: [], sections: [...PROGRAM.sections, stack] });
    expect([own.stack, own.bss, own.ramBytes]).to.deep.equal([512, 100, 4 + 100 + 512]);
  });

  it("does not guess a stack", () => {
    const unknown = withSymbols({ name: "__StackTop", value: 0x20001000 });
    expect([unknown.stack, unknown.ramBytes]).to.deep.equal([undefined, 104]);
  });
});
