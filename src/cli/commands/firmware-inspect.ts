import { Command } from "commander";
import { type Elf, parseElf } from "../../data/elf.js";
import { type Footprint, footprintOf, type SectionBytes } from "../../data/elf-footprint.js";
import type { ElfSymbol } from "../../data/elf-symbols.js";
import { nodeFiles, readBytes } from "../../data/node-files.js";
import { sha256Hex } from "../../experiment/digest.js";
import { loadChip } from "../../experiment/load-chip.js";
import { facts } from "../../report/text/section.js";
import { left, right, table } from "../../report/text/table.js";
import { fitProgram, type MemoryFit } from "../../soc/program-fit.js";
import { formatBytes } from "../../units/format.js";
import { EXIT } from "../exit-codes.js";
import { print, printDocument } from "../output.js";
import { shown } from "../printable.js";

const EXAMPLES = `
Examples:
  rebit firmware inspect trainer.elf
  rebit firmware inspect trainer.elf --chip configs/chips/wearable-m3-64k.yaml
  rebit firmware inspect trainer.elf --json

Exits with 3 if the program does not fit the chip.`;

/** As many symbols as fit a glance. */
const SHOWN_SYMBOLS = 10;

const MACHINE_NAMES = { arm: "ARM, 32 bits", riscv: "RISC-V, 32 bits" } as const;

interface InspectFlags {
  readonly chip?: string;
  readonly json?: boolean;
}

/** Everything found out about a program. */
interface Inspection {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly elf: Elf;
  readonly footprint: Footprint;
  /** Symbols with a size, the largest first. */
  readonly symbols: readonly ElfSymbol[];
  readonly chip: {
    readonly name: string;
    readonly memories: readonly MemoryFit[];
    readonly fits: boolean;
  } | null;
}

const hex = (address: number): string => `0x${address.toString(16).padStart(8, "0")}`;

function inspect(path: string, chipPath: string | undefined): Inspection {
  const bytes = readBytes(path);
  const elf = parseElf(bytes, path);
  const footprint = footprintOf(elf);
  const symbols = elf.symbols
    .filter(({ size }) => size > 0)
    .toSorted((a, b) => b.size - a.size || a.value - b.value || (a.name < b.name ? -1 : 1));
  const chip = chipPath === undefined ? undefined : loadChip(chipPath, nodeFiles);
  const memories = chip === undefined ? [] : fitProgram(footprint, chip);
  const fits = memories.every((memory) => memory.fits);
  return {
    path,
    bytes,
    elf,
    footprint,
    symbols,
    chip: chip === undefined ? null : { name: chip.name, memories, fits },
  };
}

const inBytes = ({ code, rodata, data, bss }: SectionBytes) => ({
  codeBytes: code,
  rodataBytes: rodata,
  dataBytes: data,
  bssBytes: bss,
});

/** `rebit/elf@1` */
function asDocument({ path, bytes, elf, footprint, symbols, chip }: Inspection): object {
  const { stack, stackFrom, flashBytes, ramBytes, regions } = footprint;
  return {
    schema: "rebit/elf@1",
    file: { path, bytes: bytes.length, sha256: sha256Hex(bytes) },
    machine: elf.machine,
    entry: elf.entry,
    ...inBytes(footprint),
    stackBytes: stack ?? null,
    stackFrom: stackFrom ?? null,
    flashBytes,
    ramBytes,
    regions: regions.map(({ address, size, loadAddress, loadBytes, ...sections }) => ({
      address,
      bytes: size,
      loadAddress,
      loadBytes,
      ...inBytes(sections),
    })),
    symbols: symbols.map(({ name, kind, value, size }) => ({ name, kind, address: value, bytes: size })),
    chip,
  };
}

function fitLines({ chip, footprint }: Inspection): string[] {
  if (chip === null) return [];
  const rows = chip.memories.map(({ memory, holds, neededBytes, capacityBytes, fits }) => [
    memory,
    holds,
    formatBytes(neededBytes),
    formatBytes(capacityBytes),
    fits ? "fits" : `${formatBytes(neededBytes - capacityBytes)} too much`,
  ]);
  const columns = [left("memory"), left("holds"), right("needed"), right("capacity"), left("")];
  return [
    `${chip.fits ? "fits" : "DOES NOT FIT"} ${chip.name}${footprint.stack === undefined ? " (stack not counted)" : ""}`,
    ...table(columns, rows),
  ];
}

function asText(inspection: Inspection): string {
  const { path, bytes, elf, footprint, symbols } = inspection;
  const { stack, stackFrom, flashBytes, ramBytes, regions } = footprint;
  const regionRows = regions.map(({ address, size, loadAddress, code, rodata, data, bss }) => [
    `${hex(address)} .. ${hex(address + size)}`,
    ...[size, code, rodata, data, bss].map(String),
    loadAddress === address ? "" : hex(loadAddress),
  ]);
  const numbers = ["size", "code", "rodata", "data", "bss"].map(right);
  const symbolRows = symbols
    .slice(0, SHOWN_SYMBOLS)
    .map(({ name, kind, value, size }) => [shown(name), kind, hex(value), String(size)]);
  return [
    ...facts([
      ["file", `${path}, ${formatBytes(bytes.length)}`],
      ["sha-256", sha256Hex(bytes)],
      ["machine", `${MACHINE_NAMES[elf.machine]}; entry ${hex(elf.entry)}`],
      ["code", formatBytes(footprint.code)],
      ["rodata", formatBytes(footprint.rodata)],
      ["data", formatBytes(footprint.data)],
      ["bss", formatBytes(footprint.bss)],
      [
        "stack",
        stack === undefined ? "not said by the program" : `${formatBytes(stack)} (${shown(stackFrom ?? "")})`,
      ],
      ["flash", `${formatBytes(flashBytes)}: code, rodata and the initial values of data`],
      ["RAM", `${formatBytes(ramBytes)}: data, bss${stack === undefined ? "" : " and stack"}`],
    ]),
    ...table([left("addresses"), ...numbers, left("loaded from")], regionRows),
    ...(symbolRows.length === 0
      ? ["no symbols with sizes"]
      : [
          ...(symbols.length > SHOWN_SYMBOLS
            ? [`the largest ${SHOWN_SYMBOLS} of ${symbols.length} symbols`]
            : []),
          ...table([left("symbol"), left("kind"), left("address"), right("bytes")], symbolRows),
        ]),
    ...fitLines(inspection),
  ].join("\n");
}

function printInspection(path: string, { chip, json }: InspectFlags): void {
  const inspection = inspect(path, chip);
  if (json) printDocument(asDocument(inspection));
  else print(asText(inspection));
  if (inspection.chip?.fits === false) process.exitCode = EXIT.cannotFit;
}

/** `rebit firmware inspect ELF`: what a program takes of a chip's memories. */
export const inspectCommand = (): Command =>
  new Command("inspect")
    .argument("<elf>", "an ELF32 executable for ARM or RISC-V")
    .summary("sizes, regions and largest symbols of an executable, and whether it fits a chip")
    .description(
      "Reads an ELF32 executable: bytes of code, constants, variables and stack by region, its largest symbols, and whether " +
        "it fits the memories of a chip.",
    )
    .option("--chip <file>", "a chip (rebit/chip@1) that the program shall fit")
    .option("--json", "print as one JSON document (rebit/elf@1)")
    .addHelpText("after", EXAMPLES)
    .action(printInspection);
