import { expect } from "chai";
import fc from "fast-check";
import { DataError } from "../../src/data/data-error.js";
import { type Elf, parseElf } from "../../src/data/elf.js";
import { buildElf, PROGRAM, PROGRAM_HEADERS_AT } from "./support/elf-builder.js";

const read = (bytes: Uint8Array): Elf => parseElf(bytes, "a.elf");

/** The program with `bytes` written over at `at`; negative: from the end on. */
function damaged(at: number, ...bytes: number[]): Uint8Array {
  const file = buildElf(PROGRAM);
  file.set(bytes, at < 0 ? file.length + at : at);
  return file;
}

/** Section headers of the program from the end: 3 tables, 5 sections and the empty one, of 40 bytes each. */
const headerOf = (section: number): number => -40 * (9 - section);
const SYMBOL_TABLE = 6;
const SYMBOL_NAMES = 7;

const OWN_SYMBOLS = ["learn", "cells", "__stack_size"];

describe("an ELF file", () => {
  it("gives machine, entry, sections, segments and symbols", () => {
    const { machine, entry, sections, segments, symbols } = read(buildElf(PROGRAM));
    expect([machine, entry]).to.deep.equal(["arm", 0x10000001]);
    expect(sections.filter(({ isInMemory }) => isInMemory).map(({ name }) => name)).to.deep.equal([
      ".text",
      ".rodata",
      ".data",
      ".bss",
    ]);
    expect(sections.find(({ name }) => name === ".bss")).to.deep.equal({
      name: ".bss",
      address: 0x20000004,
      size: 100,
      isInMemory: true,
      isWritable: true,
      isExecutable: false,
      hasBytes: false,
    });
    expect(segments).to.have.lengthOf(2);
    expect(segments[1]).to.deep.equal({
      address: 0x20000000,
      loadAddress: 0x1000000c,
      bytes: Uint8Array.of(5, 6, 7, 8),
      size: 104,
      isWritable: true,
    });
    expect(segments[0]?.isWritable).to.equal(false);
    expect(symbols).to.deep.equal([
      { name: "learn", value: 0x10000000, size: 4, kind: "function" },
      { name: "cells", value: 0x20000004, size: 96, kind: "object" },
      { name: "__stack_size", value: 1024, size: 0, kind: "other" },
    ]);
  });

  it("keeps odd addresses of functions where bit 0 is no sign of Thumb", () => {
    const { machine, symbols } = read(buildElf({ ...PROGRAM, machine: 243 }));
    expect(machine).to.equal("riscv");
    expect(symbols.find(({ name }) => name === "learn")?.value).to.equal(0x10000001);
  });

  it("may be without sections, which a loader does not need", () => {
    const file = damaged(32, 0, 0, 0, 0);
    file.set([0, 0, 0, 0], 48);
    expect(read(file)).to.deep.include({ sections: [], symbols: [] });
    expect(read(file).segments).to.have.lengthOf(2);
  });

  const refused: readonly (readonly [string, Uint8Array, string])[] = [
    ["another kind of file", damaged(1, 0x46), "wrong-magic: this is no ELF file"],
    ["an empty file", new Uint8Array(0), "truncated: ends before an ELF file says what it is"],
    ["64 bits", damaged(4, 2), "unsupported: this is no 32-bit ELF file"],
    ["big-endian", damaged(5, 2), "unsupported: this is no little-endian"],
    [
      "an object file",
      buildElf({ ...PROGRAM, type: 1 }),
      "unsupported: this is a relocatable object file: link it first",
    ],
    [
      "a shared object",
      buildElf({ ...PROGRAM, type: 3 }),
      "unsupported: this is a shared or position-independent object",
    ],
    [
      "another machine",
      buildElf({ ...PROGRAM, machine: 62 }),
      "unsupported: it is for machine 62; known are 40 (ARM), 243",
    ],
    ["program headers of another size", damaged(42, 56), "unsupported: its program headers have 56 bytes"],
    ["section headers of another size", damaged(46, 64), "unsupported: its section headers have 64 bytes"],
    ["a huge count of sections", damaged(48, 0xff, 0xff), "unsupported: it has 65280 sections or more"],
    [
      "more sections than bytes",
      damaged(48, 0xff, 0x7f),
      "truncated: the section table is said to be at bytes",
    ],
    [
      "more segments than bytes",
      damaged(44, 0xff, 0xff),
      "truncated: the program header table is said to be",
    ],
    ["names in no section", damaged(50, 99), "damaged: section names are said to be in section 99 of 9"],
    [
      "names in no table of strings",
      damaged(50, 1),
      "damaged: names are said to be here, but this is no table of strings",
    ],
    [
      "a section out of the file",
      damaged(headerOf(1) + 19, 0x7f),
      "truncated: section .text is said to be at bytes",
    ],
    [
      "a name out of its table",
      damaged(headerOf(1) + 3, 0x7f),
      "damaged: a section's name is said to be at byte 2130706",
    ],
    [
      "a symbol table of half entries",
      damaged(headerOf(SYMBOL_TABLE) + 20, 7),
      "damaged: its symbol table has 7 bytes",
    ],
    [
      "symbol names in no section",
      damaged(headerOf(SYMBOL_TABLE) + 24, 50),
      "damaged: symbol names are said to be in section 50",
    ],
    [
      "names without an end",
      damaged(headerOf(SYMBOL_NAMES) + 20, 4),
      "damaged: a symbol's name is said to be at byte",
    ],
    [
      "a segment out of the file",
      damaged(PROGRAM_HEADERS_AT + 7, 0x7f),
      "truncated: the segment at 0x10000000 is said to be",
    ],
    [
      "a segment smaller than its bytes",
      damaged(PROGRAM_HEADERS_AT + 20, 1),
      "damaged: the segment at 0x10000000 has 12 bytes in the file, and only 1",
    ],
    [
      "a segment past the last address",
      damaged(PROGRAM_HEADERS_AT + 8, 0xff, 0xff, 0xff, 0xff),
      "damaged: the segment of program header 0 of 12 bytes at 0xffffffff passes the last address",
    ],
    [
      "segments that overlap",
      damaged(PROGRAM_HEADERS_AT + 32 + 8, 4, 0, 0, 0x10),
      "damaged: the segment of program header 1 at 0x10000004 overlaps",
    ],
    [
      "segments loaded from the same bytes",
      damaged(PROGRAM_HEADERS_AT + 32 + 12, 8, 0, 0, 0x10),
      "damaged: the segment of program header 1 at 0x10000008 overlaps",
    ],
    [
      "sections that overlap",
      damaged(headerOf(2) + 12, 4),
      "damaged: section .rodata at 0x10000004 overlaps section .text",
    ],
  ];
  for (const [what, file, message] of refused) {
    it(`is refused with its byte and reason: ${what}`, () => {
      expect(() => read(file)).to.throw(DataError, message);
    });
  }

  it("is refused wherever it ends too early", () => {
    const file = buildElf(PROGRAM);
    for (let length = 0; length < file.length; length++) {
      expect(() => read(file.subarray(0, length)), `${length} bytes`).to.throw(DataError, "truncated");
    }
  });

  it("is read or refused, whatever its bytes are", () => {
    const file = buildElf(PROGRAM);
    const change = fc.tuple(fc.nat(file.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
        const bytes = file.slice();
        for (const [at, value] of changes) bytes[at] = value;
        try {
          read(bytes);
        } catch (error) {
          expect(error).to.be.instanceOf(DataError);
        }
      }),
      { numRuns: 3000, seed: 5 },
    );
  });

  it("does not let each of many symbols name the whole file", () => {
    const name = "n".repeat(5000);
    const file = buildElf({ ...PROGRAM, symbols: [{ name, value: 0 }] });
    expect(() => read(file)).to.throw(DataError, "has no end there or after 4096 bytes");
    expect(read(buildElf(PROGRAM)).symbols.map((symbol) => symbol.name)).to.deep.equal(OWN_SYMBOLS);
  });
});
