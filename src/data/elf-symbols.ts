import { DataError } from "./data-error.js";
import { type SectionHeader, SYMBOL } from "./elf-headers.js";
import { bytesAt, type ElfFile, type Located, recordsAt } from "./elf-ranges.js";

/** A name for an address, or for a number that the linker script computed. */
export interface ElfSymbol {
  readonly name: string;
  /** An address, of a function without the bit that says Thumb; or the number. */
  readonly value: number;
  /** Bytes; 0 if not said. */
  readonly size: number;
  readonly kind: "function" | "object" | "other";
}

const SYMBOL_TABLE = 2;
const STRING_TABLE = 3;
const UNDEFINED = 0;

/** A choice: C++ mangles to some hundreds. Without a limit every symbol of a hostile file could name the whole of it. */
const LONGEST_NAME = 4096;
const KINDS = new Map<number, ElfSymbol["kind"]>([
  [0, "other"],
  [1, "object"],
  [2, "function"],
]);

/** The text at `offset` of a table of strings, which the record at byte `at` names. */
export function stringAt(
  file: ElfFile,
  table: Located<SectionHeader> | undefined,
  at: number,
  offset: number,
  what: string,
): string {
  if (table === undefined) return "";
  const { record } = table;
  if (record.type !== STRING_TABLE) {
    throw new DataError(
      "damaged",
      file.path,
      table.at,
      "names are said to be here, but this is no table of strings",
    );
  }
  const bytes = bytesAt(file, table.at, record.offset, record.size, "a table of strings");
  const name = bytes.subarray(offset, offset + LONGEST_NAME + 1);
  const length = name.indexOf(0);
  if (length === -1) {
    const reason = `${what} is said to be at byte ${offset} of a table of ${bytes.length}, and has no end there or after ${LONGEST_NAME} bytes`;
    throw new DataError("damaged", file.path, at, reason);
  }
  return new TextDecoder().decode(name.subarray(0, length));
}

/**
 * Symbols that name something of the program. Left out are those of files and sections, of other objects, and the marks
 * that ARM and RISC-V tools put between code and data, such as `$t` (ELF for the Arm Architecture, 5.5.5).
 * @throws DataError truncated, damaged
 */
export function readSymbols(
  file: ElfFile,
  sections: readonly Located<SectionHeader>[],
  machine: "arm" | "riscv",
): ElfSymbol[] {
  const table = sections.find(({ record }) => record.type === SYMBOL_TABLE);
  if (table === undefined) return [];
  const { offset, size, entsize, link } = table.record;
  if (entsize !== SYMBOL.bytes || size % SYMBOL.bytes !== 0) {
    const reason = `its symbol table has ${size} bytes in entries of ${entsize}; entries have ${SYMBOL.bytes}`;
    throw new DataError("damaged", file.path, table.at, reason);
  }
  const names = sections[link];
  if (names === undefined) {
    const reason = `symbol names are said to be in section ${link} of ${sections.length}`;
    throw new DataError("damaged", file.path, table.at, reason);
  }
  const entries = recordsAt(file, table.at, SYMBOL, offset, size / SYMBOL.bytes, "the symbol table");
  return entries.flatMap(({ at, record }): ElfSymbol[] => {
    const kind = KINDS.get(record.info & 0xf);
    if (kind === undefined || record.shndx === UNDEFINED) return [];
    const name = stringAt(file, names, at, record.name, "a symbol's name");
    if (name === "" || name.startsWith("$")) return [];
    const isThumb = machine === "arm" && kind === "function";
    const value = isThumb ? record.value - (record.value % 2) : record.value;
    return [{ name, value, size: record.size, kind }];
  });
}
