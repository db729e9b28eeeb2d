import { type Access, MemoryFault } from "./memory-fault.js";

/** Bytes at an address. A size is rounded up to whole words. */
export interface Region {
  readonly name: string;
  readonly base: number;
  readonly size: number;
  readonly writable: boolean;
}

/** Loads and stores of one object, each an access of 1, 2 or 4 bytes. */
export interface Traffic {
  readonly name: string;
  readonly loads: number;
  readonly stores: number;
}

/** Objects that can be told apart: a tag is a byte, and 0 is everything else. */
export const MAX_WATCHED = 255;

interface Bank extends Region {
  readonly end: number;
  readonly data: DataView;
  /** The tag of each word. */
  readonly tags: Uint8Array;
}

/**
 * The memory of a simulated core: little-endian regions, in which loads and stores are counted by the object they
 * reach. Instruction fetches are not counted. Objects are told apart by whole words of 4 bytes.
 */
export class Memory {
  readonly #banks: readonly Bank[];
  readonly #names = ["other"];
  readonly #loads = new Float64Array(MAX_WATCHED + 1);
  readonly #stores = new Float64Array(MAX_WATCHED + 1);
  #last: Bank;
  #revision = 0;

  /** @throws RangeError without regions, or where two overlap */
  constructor(regions: readonly Region[]) {
    this.#banks = regions.map((region) => {
      const size = (region.size + 3) & ~3;
      const data = new DataView(new ArrayBuffer(size));
      return { ...region, size, end: region.base + size, data, tags: new Uint8Array(size >> 2) };
    });
    const sorted = this.#banks.toSorted((a, b) => a.base - b.base);
    for (const [i, bank] of sorted.entries()) {
      const next = sorted[i + 1];
      if (next !== undefined && bank.end > next.base) {
        throw new RangeError(`memory regions ${bank.name} and ${next.name} overlap; move one of them`);
      }
    }
    const first = this.#banks.at(-1);
    if (first === undefined) throw new RangeError("a memory needs at least one region");
    this.#last = first;
  }

  /** Another number after each {@link write}: what was decoded before may have changed. */
  get revision(): number {
    return this.#revision;
  }

  /** Whether programs can write there. */
  isWritable(address: number): boolean {
    return this.#bankOf("load", address, 1).writable;
  }

  /** Copies bytes in, read-only regions included, as a debug probe would. */
  write(address: number, bytes: Uint8Array): void {
    this.#revision += 1;
    const bank = this.#bankOf("store", address, bytes.length);
    new Uint8Array(bank.data.buffer).set(bytes, address - bank.base);
  }

  /** The bytes themselves, not a copy: `[size]`. */
  view(address: number, size: number): Uint8Array<ArrayBuffer> {
    const bank = this.#bankOf("load", address, size);
    return new Uint8Array(bank.data.buffer as ArrayBuffer, address - bank.base, size);
  }

  /**
   * Counts accesses to these bytes under a name from now on. A name may have several places.
   * @throws RangeError if the place shares a word with another object, or there are too many names
   */
  watch(name: string, address: number, size: number): void {
    const bank = this.#bankOf("load", address, size);
    const known = this.#names.indexOf(name);
    const tag = known === -1 ? this.#names.push(name) - 1 : known;
    if (tag > MAX_WATCHED) throw new RangeError(`more than ${MAX_WATCHED} objects are watched`);
    const first = (address - bank.base) >> 2;
    const end = (address - bank.base + size + 3) >> 2;
    const other = bank.tags.subarray(first, end).find((found) => found !== 0 && found !== tag);
    if (other !== undefined) {
      throw new RangeError(`${name} and ${this.#names[other]} share a word of memory; align them to 4 bytes`);
    }
    bank.tags.fill(tag, first, end);
  }

  /** What was counted since the last {@link clearTraffic}, "other" first. */
  traffic(): readonly Traffic[] {
    return this.#names.map((name, tag) => ({
      name,
      loads: this.#loads[tag] as number,
      stores: this.#stores[tag] as number,
    }));
  }

  clearTraffic(): void {
    this.#loads.fill(0);
    this.#stores.fill(0);
  }

  /** A halfword of an instruction. */
  fetch16(address: number): number {
    const bank = this.#aligned("fetch", address, 2);
    return bank.data.getUint16(address - bank.base, true);
  }

  load8(address: number): number {
    return this.#counted(address, 1).getUint8(address - this.#last.base);
  }

  load16(address: number): number {
    return this.#counted(address, 2).getUint16(address - this.#last.base, true);
  }

  load32(address: number): number {
    return this.#counted(address, 4).getUint32(address - this.#last.base, true);
  }

  store8(address: number, value: number): void {
    this.#writable(address, 1).setUint8(address - this.#last.base, value);
  }

  store16(address: number, value: number): void {
    this.#writable(address, 2).setUint16(address - this.#last.base, value, true);
  }

  store32(address: number, value: number): void {
    this.#writable(address, 4).setUint32(address - this.#last.base, value, true);
  }

  #counted(address: number, bytes: number): DataView {
    const bank = this.#aligned("load", address, bytes);
    const tag = bank.tags[(address - bank.base) >> 2] as number;
    this.#loads[tag] = (this.#loads[tag] as number) + 1;
    this.#last = bank;
    return bank.data;
  }

  #writable(address: number, bytes: number): DataView {
    const bank = this.#aligned("store", address, bytes);
    if (!bank.writable) throw new MemoryFault("store", address, bytes, `${bank.name} is read-only`);
    const tag = bank.tags[(address - bank.base) >> 2] as number;
    this.#stores[tag] = (this.#stores[tag] as number) + 1;
    this.#last = bank;
    return bank.data;
  }

  #aligned(access: Access, address: number, bytes: number): Bank {
    if ((address & (bytes - 1)) !== 0) {
      throw new MemoryFault(access, address, bytes, `the address is not a multiple of ${bytes}`);
    }
    const last = this.#last;
    if (access !== "fetch" && address >= last.base && address + bytes <= last.end) return last;
    return this.#bankOf(access, address, bytes);
  }

  #bankOf(access: Access, address: number, bytes: number): Bank {
    for (const bank of this.#banks) {
      if (address >= bank.base && address + bytes <= bank.end) return bank;
    }
    const known = this.#banks.map(
      ({ name, base, end }) => `${name} 0x${base.toString(16)} .. 0x${end.toString(16)}`,
    );
    throw new MemoryFault(access, address, bytes, `no memory there; there is ${known.join(", ")}`);
  }
}
