import type { Memory } from "./memory.js";
import { MemoryFault } from "./memory-fault.js";

/** What calling a function of a program took. */
export interface CallCost {
  /** What the function returned, unsigned. */
  readonly result: number;
  readonly instructions: number;
  readonly cycles: number;
}

/** A simulated core. It executes functions of a program that lies in its memory. */
export interface Core {
  readonly memory: Memory;
  /**
   * Calls a function with up to four arguments, by the calling convention of the architecture, and returns when it does.
   * @param stackTop where the stack begins, a multiple of 16; it grows downwards
   * @param limit instructions after which the function is given up
   * @throws ProgramError for an access that the memory does not allow, an unknown instruction, a breakpoint, or too many
   *   instructions
   */
  call(address: number, args: readonly number[], stackTop: number, limit: number): CallCost;
}

/** A program did what a core cannot go on from. */
export class ProgramError extends Error {
  override readonly name = "ProgramError";

  constructor(
    /** Of the instruction. */
    readonly address: number,
    readonly reason: string,
  ) {
    super(`at 0x${(address >>> 0).toString(16).padStart(8, "0")}: ${reason}`);
  }
}

/** A fault of the memory as what the instruction at `address` did; any other error as it is. */
export function atInstruction(address: number, error: unknown): unknown {
  return error instanceof MemoryFault ? new ProgramError(address, error.message) : error;
}
