/** Runs calls of a firmware on a Cortex-M3 or M4 under qemu-system-arm, and counts their instructions by class. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseElf } from "../../src/data/elf.js";
import type { Firmware } from "../../src/experiment/witness/firmware-driver.js";
import type { InstructionCycles } from "../../src/iss/instruction-cycles.js";

/** Boards of QEMU by instruction set. */
export const BOARDS = { "cortex-m3": "mps2-an385", "cortex-m4": "mps2-an386" } as const;

const TOOLS = ["qemu-system-arm", "arm-none-eabi-gcc", "gcc"];

/** Programs that are missing on this machine. */
export const missingTools = (): string[] =>
  TOOLS.filter((tool) => spawnSync(tool, ["--version"]).error !== undefined);

/** The first address of the firmware (firmware-models/linker/soc.ld), and the memory of the stack (host.ld). */
const FIRST = 0x10000;
const STACK = [0x20000000, 0x20010000] as const;

/** The host program and the plugin, built into a folder of their own; `remove` deletes it. */
export function buildTools() {
  const folder = mkdtempSync(join(tmpdir(), "rebit-qemu-"));
  const [host, plugin] = [join(folder, "host.elf"), join(folder, "count.so")];
  const here = import.meta.dirname;
  const flags = [
    "-mcpu=cortex-m3",
    "-mthumb",
    "-O2",
    "-ffreestanding",
    "-nostdlib",
    "-Wl,--build-id=none",
    "-Wl,-e,start",
  ];
  execFileSync("arm-none-eabi-gcc", [
    ...flags,
    "-T",
    join(here, "host.ld"),
    "-o",
    host,
    join(here, "host.c"),
  ]);
  execFileSync("gcc", ["-O2", "-shared", "-fPIC", "-o", plugin, join(here, "count.c")]);
  return { folder, host, plugin, remove: () => rmSync(folder, { recursive: true }) };
}

export type Tools = ReturnType<typeof buildTools>;

/** A firmware whose calls and writes are logged for QEMU while they run on another. */
export class LoggedFirmware implements Firmware {
  readonly #log: Uint8Array[] = [];
  readonly #addresses: ReadonlyMap<string, number>;

  /** @param elf the executable that will run under QEMU */
  constructor(
    readonly inner: Firmware,
    elf: string,
  ) {
    const { symbols } = parseElf(readFileSync(elf), elf);
    this.#addresses = new Map(symbols.map(({ name, value }) => [name, value]));
  }

  call(symbol: string, ...args: number[]): number {
    this.#record(0, symbol, 0, args[0] ?? 0, 0);
    return this.inner.call(symbol, ...args);
  }

  write(symbol: string, bytes: Uint8Array, offset = 0): void {
    this.#record(1, symbol, offset, 0, bytes.length);
    this.#log.push(bytes.slice());
    this.inner.write(symbol, bytes, offset);
  }

  read(symbol: string, size: number): Uint8Array {
    this.#record(2, symbol, 0, 0, size);
    return this.inner.read(symbol, size);
  }

  get log(): Uint8Array {
    return Buffer.concat(this.#log);
  }

  #record(kind: number, symbol: string, offset: number, value: number, length: number): void {
    const address = this.#addresses.get(symbol);
    if (address === undefined) throw new Error(`the executable has no ${symbol}`);
    this.#log.push(new Uint8Array(Uint32Array.of(kind, address + offset, value, length).buffer));
  }
}

/** Cycles of each call by a table of classes with its accesses to the stack, and the bytes of all reads. */
export function play(
  tools: Tools,
  isa: keyof typeof BOARDS,
  elf: string,
  log: Uint8Array,
  table: InstructionCycles,
) {
  const { folder, host, plugin } = tools;
  writeFileSync(join(folder, "calls.log"), log);
  const address = (name: string): string => {
    const symbol = parseElf(readFileSync(host), host).symbols.find((each) => each.name === name);
    return String(symbol?.value);
  };
  const own = parseElf(readFileSync(elf), elf).symbols.find(({ name }) => name === "network");
  if (own === undefined) throw new Error(`${elf} has no network`);
  const labels = `first=${FIRST},begin=${address("callBegins")},end=${address("callEnds")},out=counts.txt`;
  const ranges = `stack=${STACK[0]},stackEnd=${STACK[1]},own=${own.value},ownEnd=${own.value + own.size}`;
  const machine = ["-M", BOARDS[isa], "-nographic", "-monitor", "none", "-serial", "none"];
  const semihosting = ["-semihosting-config", "enable=on,target=native"];
  const images = ["-kernel", host, "-device", `loader,file=${elf}`];
  const args = [...machine, ...semihosting, ...images, "-plugin", `${plugin},${labels},${ranges}`];
  const { status, stderr } = spawnSync("qemu-system-arm", args, { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(`qemu-system-arm ended with ${status}: ${stderr}`);
  const lines = readFileSync(join(folder, "counts.txt"), "utf8").trim().split("\n");
  return {
    calls: lines.map((line) => callOf(line, table)),
    memory: readFileSync(join(folder, "memory.bin")),
  };
}

/** @param line counts in the order of `enum class` in count.c */
function callOf(line: string, table: InstructionCycles) {
  const [alu, load, store, storeImmediate, multiple, registers, ...rest] = line
    .split(" ")
    .map(Number) as Counts;
  const [multiply, multiplyAdd, longMultiply, divide, branches, taken, jump, ...accesses] = rest as Counts;
  const [reads = 0, writes = 0] = accesses;
  const cycles =
    alu * table.alu +
    load * table.load +
    store * table.store +
    storeImmediate * table.storeImmediate +
    multiple * table.multiple +
    registers * table.eachRegister +
    multiply * table.multiply +
    multiplyAdd * table.multiplyAdd +
    longMultiply * table.longMultiply +
    divide * table.divide +
    (branches - taken) * table.branchNotTaken +
    taken * table.branchTaken +
    jump * table.jump;
  return { cycles, stack: { reads, writes } };
}

type Counts = [number, number, number, number, number, number, number, ...number[]];
