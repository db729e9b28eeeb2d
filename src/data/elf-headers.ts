import { Parser } from "binary-parser";

// Records of a 32-bit little-endian ELF file: Tool Interface Standard, "Executable and Linking Format Specification",
// version 1.2 (1995), book I, figures 1-3, 1-9 and 1-16 and book III, figure 2-1. Names are those of the standard.

/** The file header. */
export interface FileHeader {
  readonly type: number;
  readonly machine: number;
  readonly version: number;
  readonly entry: number;
  readonly phoff: number;
  readonly shoff: number;
  readonly phentsize: number;
  readonly phnum: number;
  readonly shentsize: number;
  readonly shnum: number;
  readonly shstrndx: number;
}

/** A section header. */
export interface SectionHeader {
  readonly name: number;
  readonly type: number;
  readonly flags: number;
  readonly addr: number;
  readonly offset: number;
  readonly size: number;
  readonly link: number;
  readonly entsize: number;
}

/** A program header. */
export interface ProgramHeader {
  readonly type: number;
  readonly offset: number;
  readonly vaddr: number;
  readonly paddr: number;
  readonly filesz: number;
  readonly memsz: number;
  readonly flags: number;
}

/** An entry of the symbol table. */
export interface SymbolEntry {
  readonly name: number;
  readonly value: number;
  readonly size: number;
  readonly info: number;
  readonly shndx: number;
}

/** A kind of record: its size in bytes, and how it is read. */
export interface RecordKind<T> {
  readonly bytes: number;
  readonly read: (bytes: Uint8Array) => T;
}

function recordKind<T>(bytes: number, parser: Parser): RecordKind<T> {
  return { bytes, read: (from) => parser.parse(from) as unknown as T };
}

const little = (): Parser => new Parser().endianess("little");

/** Bytes that say what kind of ELF file it is, at its beginning. */
export const IDENT_BYTES = 16;

export const FILE_HEADER: RecordKind<FileHeader> = recordKind(
  52,
  little()
    .buffer("ident", { length: IDENT_BYTES })
    .uint16("type")
    .uint16("machine")
    .uint32("version")
    .uint32("entry")
    .uint32("phoff")
    .uint32("shoff")
    .uint32("flags")
    .uint16("ehsize")
    .uint16("phentsize")
    .uint16("phnum")
    .uint16("shentsize")
    .uint16("shnum")
    .uint16("shstrndx"),
);

export const SECTION_HEADER: RecordKind<SectionHeader> = recordKind(
  40,
  little()
    .uint32("name")
    .uint32("type")
    .uint32("flags")
    .uint32("addr")
    .uint32("offset")
    .uint32("size")
    .uint32("link")
    .uint32("info")
    .uint32("addralign")
    .uint32("entsize"),
);

export const PROGRAM_HEADER: RecordKind<ProgramHeader> = recordKind(
  32,
  little()
    .uint32("type")
    .uint32("offset")
    .uint32("vaddr")
    .uint32("paddr")
    .uint32("filesz")
    .uint32("memsz")
    .uint32("flags")
    .uint32("align"),
);

export const SYMBOL: RecordKind<SymbolEntry> = recordKind(
  16,
  little().uint32("name").uint32("value").uint32("size").uint8("info").uint8("other").uint16("shndx"),
);
