import { atInstruction, type CallCost, type Core, ProgramError } from "../core.js";
import type { Memory } from "../memory.js";
import { IBEX_SMALL, type Rv32Cycles } from "./cycles.js";
import { decode } from "./decode.js";
import { expandCompressed } from "./expand-compressed.js";
import { Step } from "./step.js";

/** Where a called function returns to: no memory is there. */
const RETURN_ADDRESS = 0x30000000;

/** Registers of the calling convention (RISC-V ABIs Specification, "Integer Register Convention"). */
const RA = 1;
const SP = 2;
const GP = 3;
const A0 = 10;

/** The two lowest bits of instructions that have 32 bits. */
const WIDE = 3;

/**
 * An RV32IMC core: instructions of 16 and 32 bits, without traps, counters and privileged modes. An instruction is decoded
 * when a call first comes to it; those in writable memory anew for each call. A function must not change code that it
 * runs itself.
 */
export class Rv32Core implements Core {
  readonly memory: Memory;
  readonly #globalPointer: number;
  readonly #cycles: Rv32Cycles;
  readonly #x = new Int32Array(32);
  readonly #steps = new Map<number, Step>();
  /** Of the instruction that reaches for the memory. */
  #pc = 0;
  #revision = -1;
  #isCodeWritable = false;

  /** @param globalPointer what programs expect in `gp`: their symbol `__global_pointer$` */
  constructor(memory: Memory, globalPointer = 0, cycles: Rv32Cycles = IBEX_SMALL) {
    this.memory = memory;
    this.#globalPointer = globalPointer;
    this.#cycles = cycles;
  }

  call(address: number, args: readonly number[], stackTop: number, limit: number): CallCost {
    const x = this.#x;
    x.fill(0);
    x[RA] = RETURN_ADDRESS;
    x[SP] = stackTop;
    x[GP] = this.#globalPointer;
    x.set(args, A0);
    this.#forgetChangedCode();
    this.#pc = address;
    try {
      const cost = this.#run(this.#stepAt(address), limit);
      return { result: (x[A0] as number) >>> 0, ...cost };
    } catch (error) {
      throw atInstruction(this.#pc, error);
    }
  }

  #run(first: Step, limit: number): Pick<CallCost, "instructions" | "cycles"> {
    const x = this.#x;
    const { memory } = this;
    let instructions = 0;
    let cycles = 0;
    let step = first;
    for (;;) {
      if (instructions === limit)
        throw new ProgramError(step.pc, `has not returned after ${limit} instructions`);
      instructions += 1;
      cycles += step.cycles;
      const { rd, imm } = step;
      const a = x[step.rs1] as number;
      const b = x[step.rs2] as number;
      switch (step.kind) {
        case "registers":
          x[rd] = step.compute(a, b);
          break;
        case "immediate":
          x[rd] = step.compute(a, imm);
          break;
        case "load":
          this.#pc = step.pc;
          x[rd] = step.load(memory, (a + imm) >>> 0);
          break;
        case "store":
          this.#pc = step.pc;
          step.store(memory, (a + imm) >>> 0, b);
          break;
        case "branch":
          if (!step.isTaken(a, b)) break;
          cycles += step.untypicalCycles - step.cycles;
          step = this.#targetOf(step);
          continue;
        case "upper":
          x[rd] = step.compute(step.pc, imm);
          break;
        case "divide":
          x[rd] = step.compute(a, b);
          if (b === 0) cycles += step.untypicalCycles - step.cycles;
          break;
        case "jal":
          x[rd] = step.pc + step.bytes;
          x[0] = 0;
          step = this.#targetOf(step);
          continue;
        case "jalr": {
          x[rd] = step.pc + step.bytes;
          x[0] = 0;
          const to = ((a + imm) & ~1) >>> 0;
          if (to === RETURN_ADDRESS) return { instructions, cycles };
          step = this.#stepAt(to);
          continue;
        }
        case "fence":
          break;
        case "ecall":
          throw new ProgramError(step.pc, "ecall: there is no environment to call");
        case "ebreak":
          throw new ProgramError(step.pc, "breakpoint; the program has given up here");
      }
      x[0] = 0;
      step.next ??= this.#stepAt(step.pc + step.bytes);
      step = step.next;
    }
  }

  #forgetChangedCode(): void {
    const { revision } = this.memory;
    if (revision !== this.#revision || this.#isCodeWritable) this.#steps.clear();
    this.#revision = revision;
    this.#isCodeWritable = false;
  }

  #targetOf(step: Step): Step {
    step.target ??= this.#stepAt((step.pc + step.imm) >>> 0);
    return step.target;
  }

  #stepAt(pc: number): Step {
    const known = this.#steps.get(pc);
    if (known !== undefined) return known;
    this.#pc = pc;
    const half = this.memory.fetch16(pc);
    this.#isCodeWritable ||= this.memory.isWritable(pc);
    const isWide = (half & WIDE) === WIDE;
    const word = isWide ? half | (this.memory.fetch16(pc + 2) << 16) : expandCompressed(half);
    const instruction = word === undefined ? undefined : decode(word);
    if (instruction === undefined) {
      const shown = isWide
        ? ((word as number) >>> 0).toString(16).padStart(8, "0")
        : half.toString(16).padStart(4, "0");
      throw new ProgramError(pc, `0x${shown} is no instruction of RV32IMC`);
    }
    const step = new Step(pc, isWide ? 4 : 2, instruction, this.#cycles);
    this.#steps.set(pc, step);
    return step;
  }
}
