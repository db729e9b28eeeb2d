import type { Program } from "../iss/program.js";
import type { Firmware } from "./firmware-driver.js";

/** What all calls of a function took together. */
export interface FunctionCost {
  readonly calls: number;
  readonly instructions: number;
  readonly cycles: number;
  /** Of the call that went deepest. */
  readonly stackBytes: number;
  /** `[loads, stores]` by object. */
  readonly traffic: ReadonlyMap<string, readonly [number, number]>;
}

/** Instructions after which a call is given up: ten times the longest kernel of 784-100-10 on a Cortex-M0+. */
const LIMIT = 100_000_000;

const NOTHING: FunctionCost = { calls: 0, instructions: 0, cycles: 0, stackBytes: 0, traffic: new Map() };

/** A firmware on a simulated core, which adds up what each of its functions takes. */
export class SimulatedFirmware implements Firmware {
  readonly #program: Program;
  readonly #costs = new Map<string, FunctionCost>();

  constructor(program: Program) {
    this.#program = program;
  }

  /** By function. */
  get costs(): ReadonlyMap<string, FunctionCost> {
    return this.#costs;
  }

  call(symbol: string, ...args: number[]): number {
    const { result, instructions, cycles, stackBytes, traffic } = this.#program.call(symbol, args, LIMIT);
    const before = this.#costs.get(symbol) ?? NOTHING;
    const sums = new Map(before.traffic);
    for (const { name, loads, stores } of traffic) {
      const [oldLoads, oldStores] = sums.get(name) ?? [0, 0];
      if (loads + stores > 0) sums.set(name, [oldLoads + loads, oldStores + stores]);
    }
    this.#costs.set(symbol, {
      calls: before.calls + 1,
      instructions: before.instructions + instructions,
      cycles: before.cycles + cycles,
      stackBytes: Math.max(before.stackBytes, stackBytes),
      traffic: sums,
    });
    return result;
  }

  /** @throws RangeError if the object does not have room for the bytes */
  write(symbol: string, bytes: Uint8Array, offset = 0): void {
    const object = this.#program.bytesOf(symbol);
    if (offset + bytes.length > object.length) {
      const reason = `${symbol} has ${object.length} bytes; ${offset + bytes.length} are needed`;
      throw new RangeError(`the network does not fit the firmware: ${reason}`);
    }
    object.set(bytes, offset);
  }

  read(symbol: string, size: number): Uint8Array {
    return this.#program.bytesOf(symbol).slice(0, size);
  }
}
