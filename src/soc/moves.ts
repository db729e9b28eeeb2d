import { exact } from "../firmware/exact.js";
import type { Chip } from "./chip.js";
import type { OffChipMemory } from "./components/off-chip-memory.js";
import { addAmount, CORE, type Elapsed, type MemorySlots, roundedUp, type TimeBase } from "./elapsed.js";
import type { Ledger } from "./ledger.js";

/** Core cycles to copy a number of bytes, where the chip has no DMA engine. */
export type CopyCycles = (bytes: number) => number;

/** What takes time: on what, and how much of what a {@link TimeBase} counts. */
export interface Work {
  /** The serial part whose bus is taken, or that is busy by itself; none for a copy within the SRAM. */
  readonly part: string | undefined;
  /** By itself: a page load, a program or an erase, which takes no bus. */
  readonly isInternal: boolean;
  readonly slot: number;
  readonly amount: number;
}

/** Where the time of moves goes. */
export interface Schedule {
  /** Takes note of some work, done `times` times. */
  take(work: Work, times: number): void;
}

/** Everything follows on what was before, while the core waits. */
export function oneByOne(waiting: Elapsed): Schedule {
  return { take: ({ slot, amount }, times) => addAmount(waiting, slot, amount * times) };
}

/** What one kind of move is about, and how often it happens. */
interface Move {
  readonly bytes: number;
  /** SRAM words that one such move reads and writes. */
  readonly accesses: number;
  /** What the serial side takes for one such move; absent within the SRAM. */
  readonly serial?: Serial;
  readonly times: number;
}

/** What a serial part's interface is taken for. */
interface Serial {
  readonly part: string;
  readonly slot: number;
  readonly amount: number;
}

/** Words of the SRAM's port that so many bytes take. */
export function wordsOf(bytes: number, widthBits: number): number {
  return Math.ceil((bytes * 8) / widthBits);
}

/** Books moves of bytes between the SRAM and serial parts in a ledger: traffic, and the time they take one by one. */
export class Moves {
  readonly #cyclesPerAccess: number;

  constructor(
    readonly chip: Chip,
    readonly base: TimeBase,
    readonly copyCycles: CopyCycles,
    readonly ledger: Ledger,
    readonly schedule: Schedule,
  ) {
    this.#cyclesPerAccess = accessCycles(chip);
  }

  /** The same, but for where the time goes. */
  timedBy(schedule: Schedule): Moves {
    return new Moves(this.chip, this.base, this.copyCycles, this.ledger, schedule);
  }

  /** A sample over the sensor's interface into the SRAM. */
  fromSensor(into: string, bytes: number, times: number): void {
    const { sensor } = this.base;
    if (sensor === undefined) throw new Error("samples come from no sensor here");
    if (times === 0) return;
    const { name, slot } = sensor;
    this.ledger.add(name, "read", into, bytes * times, bytes * 8 * times);
    const accesses = this.#sram("write", into, bytes, times);
    this.#move({ bytes, accesses, serial: { part: name, slot, amount: bytes }, times });
  }

  /** A burst from off chip into the SRAM; a paged memory first loads the `pages` that it touches. */
  fill(memory: OffChipMemory, tensor: string, bytes: number, pages: number, times: number): void {
    if (times === 0 || bytes === 0) return;
    const commands = memory.isPaged ? 2 * pages : 1;
    if (memory.isPaged) this.#operate(memory, "load", tensor, pages * times);
    this.ledger.add(memory.name, "command", tensor, commands * times, 0);
    this.ledger.add(memory.name, "read", tensor, bytes * times, bytes * 8 * times);
    const accesses = this.#sram("write", tensor, bytes, times);
    this.#move({ bytes, accesses, serial: this.#burst(memory, commands, bytes), times });
  }

  /** A burst from the SRAM to off chip; what is read in the SRAM lies under the name `from`. */
  write(memory: OffChipMemory, tensor: string, bytes: number, times: number, from = tensor): void {
    if (times === 0 || bytes === 0) return;
    this.ledger.add(memory.name, "command", tensor, times, 0);
    this.ledger.add(memory.name, "write", tensor, bytes * times, bytes * 8 * times);
    const accesses = this.#sram("read", from, bytes, times);
    this.#move({ bytes, accesses, serial: this.#burst(memory, 1, bytes), times });
  }

  /** Bytes from one tensor of the SRAM to another. */
  merge(from: string, into: string, bytes: number, times: number): void {
    if (times === 0 || bytes === 0) return;
    const accesses = this.#sram("read", from, bytes, times) + this.#sram("write", into, bytes, times);
    this.#move({ bytes, accesses, times });
  }

  /** A sector erase with its command. */
  erase(memory: OffChipMemory, tensor: string, times: number): void {
    if (times === 0) return;
    this.ledger.add(memory.name, "command", tensor, times, 0);
    this.#move({ bytes: 0, accesses: 0, serial: this.#burst(memory, 1, 0), times });
    this.#operate(memory, "erase", tensor, times);
  }

  /** A page program, after its bytes have been written. */
  program(memory: OffChipMemory, tensor: string, times: number): void {
    this.#operate(memory, "program", tensor, times);
  }

  /** What the part does by itself, without the bus. */
  #operate(memory: OffChipMemory, action: "load" | "program" | "erase", tensor: string, times: number): void {
    this.ledger.add(memory.name, action, tensor, times, 0);
    const slot = this.#slots(memory)[action];
    this.schedule.take({ part: memory.name, isInternal: true, slot, amount: 1 }, times);
    addAmount(this.ledger.busy, slot, times);
  }

  #burst(memory: OffChipMemory, commands: number, bytes: number): Serial {
    const clocks = commands * memory.commandClocks + Math.ceil((bytes * 8) / memory.bitsPerClock);
    return { part: memory.name, slot: this.#slots(memory).bus, amount: clocks };
  }

  /** Serial side, copying core and the SRAM's port work at the same time: the slowest decides how long a move takes. */
  #move({ bytes, accesses, serial, times }: Move): void {
    const { ledger, base, chip } = this;
    const copying = chip.dma === undefined && bytes > 0 ? this.copyCycles(bytes) : 0;
    const core = Math.max(copying, accesses * this.#cyclesPerAccess);
    const isSerialSlower =
      serial !== undefined && serial.amount * (base.cyclesEach[serial.slot] as number) >= core;
    const { slot, amount } = isSerialSlower ? serial : { slot: CORE, amount: core };
    this.schedule.take({ part: serial?.part, isInternal: false, slot, amount }, times);
    addAmount(ledger.moving, slot, amount * times);
    if (serial !== undefined) addAmount(ledger.busy, serial.slot, serial.amount * times);
    if (chip.dma === undefined) ledger.copyCycles = exact(ledger.copyCycles + copying * times);
    else ledger.dmaBytes = exact(ledger.dmaBytes + bytes * times);
  }

  /** @returns the words of one move */
  #sram(action: "read" | "write", tensor: string, bytes: number, times: number): number {
    const { sram } = this.chip;
    const words = wordsOf(bytes, sram.widthBits);
    this.ledger.add(sram.name, action, tensor, words * times, bytes * 8 * times);
    return words;
  }

  #slots({ name }: OffChipMemory): MemorySlots {
    const slots = this.base.memories.get(name);
    if (slots === undefined) throw new Error(`${name} is not a memory of this chip`);
    return slots;
  }
}

/** Core cycles that an access of the SRAM takes. */
export function accessCycles({ sram, core }: Chip): number {
  return roundedUp(sram.accessSeconds * core.clockHertz);
}
