import type { Chip } from "../chip.js";
import type { OffChipMemory } from "../components/off-chip-memory.js";
import { ALL_TENSORS, COPIES, CYCLES, eraseOfSector, writesFromByte } from "../counters.js";
import { CORE, roundedUp, type TimeBase } from "../elapsed.js";
import type { OffChipRegion } from "../off-chip.js";
import type { Complain } from "./memory-map.js";
import type { Sheet } from "./sheet.js";

/** Moves bytes between the SRAM and serial parts one by one, and writes down what that takes. */
export class Mover {
  readonly #accessCycles: number;

  /**
   * @param sheet where to write
   * @param copyCycles core cycles to copy so many bytes, where there is no DMA engine
   */
  constructor(
    readonly chip: Chip,
    readonly base: TimeBase,
    public sheet: Sheet,
    readonly copyCycles: (bytes: number) => number,
    readonly complain: Complain,
  ) {
    this.#accessCycles = roundedUp(chip.sram.accessSeconds * chip.core.clockHertz);
  }

  /** Writes what `act` does on another sheet. */
  onSheet(sheet: Sheet, act: () => void): void {
    const before = this.sheet;
    this.sheet = sheet;
    act();
    this.sheet = before;
  }

  /** A sample over the sensor's interface. */
  fromSensor(into: string, bytes: number): void {
    const { sensor } = this.base;
    if (sensor === undefined) throw new Error("samples come from no sensor here");
    this.sheet.add(sensor.name, "read", into, bytes, 8 * bytes);
    const words = this.#sram("write", into, bytes);
    this.#wait(bytes, words, { slot: sensor.slot, amount: bytes });
  }

  /** One burst that reads addresses `start` to before `end` of a memory into the SRAM. */
  fill(region: OffChipRegion, tensor: string, start: number, end: number): void {
    const { memory } = region;
    let pages = 0;
    let page = -1;
    for (let address = start; address < end; address += 1) {
      this.#check(region, address);
      const here = Math.floor(address / memory.pageBytes);
      if (memory.isPaged && here !== page) pages += 1;
      page = here;
    }
    this.#read(memory, tensor, end - start, pages);
  }

  /** A burst of `bytes` bytes that touches `pages` pages, if the memory is paged. */
  #read(memory: OffChipMemory, tensor: string, bytes: number, pages: number): void {
    // A page load has a command before it, and one after it to read from the register.
    const commands = memory.isPaged ? 2 * pages : 1;
    this.#operate(memory, "load", tensor, pages);
    this.sheet.add(memory.name, "command", tensor, commands);
    this.sheet.add(memory.name, "read", tensor, bytes, 8 * bytes);
    const words = this.#sram("write", tensor, bytes);
    this.#wait(bytes, words, this.#clocks(memory, commands, bytes));
  }

  /** What reading addresses `start` to before `end` wears: some memories destroy what they read, and write it back. */
  wearByReading({ memory }: OffChipRegion, start: number, end: number): void {
    if (memory.isWornByReads) this.#wear(memory, start, end);
  }

  #wear(memory: OffChipMemory, start: number, end: number): void {
    this.sheet.add(memory.name, writesFromByte(start), ALL_TENSORS, 1);
    this.sheet.add(memory.name, writesFromByte(end), ALL_TENSORS, -1);
  }

  /** One burst that writes addresses `start` to before `end` from what the SRAM has under the name `from`. */
  write(region: OffChipRegion, start: number, end: number, from: string): void {
    const { memory, tensor } = region;
    for (let address = start; address < end; address += 1) this.#check(region, address);
    const bytes = end - start;
    this.sheet.add(memory.name, "command", tensor, 1);
    this.sheet.add(memory.name, "write", tensor, bytes, 8 * bytes);
    if (memory.rewrite === "inPlace") this.#wear(memory, start, end);
    const words = this.#sram("read", from, bytes);
    this.#wait(bytes, words, this.#clocks(memory, 1, bytes));
  }

  /** Erases the sector that begins at an address, and programs the region's bytes in it, page by page. */
  programSector(region: OffChipRegion, sector: number, from: string): void {
    const { memory, tensor } = region;
    this.sheet.add(memory.name, "command", tensor, 1);
    this.#wait(0, 0, this.#clocks(memory, 1, 0));
    this.#operate(memory, "erase", tensor, 1);
    this.sheet.add(memory.name, eraseOfSector(sector), ALL_TENSORS, 1);
    const { start, end } = liveIn(region, sector);
    let address = start;
    while (address < end) {
      const page = Math.floor(address / memory.pageBytes);
      let next = address;
      while (next < end && Math.floor(next / memory.pageBytes) === page) next += 1;
      this.write(region, address, next, from);
      this.#operate(memory, "program", tensor, 1);
      address = next;
    }
  }

  /** Bytes from one place of the SRAM to another. */
  merge(from: string, into: string, bytes: number): void {
    const words = this.#sram("read", from, bytes) + this.#sram("write", into, bytes);
    this.#wait(bytes, words, undefined);
  }

  #operate(memory: OffChipMemory, action: "load" | "program" | "erase", tensor: string, times: number): void {
    this.sheet.add(memory.name, action, tensor, times);
    const slot = this.base.memories.get(memory.name)?.[action] ?? CORE;
    this.sheet.waiting[slot] = (this.sheet.waiting[slot] ?? 0) + times;
  }

  #clocks(memory: OffChipMemory, commands: number, bytes: number): { slot: number; amount: number } {
    const data = Math.ceil((8 * bytes) / memory.bitsPerClock);
    const slot = this.base.memories.get(memory.name)?.bus ?? CORE;
    return { slot, amount: commands * memory.commandClocks + data };
  }

  /** The slowest of bus, SRAM port and copying core is waited for. */
  #wait(bytes: number, words: number, serial: { slot: number; amount: number } | undefined): void {
    const { sheet, chip } = this;
    let coreCycles = words * this.#accessCycles;
    if (chip.dma !== undefined) sheet.add(chip.dma.name, "transfer", ALL_TENSORS, bytes);
    else if (bytes > 0) {
      const cycles = this.copyCycles(bytes);
      sheet.add(chip.core.name, CYCLES, COPIES, cycles);
      coreCycles = Math.max(coreCycles, cycles);
    }
    const serialCycles = serial === undefined ? -1 : serial.amount * (this.base.cyclesEach[serial.slot] ?? 0);
    const { slot, amount } =
      serial !== undefined && serialCycles >= coreCycles ? serial : { slot: CORE, amount: coreCycles };
    sheet.waiting[slot] = (sheet.waiting[slot] ?? 0) + amount;
  }

  /** Bytes into or out of the SRAM, packed into words from the first on. @returns the words */
  #sram(action: "read" | "write", tensor: string, bytes: number): number {
    const { name, widthBits } = this.chip.sram;
    let words = 0;
    for (let bit = 0; bit < 8 * bytes; bit += widthBits) words += 1;
    this.sheet.add(name, action, tensor, words, 8 * bytes);
    return words;
  }

  #check({ memory, tensor, address: first, bytes }: OffChipRegion, address: number): void {
    if (address >= first && address < first + bytes && address < memory.capacityBytes) return;
    const message = `byte ${address} of ${memory.name} is none of ${tensor}, which is bytes ${first} to ${first + bytes}`;
    this.complain({ component: memory.name, tensor, message });
  }
}

/** Addresses of a sector that hold something of a region: up to the end of its last row there, or of the region. */
export function liveIn(
  { address, bytes, rows, memory }: OffChipRegion,
  sector: number,
): { start: number; end: number } {
  const first = sector * memory.sectorBytes;
  const past = first + memory.sectorBytes;
  let last = rows.size === 0 ? address + bytes : address;
  for (const { start, end } of rows.values()) {
    if (address + start < past && address + end > first) last = Math.max(last, address + end);
  }
  return { start: Math.max(first, address), end: Math.min(past, last) };
}
