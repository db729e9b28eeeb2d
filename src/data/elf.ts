import { DataError } from "./data-error.js";
import { FILE_HEADER, type FileHeader, IDENT_BYTES, PROGRAM_HEADER, SECTION_HEADER } from "./elf-headers.js";
import { bytesAt, checkApart, type ElfFile, hex, type Located, recordsAt } from "./elf-ranges.js";
import { type ElfSymbol, readSymbols, stringAt } from "./elf-symbols.js";

/** Machines whose firmware rebit knows, by their number (EM_ARM, EM_RISCV). */
const MACHINES = new Map<number, "arm" | "riscv">([
  [40, "arm"],
  [243, "riscv"],
]);

const EXECUTABLE = 2;
const OTHER_TYPES: Readonly<Record<number, string>> = {
  1: "a relocatable object file: link it first",
  3: "a shared or position-independent object: link it for fixed addresses",
  4: "a core dump",
};

const LOAD = 1;
const SEGMENT_WRITABLE = 2;
const NO_BITS = 8;

/** From here on numbers of sections have another meaning (SHN_LORESERVE). */
const RESERVED_SECTIONS = 0xff00;

const FLAGS = { write: 1, alloc: 2, execute: 4 } as const;

/** A section of the program. */
export interface ElfSection {
  readonly name: string;
  readonly address: number;
  /** Bytes in memory, or in the file if it takes none there. */
  readonly size: number;
  /** False for debugging data, names and the like. */
  readonly isInMemory: boolean;
  readonly isWritable: boolean;
  readonly isExecutable: boolean;
  /** The file has its bytes; what has none begins as zeros. */
  readonly hasBytes: boolean;
}

/** Bytes that belong to addresses. */
export interface ElfSegment {
  readonly address: number;
  /** Where they lie before the program starts, such as in flash. */
  readonly loadAddress: number;
  /** Bytes of the file, fewer than `size` where the rest begins as zeros. */
  readonly bytes: Uint8Array;
  readonly size: number;
  readonly isWritable: boolean;
}

/** An executable for a 32-bit little-endian machine. */
export interface Elf {
  readonly machine: "arm" | "riscv";
  readonly entry: number;
  readonly sections: readonly ElfSection[];
  readonly segments: readonly ElfSegment[];
  readonly symbols: readonly ElfSymbol[];
}

/**
 * Reads an ELF32 executable. `path` names the file in errors. Whatever the file holds, reading it takes time and memory
 * in proportion to its length.
 * @throws DataError wrong-magic, unsupported, truncated, damaged
 */
export function parseElf(bytes: Uint8Array, path: string): Elf {
  const file = { bytes, path };
  const header = readHeader(file);
  const headers = recordsAt(file, 32, SECTION_HEADER, header.shoff, header.shnum, "the section table");
  const names = headers[header.shstrndx];
  if (headers.length > 0 && names === undefined) {
    const reason = `section names are said to be in section ${header.shstrndx} of ${headers.length}`;
    throw new DataError("damaged", path, 50, reason);
  }
  const sections = headers.map(({ at, record }): ElfSection => {
    const name = stringAt(file, names, at, record.name, "a section's name");
    const hasBytes = record.type !== NO_BITS;
    if (hasBytes) bytesAt(file, at, record.offset, record.size, `section ${name || "without a name"}`);
    return {
      name,
      address: record.addr,
      size: record.size,
      isInMemory: (record.flags & FLAGS.alloc) !== 0,
      isWritable: (record.flags & FLAGS.write) !== 0,
      isExecutable: (record.flags & FLAGS.execute) !== 0,
      hasBytes,
    };
  });
  const inMemory = sections.flatMap(({ name, address, size, isInMemory }, i) =>
    isInMemory
      ? [{ what: `section ${name}`, start: address, size, at: (headers[i] as Located<unknown>).at }]
      : [],
  );
  checkApart(path, inMemory);
  const machine = MACHINES.get(header.machine) as "arm" | "riscv";
  return {
    machine,
    entry: header.entry,
    sections,
    segments: readSegments(file, header),
    symbols: readSymbols(file, headers, machine),
  };
}

function readHeader({ bytes, path }: ElfFile): FileHeader {
  const [magic0, magic1, magic2, magic3, bits, order] = bytes;
  if (bytes.length < IDENT_BYTES) {
    throw new DataError("truncated", path, bytes.length, "ends before an ELF file says what it is");
  }
  if (magic0 !== 0x7f || magic1 !== 0x45 || magic2 !== 0x4c || magic3 !== 0x46) {
    throw new DataError("wrong-magic", path, 0, "this is no ELF file: it does not start with 0x7f 'ELF'");
  }
  if (bits !== 1)
    throw new DataError("unsupported", path, 4, "this is no 32-bit ELF file; firmware has 32 bits");
  if (order !== 1) throw new DataError("unsupported", path, 5, "this is no little-endian ELF file");
  if (bytes.length < FILE_HEADER.bytes) {
    throw new DataError(
      "truncated",
      path,
      bytes.length,
      `ends within its header of ${FILE_HEADER.bytes} bytes`,
    );
  }
  const header = FILE_HEADER.read(bytes.subarray(0, FILE_HEADER.bytes));
  const fail = (at: number, reason: string): never => {
    throw new DataError("unsupported", path, at, reason);
  };
  if (header.type !== EXECUTABLE) {
    fail(
      16,
      `this is ${OTHER_TYPES[header.type] ?? `an ELF file of type ${header.type}`}, not an executable`,
    );
  }
  if (!MACHINES.has(header.machine))
    fail(18, `it is for machine ${header.machine}; known are 40 (ARM), 243 (RISC-V)`);
  if (header.version !== 1) fail(20, `it has version ${header.version} of the format; known is 1`);
  if (header.phnum > 0 && header.phentsize !== PROGRAM_HEADER.bytes) {
    fail(42, `its program headers have ${header.phentsize} bytes; 32-bit files have ${PROGRAM_HEADER.bytes}`);
  }
  if (header.shnum > 0 && header.shentsize !== SECTION_HEADER.bytes) {
    fail(46, `its section headers have ${header.shentsize} bytes; 32-bit files have ${SECTION_HEADER.bytes}`);
  }
  if (header.shnum >= RESERVED_SECTIONS || (header.shnum === 0 && header.shoff !== 0)) {
    fail(48, `it has ${RESERVED_SECTIONS} sections or more; no firmware has`);
  }
  return header;
}

function readSegments(file: ElfFile, header: FileHeader): ElfSegment[] {
  const headers = recordsAt(file, 28, PROGRAM_HEADER, header.phoff, header.phnum, "the program header table");
  const loaded = headers.filter(({ record }) => record.type === LOAD);
  const segments = loaded.map(({ at, record }): ElfSegment => {
    const what = `the segment at ${hex(record.vaddr)}`;
    const bytes = bytesAt(file, at, record.offset, record.filesz, what);
    if (record.memsz < record.filesz) {
      const reason = `${what} has ${record.filesz} bytes in the file, and only ${record.memsz} in memory`;
      throw new DataError("damaged", file.path, at, reason);
    }
    const isWritable = (record.flags & SEGMENT_WRITABLE) !== 0;
    return { address: record.vaddr, loadAddress: record.paddr, bytes, size: record.memsz, isWritable };
  });
  const range = (start: number, size: number, i: number) => ({
    what: `the segment of program header ${headers.indexOf(loaded[i] as (typeof headers)[number])}`,
    start,
    size,
    at: (loaded[i] as (typeof headers)[number]).at,
  });
  checkApart(
    file.path,
    segments.map(({ address, size }, i) => range(address, size, i)),
  );
  checkApart(
    file.path,
    segments.map(({ loadAddress, bytes }, i) => range(loadAddress, bytes.length, i)),
  );
  return segments;
}
