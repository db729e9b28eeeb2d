/** Cycles of an instruction by class, on memories without wait states. */
export interface InstructionCycles {
  readonly alu: number;
  readonly load: number;
  readonly store: number;
  /** A store at a register plus a constant. */
  readonly storeImmediate: number;
  /** A load or store of several registers, PUSH and POP, and for each register of them; 0 where there is none. */
  readonly multiple: number;
  readonly eachRegister: number;
  /** The lower 32 bits of a product. */
  readonly multiply: number;
  /** 0 where there is none. */
  readonly multiplyAdd: number;
  /** A product of 64 bits, or its upper half; 0 where there is none. */
  readonly longMultiply: number;
  /** 0 where there is none. */
  readonly divide: number;
  readonly branchNotTaken: number;
  readonly branchTaken: number;
  /** Jumps, calls and returns. */
  readonly jump: number;
}

/** Of a taken branch or jump that refills the pipeline of a Cortex-M3 or M4: 1 + P with P from 1 to 3; the middle. */
const REFILL = 1 + 2;

/**
 * Cortex-M0+ by its Technical Reference Manual (ARM DDI 0484C, table 3-1) with the single-cycle multiplier. The simulated core
 * knows more of jumps: a BL takes 3, a POP with PC 2 more than other POPs.
 */
const CORTEX_M0PLUS: InstructionCycles = {
  alu: 1,
  load: 2,
  store: 2,
  storeImmediate: 2,
  multiple: 1,
  eachRegister: 1,
  multiply: 1,
  multiplyAdd: 0,
  longMultiply: 0,
  divide: 0,
  branchNotTaken: 1,
  branchTaken: 2,
  jump: 2,
};

/**
 * Cortex-M3 by its Technical Reference Manual, table 3-1 ("Cortex-M3 instructions", as os.mbed.com keeps it): loads 2,
 * several registers 1 + N, MUL 1, MLA 2, SMULL 3 to 5 and UDIV 2 to 12 by their middles, branches 1 + P. A store is taken
 * for 2 cycles as on the M4: no table with it was reachable. Loads in a row, which overlap, are not told from others.
 */
const CORTEX_M3: InstructionCycles = {
  alu: 1,
  load: 2,
  store: 2,
  storeImmediate: 2,
  multiple: 1,
  eachRegister: 1,
  multiply: 1,
  multiplyAdd: 2,
  longMultiply: 4,
  divide: 7,
  branchNotTaken: 1,
  branchTaken: REFILL,
  jump: REFILL,
};

/** Cortex-M4 by ARM DDI 0439D, tables 3-1 and 3-2: a store at a constant offset 1 by its buffer, MLA and long products 1. */
const CORTEX_M4: InstructionCycles = {
  ...CORTEX_M3,
  storeImmediate: 1,
  multiplyAdd: 1,
  longMultiply: 1,
};

/**
 * RV32IMC as Ibex with two stages, the three-cycle multiplier and no branch target ALU (its configuration "small"): 1 and the
 * stall cycles of the table in the Ibex documentation, "Pipeline Details", on memories that answer in the next cycle.
 */
const IBEX: InstructionCycles = {
  alu: 1,
  load: 2,
  store: 2,
  storeImmediate: 2,
  multiple: 0,
  eachRegister: 0,
  multiply: 3,
  multiplyAdd: 0,
  longMultiply: 4,
  divide: 38,
  branchNotTaken: 1,
  branchTaken: 3,
  jump: 2,
};

/** By instruction set. */
export const INSTRUCTION_CYCLES = {
  "cortex-m0plus": CORTEX_M0PLUS,
  "cortex-m3": CORTEX_M3,
  "cortex-m4": CORTEX_M4,
  rv32imc: IBEX,
} as const;
