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

/**
 * Ibex with two stages, the three-cycle multiplier and no branch target ALU (its configuration "small"): 1 and the stall
 * cycles of the table in the Ibex documentation, "Pipeline Details", on memories that answer in the next cycle.
 */
export const IBEX_SMALL: Rv32Cycles = {
  integer: 1,
  load: 2,
  store: 2,
  multiply: 3,
  multiplyHigh: 4,
  divide: 38,
  divideByZero: 2,
  jump: 2,
  branchTaken: 3,
  branchNotTaken: 1,
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
