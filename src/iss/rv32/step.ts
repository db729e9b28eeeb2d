import { cyclesOf, type Rv32Cycles, untypicalCyclesOf } from "./cycles.js";
import type { Instruction } from "./decode.js";
import {
  BRANCHES,
  DIVIDES,
  IMMEDIATES,
  isIn,
  LOADS,
  type Operation,
  REGISTERS,
  type Special,
  STORES,
  UPPER,
} from "./operations.js";

/** What executing a step means; the group of its operation. */
export type Kind = "registers" | "immediate" | "upper" | "branch" | "load" | "store" | "divide" | Special;

/**
 * An instruction at its address, ready to be executed. All steps have the same fields in the same order, and functions
 * that theirs is none of are not called: engines then read a field without asking what the step is.
 */
export class Step {
  readonly kind: Kind;
  readonly rd: number;
  readonly rs1: number;
  readonly rs2: number;
  readonly imm: number;
  readonly cycles: number;
  /** Of a branch that is taken, or a division by zero. */
  readonly untypicalCycles: number;
  readonly compute: (a: number, b: number) => number;
  readonly isTaken: (typeof BRANCHES)[keyof typeof BRANCHES];
  readonly load: (typeof LOADS)[keyof typeof LOADS];
  readonly store: (typeof STORES)[keyof typeof STORES];
  /** The step behind it, once one has gone there. */
  next: Step | undefined = undefined;
  /** The step at `pc + imm`, where branches and JAL go. */
  target: Step | undefined = undefined;

  /** @param bytes of the instruction, 2 or 4 */
  constructor(
    readonly pc: number,
    readonly bytes: number,
    { operation, rd, rs1, rs2, imm }: Instruction,
    cycles: Rv32Cycles,
  ) {
    this.kind = kindOf(operation);
    this.rd = rd;
    this.rs1 = rs1;
    this.rs2 = rs2;
    this.imm = imm;
    this.cycles = cyclesOf(operation, cycles);
    this.untypicalCycles = untypicalCyclesOf(operation, cycles);
    const computed = { ...REGISTERS, ...IMMEDIATES, ...UPPER };
    this.compute = isIn(computed, operation) ? computed[operation] : REGISTERS.add;
    this.isTaken = isIn(BRANCHES, operation) ? BRANCHES[operation] : BRANCHES.beq;
    this.load = isIn(LOADS, operation) ? LOADS[operation] : LOADS.lw;
    this.store = isIn(STORES, operation) ? STORES[operation] : STORES.sw;
  }
}

function kindOf(operation: Operation): Kind {
  if (isIn(DIVIDES, operation)) return "divide";
  if (isIn(REGISTERS, operation)) return "registers";
  if (isIn(IMMEDIATES, operation)) return "immediate";
  if (isIn(UPPER, operation)) return "upper";
  if (isIn(BRANCHES, operation)) return "branch";
  if (isIn(LOADS, operation)) return "load";
  return isIn(STORES, operation) ? "store" : operation;
}
