/** A section to build; its bytes lie in the file unless it only has a `size`. */
export interface BuiltSection {
  readonly name: string;
  readonly address: number;
  readonly flags: string;
  readonly bytes?: readonly number[];
  readonly size?: number;
}

export interface BuiltSymbol {
  readonly name: string;
  readonly value: number;
  readonly size?: number;
  /** 1 object, 2 function, 3 section, 4 file. */
  readonly type?: number;
  /** 0 is of another object file. */
  readonly section?: number;
}

/** A segment with the sections of these names, in the file in this order, loaded from elsewhere if so said. */
export interface BuiltSegment {
  readonly sections: readonly string[];
  readonly loadAddress?: number;
}

export interface BuiltElf {
  readonly machine?: number;
  readonly type?: number;
  readonly entry?: number;
  readonly sections: readonly BuiltSection[];
  readonly segments?: readonly BuiltSegment[];
  readonly symbols?: readonly BuiltSymbol[];
}

const FLAGS: Readonly<Record<string, number>> = { w: 1, a: 2, x: 4 };

/** Where program headers lie in a file of {@link buildElf}, for tests that damage them. */
const HEADER_BYTES = 52;
export const PROGRAM_HEADERS_AT = HEADER_BYTES;

class Bytes {
  readonly all: number[] = [];
  put(value: number, bytes: number): this {
    for (let i = 0; i < bytes; i++) this.all.push(Math.floor(value / 256 ** i) % 256);
    return this;
  }
  words(...values: number[]): this {
    for (const value of values) this.put(value, 4);
    return this;
  }
  halves(...values: number[]): this {
    for (const value of values) this.put(value, 2);
    return this;
  }
}

/** Names one behind the other, each ended by a 0, and where each begins. */
function strings(names: readonly string[]) {
  const bytes = [0];
  const offsets = names.map((name) => {
    const at = bytes.length;
    bytes.push(...new TextEncoder().encode(name), 0);
    return at;
  });
  return { bytes, offsets };
}

/** An ELF32 little-endian file as a linker would write it: header, program headers, contents, section headers. */
export function buildElf({
  machine = 40,
  type = 2,
  entry = 0,
  sections,
  segments = [],
  symbols = [],
}: BuiltElf): Uint8Array {
  const symbolNames = strings(symbols.map(({ name }) => name));
  const table = new Bytes().words(0, 0, 0, 0);
  for (const [i, { value, size = 0, type: kind = 0, section = 1 }] of symbols.entries()) {
    table
      .words(symbolNames.offsets[i] as number, value, size)
      .put(kind, 1)
      .put(0, 1)
      .halves(section);
  }
  const names = strings([...sections.map(({ name }) => name), ".symtab", ".strtab", ".shstrtab"]);
  const contents = [...sections.map(({ bytes = [] }) => bytes), table.all, symbolNames.bytes, names.bytes];
  const firstAt = PROGRAM_HEADERS_AT + 32 * segments.length;
  const offsets = contents.map(
    (_, i) => firstAt + contents.slice(0, i).reduce((sum, { length }) => sum + length, 0),
  );
  const sectionsAt = firstAt + contents.reduce((sum, { length }) => sum + length, 0);
  const count = contents.length + 1;

  const file = new Bytes().put(0x464c457f, 4).put(1, 1).put(1, 1).put(1, 1).put(0, 9);
  file.halves(type, machine).words(1, entry, segments.length === 0 ? 0 : PROGRAM_HEADERS_AT, sectionsAt, 0);
  file.halves(HEADER_BYTES, 32, segments.length, 40, count, count - 1);
  for (const { sections: members, loadAddress } of segments) {
    const indices = members.map((name) => sections.findIndex((section) => section.name === name));
    const first = sections[indices[0] as number] as BuiltSection;
    const last = sections[indices.at(-1) as number] as BuiltSection;
    const inFile = indices.reduce((sum, i) => sum + (contents[i]?.length ?? 0), 0);
    const flags = indices.some((index) => sections[index]?.flags.includes("w")) ? 6 : 5;
    const inMemory = last.address + (last.bytes?.length ?? last.size ?? 0) - first.address;
    file.words(
      1,
      offsets[indices[0] as number] as number,
      first.address,
      loadAddress ?? first.address,
      inFile,
      inMemory,
      flags,
      4,
    );
  }
  for (const bytes of contents) file.all.push(...bytes);
  file.words(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  for (const [i, { address, flags, bytes, size }] of sections.entries()) {
    const bits = [...flags].reduce((sum, flag) => sum + (FLAGS[flag] as number), 0);
    const length = bytes?.length ?? size ?? 0;
    file.words(
      names.offsets[i] as number,
      bytes === undefined ? 8 : 1,
      bits,
      address,
      offsets[i] as number,
      length,
      0,
      0,
      4,
      0,
    );
  }
  const own = sections.length;
  const tail = [
    { type: 2, link: own + 2, entry: 16 },
    { type: 3, link: 0, entry: 0 },
    { type: 3, link: 0, entry: 0 },
  ];
  for (const [i, { type: kind, link, entry: entsize }] of tail.entries()) {
    const length = (contents[own + i] as readonly number[]).length;
    file.words(
      names.offsets[own + i] as number,
      kind,
      0,
      0,
      offsets[own + i] as number,
      length,
      link,
      0,
      4,
      entsize,
    );
  }
  return Uint8Array.from(file.all);
}

/** A small program as linkers make them: code and constants in flash, initial values behind them, variables in RAM. */
export const PROGRAM: BuiltElf = {
  entry: 0x10000001,
  sections: [
    { name: ".text", address: 0x10000000, flags: "ax", bytes: [0x70, 0x47, 0x70, 0x47, 0, 0, 0, 0] },
    { name: ".rodata", address: 0x10000008, flags: "a", bytes: [1, 2, 3, 4] },
    { name: ".data", address: 0x20000000, flags: "wa", bytes: [5, 6, 7, 8] },
    { name: ".bss", address: 0x20000004, flags: "wa", size: 100 },
    { name: ".comment", address: 0, flags: "", bytes: [65, 66] },
  ],
  segments: [{ sections: [".text", ".rodata"] }, { sections: [".data", ".bss"], loadAddress: 0x1000000c }],
  symbols: [
    { name: "trainer.c", value: 0, type: 4, section: 0xfff1 },
    { name: "$t", value: 0x10000000 },
    { name: "learn", value: 0x10000001, size: 4, type: 2 },
    { name: "cells", value: 0x20000004, size: 96, type: 1, section: 4 },
    { name: "elsewhere", value: 0, section: 0 },
    { name: "__stack_size", value: 1024, section: 0xfff1 },
  ],
};
