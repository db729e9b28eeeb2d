import type { Program, ProgramCall } from "../../iss/program.js";
import type { Firmware } from "./firmware-driver.js";

/** Instructions after which a call is given up: a hundred times the longest kernel of 784-100-10 on a Cortex-M0+. */
const LIMIT = 2_000_000_000;

/** Told of a call before it runs; what it returns is told what the call took. */
export type CallObserver = (symbol: string, args: readonly number[]) => (cost: ProgramCall) => void;

/** A firmware on a simulated core. */
export class SimulatedFirmware implements Firmware {
  readonly #program: Program;
  readonly #observe: CallObserver;

  constructor(program: Program, observe: CallObserver = () => () => undefined) {
    this.#program = program;
    this.#observe = observe;
  }

  call(symbol: string, ...args: number[]): number {
    const done = this.#observe(symbol, args);
    const cost = this.#program.call(symbol, args, LIMIT);
    done(cost);
    return cost.result;
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
