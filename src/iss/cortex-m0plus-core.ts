import { RP2040 } from "rp2040js";
import { atInstruction, type CallCost, type Core, ProgramError } from "./core.js";
import type { Memory } from "./memory.js";

/** Where a called function returns to: no memory is there. Bit 0 says Thumb, the only state of this core. */
const RETURN_ADDRESS = 0x30000000;

/** Wide instructions begin with 0b11101, 0b11110 or 0b11111 (ARMv6-M Architecture Reference Manual, A5.1). */
const FIRST_WIDE = 0b11101;

const SUPERVISOR_CALL = 0xdf;

const UNKNOWN =
  "this is no instruction of a Cortex-M0+ (ARMv6-M); programs for Cortex-M3 and larger have others";

/**
 * PUSH with LR and POP with PC, by their upper byte. They take 1 + N and 3 + N cycles for N registers, LR and PC among
 * them (Technical Reference Manual, table 3-1); rp2040js 1.4.1 leaves these out of N.
 */
const PUSH_LR = 0xb5;
const POP_PC = 0xbd;

/**
 * A Cortex-M0+ on a plain memory: the core of the package rp2040js, whose cycles are those of the Technical Reference
 * Manual (ARM DDI 0484C, table 3-1) without wait states, with the single-cycle multiplier. They are not validated
 * against silicon. Nothing else of the RP2040 takes part: no peripherals, no interrupts.
 */
export class CortexM0PlusCore implements Core {
  readonly memory: Memory;
  readonly #core: RP2040["core"];
  /** Halfwords of the current instruction still to fetch. The core reads them as it reads data. */
  #toFetch = 0;
  #instruction = 0;

  constructor(memory: Memory) {
    this.memory = memory;
    const chip = new RP2040();
    const core = chip.core;
    core.readUint8 = (address) => memory.load8(address >>> 0);
    core.readUint16 = (address) => {
      if (this.#toFetch === 0) return memory.load16(address >>> 0);
      this.#toFetch -= 1;
      return memory.fetch16(address >>> 0);
    };
    core.readUint32 = (address) => memory.load32(address >>> 0);
    core.writeUint8 = (address, value) => memory.store8(address >>> 0, value);
    core.writeUint16 = (address, value) => memory.store16(address >>> 0, value);
    core.writeUint32 = (address, value) => memory.store32(address >>> 0, value);
    chip.onBreak = (code) => {
      throw new ProgramError(this.#instruction, `breakpoint ${code}; the program has given up here`);
    };
    chip.logger = {
      debug: () => {},
      info: () => {},
      warn: () => this.#refuse(UNKNOWN),
      error: () => this.#refuse(UNKNOWN),
    };
    this.#core = core;
  }

  call(address: number, args: readonly number[], stackTop: number, limit: number): CallCost {
    const core = this.#core;
    core.registers.fill(0);
    core.registers.set(args);
    core.SP = stackTop;
    core.LR = RETURN_ADDRESS | 1;
    core.PC = address & ~1;
    core.APSR = 0;
    core.cycles = 0;
    let instructions = 0;
    try {
      for (; core.PC !== RETURN_ADDRESS; instructions++) this.#execute(instructions, limit);
    } catch (error) {
      throw atInstruction(this.#instruction, error);
    }
    return { result: core.registers[0] as number, instructions, cycles: core.cycles };
  }

  #execute(executed: number, limit: number): void {
    const core = this.#core;
    this.#instruction = core.PC;
    if (executed === limit) this.#refuse(`has not returned after ${limit} instructions`);
    const opcode = this.memory.fetch16(core.PC);
    if (opcode >> 8 === SUPERVISOR_CALL) this.#refuse("supervisor calls have no handler here");
    this.#toFetch = opcode >> 11 >= FIRST_WIDE ? 2 : 1;
    core.executeInstruction();
    const upper = opcode >> 8;
    if (upper === PUSH_LR || upper === POP_PC) core.cycles += 1;
    if (core.waiting) this.#refuse("waits for an interrupt, and there are none");
  }

  #refuse(reason: string): never {
    this.#core.waiting = false;
    throw new ProgramError(this.#instruction, reason);
  }
}
