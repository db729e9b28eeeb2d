import type { Operation } from "./operations.js";

// Instructions of RV32I and M: "The RISC-V Instruction Set Manual", volume I, "RV32/64G Instruction Set Listings".

/** An instruction taken apart. What an operation does not have is 0; immediates are sign-extended. */
export interface Instruction {
  readonly operation: Operation;
  readonly rd: number;
  readonly rs1: number;
  readonly rs2: number;
  readonly imm: number;
}

// By `funct3`.
const BRANCHES = ["beq", "bne", undefined, undefined, "blt", "bge", "bltu", "bgeu"] as const;
const LOADS = ["lb", "lh", "lw", undefined, "lbu", "lhu", undefined, undefined] as const;
const STORES = ["sb", "sh", "sw"] as const;
const IMMEDIATES = ["addi", "slli", "slti", "sltiu", "xori", "srli", "ori", "andi"] as const;
const REGISTERS = ["add", "sll", "slt", "sltu", "xor", "srl", "or", "and"] as const;
const MULTIPLIES = ["mul", "mulh", "mulhsu", "mulhu", "div", "divu", "rem", "remu"] as const;

const iImmediate = (word: number): number => word >> 20;
const sImmediate = (word: number): number => ((word >> 25) << 5) | ((word >> 7) & 0x1f);
const bImmediate = (word: number): number =>
  ((word >> 31) << 12) | ((word << 4) & 0x800) | ((word >> 20) & 0x7e0) | ((word >> 7) & 0x1e);
const jImmediate = (word: number): number =>
  ((word >> 31) << 20) | (word & 0xff000) | ((word >> 9) & 0x800) | ((word >> 20) & 0x7fe);

/** Shifts by a constant have `funct7` where other immediates have their upper bits. */
function immediateOperation(funct3: number, funct7: number): Operation | undefined {
  if (funct3 === 5 && funct7 === 0x20) return "srai";
  const isShift = funct3 === 1 || funct3 === 5;
  return isShift && funct7 !== 0 ? undefined : IMMEDIATES[funct3];
}

function registerOperation(funct3: number, funct7: number): Operation | undefined {
  if (funct7 === 0) return REGISTERS[funct3];
  if (funct7 === 1) return MULTIPLIES[funct3];
  if (funct7 !== 0x20) return undefined;
  return funct3 === 0 ? "sub" : funct3 === 5 ? "sra" : undefined;
}

/** A 32-bit instruction, or nothing if it is none of RV32IM. */
export function decode(word: number): Instruction | undefined {
  const rd = (word >> 7) & 0x1f;
  const funct3 = (word >> 12) & 7;
  const rs1 = (word >> 15) & 0x1f;
  const rs2 = (word >> 20) & 0x1f;
  const funct7 = word >>> 25;
  const of = (operation: Operation | undefined, fields: Partial<Instruction>): Instruction | undefined =>
    operation === undefined ? undefined : { operation, rd: 0, rs1: 0, rs2: 0, imm: 0, ...fields };
  switch (word & 0x7f) {
    case 0x37:
      return of("lui", { rd, imm: word & ~0xfff });
    case 0x17:
      return of("auipc", { rd, imm: word & ~0xfff });
    case 0x6f:
      return of("jal", { rd, imm: jImmediate(word) });
    case 0x67:
      return of(funct3 === 0 ? "jalr" : undefined, { rd, rs1, imm: iImmediate(word) });
    case 0x63:
      return of(BRANCHES[funct3], { rs1, rs2, imm: bImmediate(word) });
    case 0x03:
      return of(LOADS[funct3], { rd, rs1, imm: iImmediate(word) });
    case 0x23:
      return of(STORES[funct3], { rs1, rs2, imm: sImmediate(word) });
    case 0x13: {
      const operation = immediateOperation(funct3, funct7);
      const imm = funct3 === 1 || funct3 === 5 ? rs2 : iImmediate(word);
      return of(operation, { rd, rs1, imm });
    }
    case 0x33:
      return of(registerOperation(funct3, funct7), { rd, rs1, rs2 });
    case 0x0f:
      return of(funct3 === 0 ? "fence" : undefined, {});
    case 0x73:
      return of(word === 0x73 ? "ecall" : word === 0x100073 ? "ebreak" : undefined, {});
    default:
      return undefined;
  }
}
