import type { Elf, ElfSegment } from "../data/elf.js";
import type { ElfSymbol } from "../data/elf-symbols.js";
import { type CallCost, type Core, ProgramError } from "./core.js";
import { CortexM0PlusCore } from "./cortex-m0plus-core.js";
import { MAX_WATCHED, Memory, type Region, type Traffic } from "./memory.js";
import { Rv32Core } from "./rv32/rv32-core.js";
import { watchedObjects } from "./watched-objects.js";

/** The simulator's own addresses: the stack, and behind it those where called functions return to. */
const STACK: Region = { name: "stack", base: 0x2fff0000, size: 0x10000, writable: true };
const STACK_TOP = STACK.base + STACK.size;
const OWN_END = STACK_TOP + 0x1000;

/** Bytes of memory that a program may have: more than any microcontroller. */
const LARGEST_MEMORY = 64 * 2 ** 20;

/** What words of the stack hold, to see how deep it was used. */
const UNUSED = 0xa5a5a5a5;

/** What calling a function took, and what it reached. */
export interface ProgramCall extends CallCost {
  /** How deep the stack was written, in whole words. */
  readonly stackBytes: number;
  /** By object, "other" first. */
  readonly traffic: readonly Traffic[];
}

/** A program in the memory of a core that its instruction set asks for, as it is after start-up: nothing has run. */
export class Program {
  readonly core: Core;
  readonly #functions: ReadonlyMap<string, ElfSymbol>;
  readonly #symbols: ReadonlyMap<string, ElfSymbol>;

  /** @throws ProgramError if it needs addresses that the simulator uses, or too much memory */
  constructor({ machine, segments, symbols }: Elf) {
    const memory = new Memory([...regionsOf(segments), STACK]);
    for (const { address, bytes } of segments) if (bytes.length > 0) memory.write(address, bytes);
    memory.watch("stack", STACK.base, STACK.size);
    const loaded = symbols.filter(({ value, size }) =>
      segments.some((segment) => value >= segment.address && value + size <= segment.address + segment.size),
    );
    for (const { name, address, size } of watchedObjects(loaded, MAX_WATCHED - 1))
      memory.watch(name, address, size);
    this.#symbols = new Map(symbols.map((symbol) => [symbol.name, symbol]));
    this.#functions = new Map(
      symbols.filter(({ kind }) => kind === "function").map((symbol) => [symbol.name, symbol]),
    );
    const globalPointer = this.#symbols.get("__global_pointer$")?.value;
    this.core = machine === "arm" ? new CortexM0PlusCore(memory) : new Rv32Core(memory, globalPointer);
  }

  get functionNames(): readonly string[] {
    return [...this.#functions.keys()];
  }

  /** The address of a symbol, or nothing if there is none of this name. */
  addressOf(name: string): number | undefined {
    return this.#symbols.get(name)?.value;
  }

  /**
   * The bytes of an object, not a copy: `[size]`.
   * @throws RangeError if the program has no object of this name
   */
  bytesOf(name: string): Uint8Array<ArrayBuffer> {
    const symbol = this.#symbols.get(name);
    if (symbol?.kind !== "object") throw new RangeError(`the program has no object ${name}`);
    return this.core.memory.view(symbol.value, symbol.size);
  }

  /**
   * Calls one of {@link functionNames} with up to four arguments.
   * @param limit instructions after which it is given up
   * @throws ProgramError
   */
  call(name: string, args: readonly number[], limit: number): ProgramCall {
    const target = this.#functions.get(name);
    if (target === undefined) throw new RangeError(`the program has no function ${name}`);
    const { memory } = this.core;
    const { buffer, byteOffset } = memory.view(STACK.base, STACK.size);
    const stack = new Uint32Array(buffer, byteOffset, STACK.size >> 2).fill(UNUSED);
    memory.clearTraffic();
    try {
      const cost = this.core.call(target.value, args, STACK_TOP, limit);
      // A loop, since methods of typed arrays take a hundred times as long, and firmware is called for each sample.
      let deepest = 0;
      while (deepest < stack.length && stack[deepest] === UNUSED) deepest += 1;
      return { ...cost, stackBytes: STACK.size - 4 * deepest, traffic: memory.traffic() };
    } catch (error) {
      throw error instanceof ProgramError ? this.#placed(error) : error;
    }
  }

  /** The error with the function in which it happened. */
  #placed({ address, reason }: ProgramError): ProgramError {
    for (const { name, value, size } of this.#functions.values()) {
      if (address < value || address >= value + size) continue;
      return new ProgramError(address, `in ${name} + ${address - value}: ${reason}`);
    }
    return new ProgramError(address, reason);
  }
}

/** Regions of whole words; segments that share one are one region, since nothing else can tell them apart. */
function regionsOf(segments: readonly ElfSegment[]): Region[] {
  const regions: { base: number; end: number; writable: boolean }[] = [];
  const filled = segments.filter(({ size }) => size > 0).toSorted((a, b) => a.address - b.address);
  for (const { address, size, isWritable: writable } of filled) {
    const base = Math.floor(address / 4) * 4;
    const end = Math.ceil((address + size) / 4) * 4;
    if (base < OWN_END && end > STACK.base) {
      throw new ProgramError(
        address,
        `the simulator needs 0x${STACK.base.toString(16)} .. 0x${OWN_END.toString(16)}`,
      );
    }
    const last = regions.at(-1);
    if (last === undefined || base >= last.end) regions.push({ base, end, writable });
    else {
      last.end = Math.max(last.end, end);
      last.writable ||= writable;
    }
  }
  const total = regions.reduce((sum, { base, end }) => sum + end - base, 0);
  if (total > LARGEST_MEMORY) {
    const first = regions[0]?.base ?? 0;
    throw new ProgramError(
      first,
      `the program takes ${total} bytes of memory; here it may take ${LARGEST_MEMORY}`,
    );
  }
  return regions.map(({ base, end, writable }) => ({
    name: writable ? "memory" : "read-only memory",
    base,
    size: end - base,
    writable,
  }));
}
