import { INSTRUCTION_CYCLES } from "../instruction-cycles.js";
import { BRANCHES, DIVIDES, isIn, LOADS, type Operation, STORES } from "./operations.js";

/** Cycles of an instruction by its class, without wait states. */
export interface Rv32Cycles {
  readonly integer: number;
  readonly load: number;
  readonly store: number;
  /** MUL: the lower half of a product. */
  readonly multiply: number;
  /** MULH, MULHSU, MULHU: the upper half. */
  readonly multiplyHigh: number;
  readonly divide: number;
  readonly divideByZero: number;
  /** JAL, JALR. */
  readonly jump: number;
  readonly branchTaken: number;
  readonly branchNotTaken: number;
}

const IBEX = INSTRUCTION_CYCLES.rv32imc;

/** Ibex, configuration "small" (src/iss/instruction-cycles.ts); a division by 0 takes 2 cycles, of the same documentation. */
export const IBEX_SMALL: Rv32Cycles = {
  integer: IBEX.alu,
  load: IBEX.load,
  store: IBEX.store,
  multiply: IBEX.multiply,
  multiplyHigh: IBEX.longMultiply,
  divide: IBEX.divide,
  divideByZero: 2,
  jump: IBEX.jump,
  branchTaken: IBEX.branchTaken,
  branchNotTaken: IBEX.branchNotTaken,
};

const HIGH: readonly Operation[] = ["mulh", "mulhsu", "mulhu"];
/** Cycles of an operation; of a branch if it is not taken, of a division if its divisor is not 0. */
export function cyclesOf(operation: Operation, cycles: Rv32Cycles): number {
  if (isIn(LOADS, operation)) return cycles.load;
  if (isIn(STORES, operation)) return cycles.store;
  if (operation === "mul") return cycles.multiply;
  if (HIGH.includes(operation)) return cycles.multiplyHigh;
  if (isIn(DIVIDES, operation)) return cycles.divide;
  if (operation === "jal" || operation === "jalr") return cycles.jump;
  return isIn(BRANCHES, operation) ? cycles.branchNotTaken : cycles.integer;
}

/** Cycles of a branch that is taken, or of a division by 0; of all else as {@link cyclesOf}. */
export function untypicalCyclesOf(operation: Operation, cycles: Rv32Cycles): number {
  if (isIn(BRANCHES, operation)) return cycles.branchTaken;
  return isIn(DIVIDES, operation) ? cycles.divideByZero : cyclesOf(operation, cycles);
}
