import type { Memory } from "../memory.js";
import { mulh, mulhsu, mulhu } from "./multiply.js";

// What instructions compute, of 32-bit numbers with sign; results are taken modulo 2^32 by the register that takes them.
// "The RISC-V Instruction Set Manual", volume I, "RV32I Base Integer Instruction Set" and "M" Extension.

type Compute = (a: number, b: number) => number;

const add: Compute = (a, b) => a + b;
const sll: Compute = (a, b) => a << (b & 31);
const slt: Compute = (a, b) => (a < b ? 1 : 0);
const sltu: Compute = (a, b) => (a >>> 0 < b >>> 0 ? 1 : 0);
const xor: Compute = (a, b) => a ^ b;
const srl: Compute = (a, b) => a >>> (b & 31);
const sra: Compute = (a, b) => a >> (b & 31);
const or: Compute = (a, b) => a | b;
const and: Compute = (a, b) => a & b;

/** Quotients and remainders. Division by zero and overflow give what the manual's table for them says. */
export const DIVIDES = {
  div: (a, b) => (b === 0 ? -1 : a / b),
  divu: (a, b) => (b === 0 ? -1 : (a >>> 0) / (b >>> 0)),
  rem: (a, b) => (b === 0 ? a : a % b),
  remu: (a, b) => (b === 0 ? a : (a >>> 0) % (b >>> 0)),
} satisfies Record<string, Compute>;

/** Of two registers. */
export const REGISTERS = {
  ...{ add, sll, slt, sltu, xor, srl, sra, or, and },
  sub: (a, b) => a - b,
  mul: Math.imul,
  ...{ mulh, mulhsu, mulhu },
  ...DIVIDES,
} satisfies Record<string, Compute>;

/** Of a register and an immediate. */
export const IMMEDIATES = {
  ...{ addi: add, slli: sll, slti: slt, sltiu: sltu, xori: xor, srli: srl, srai: sra, ori: or, andi: and },
} satisfies Record<string, Compute>;

/** Of the instruction's address and an immediate. */
export const UPPER = { lui: (_, imm) => imm, auipc: add } satisfies Record<string, Compute>;

/** Whether a branch is taken. */
export const BRANCHES = {
  beq: (a, b) => a === b,
  bne: (a, b) => a !== b,
  blt: (a, b) => a < b,
  bge: (a, b) => a >= b,
  bltu: (a, b) => a >>> 0 < b >>> 0,
  bgeu: (a, b) => a >>> 0 >= b >>> 0,
} satisfies Record<string, (a: number, b: number) => boolean>;

export const LOADS = {
  lb: (memory, address) => (memory.load8(address) << 24) >> 24,
  lh: (memory, address) => (memory.load16(address) << 16) >> 16,
  lw: (memory, address) => memory.load32(address),
  lbu: (memory, address) => memory.load8(address),
  lhu: (memory, address) => memory.load16(address),
} satisfies Record<string, (memory: Memory, address: number) => number>;

export const STORES = {
  sb: (memory, address, value) => memory.store8(address, value),
  sh: (memory, address, value) => memory.store16(address, value),
  sw: (memory, address, value) => memory.store32(address, value),
} satisfies Record<string, (memory: Memory, address: number, value: number) => void>;

/** What is of no group. */
export type Special = "jal" | "jalr" | "fence" | "ecall" | "ebreak";

export type Operation =
  | keyof typeof REGISTERS
  | keyof typeof IMMEDIATES
  | keyof typeof UPPER
  | keyof typeof BRANCHES
  | keyof typeof LOADS
  | keyof typeof STORES
  | Special;

/** True if an operation is of the group. */
export function isIn<G extends object>(group: G, operation: Operation): operation is Operation & keyof G {
  return Object.hasOwn(group, operation);
}
