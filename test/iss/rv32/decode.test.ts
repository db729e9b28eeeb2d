import { expect } from "chai";
import { decode, type Instruction } from "../../../src/iss/rv32/decode.js";

// Words as riscv64-unknown-elf-as (binutils 2.40) writes them.
const ENCODED: readonly (readonly [number, string, Partial<Instruction>])[] = [
  [0xfffff537, "lui a0, 0xfffff", { operation: "lui", rd: 10, imm: -4096 }],
  [0x12345297, "auipc t0, 0x12345", { operation: "auipc", rd: 5, imm: 0x12345000 }],
  [0x80c000ef, "jal ra, .-1048576+12", { operation: "jal", rd: 1, imm: -1048564 }],
  [0x7ffff06f, "jal zero, .+1048574", { operation: "jal", imm: 1048574 }],
  [0x800d85e7, "jalr a1, -2048(s11)", { operation: "jalr", rd: 11, rs1: 27, imm: -2048 }],
  [0x80b50063, "beq a0, a1, .-4096", { operation: "beq", rs1: 10, rs2: 11, imm: -4096 }],
  [0x7e0f9fe3, "bne t6, zero, .+4094", { operation: "bne", rs1: 31, imm: 4094 }],
  [0x00944463, "blt s0, s1, .+8", { operation: "blt", rs1: 8, rs2: 9, imm: 8 }],
  [0xfe945ce3, "bge s0, s1, .-8", { operation: "bge", rs1: 8, rs2: 9, imm: -8 }],
  [0x00d660e3, "bltu a2, a3, .+2048", { operation: "bltu", rs1: 12, rs2: 13, imm: 2048 }],
  [0x80d670e3, "bgeu a2, a3, .-2048", { operation: "bgeu", rs1: 12, rs2: 13, imm: -2048 }],
  [0xfff58503, "lb a0, -1(a1)", { operation: "lb", rd: 10, rs1: 11, imm: -1 }],
  [0x7ff59503, "lh a0, 2047(a1)", { operation: "lh", rd: 10, rs1: 11, imm: 2047 }],
  [0x80012f83, "lw t6, -2048(sp)", { operation: "lw", rd: 31, rs1: 2, imm: -2048 }],
  [0x0057c703, "lbu a4, 5(a5)", { operation: "lbu", rd: 14, rs1: 15, imm: 5 }],
  [0x0067d703, "lhu a4, 6(a5)", { operation: "lhu", rd: 14, rs1: 15, imm: 6 }],
  [0xfea58fa3, "sb a0, -1(a1)", { operation: "sb", rs1: 11, rs2: 10, imm: -1 }],
  [0x7ea59fa3, "sh a0, 2047(a1)", { operation: "sh", rs1: 11, rs2: 10, imm: 2047 }],
  [0x81f12023, "sw t6, -2048(sp)", { operation: "sw", rs1: 2, rs2: 31, imm: -2048 }],
  [0x80050513, "addi a0, a0, -2048", { operation: "addi", rd: 10, rs1: 10, imm: -2048 }],
  [0x01f59513, "slli a0, a1, 31", { operation: "slli", rd: 10, rs1: 11, imm: 31 }],
  [0xffb6a613, "slti a2, a3, -5", { operation: "slti", rd: 12, rs1: 13, imm: -5 }],
  [0x7ff6b613, "sltiu a2, a3, 2047", { operation: "sltiu", rd: 12, rs1: 13, imm: 2047 }],
  [0xfff7c713, "xori a4, a5, -1", { operation: "xori", rd: 14, rs1: 15, imm: -1 }],
  [0x0015d513, "srli a0, a1, 1", { operation: "srli", rd: 10, rs1: 11, imm: 1 }],
  [0x41f5d513, "srai a0, a1, 31", { operation: "srai", rd: 10, rs1: 11, imm: 31 }],
  [0x1008e813, "ori a6, a7, 256", { operation: "ori", rd: 16, rs1: 17, imm: 256 }],
  [0xf009f913, "andi s2, s3, -256", { operation: "andi", rd: 18, rs1: 19, imm: -256 }],
  [0x016a8a33, "add s4, s5, s6", { operation: "add", rd: 20, rs1: 21, rs2: 22 }],
  [0x419c0bb3, "sub s7, s8, s9", { operation: "sub", rd: 23, rs1: 24, rs2: 25 }],
  [0x00c59533, "sll a0, a1, a2", { operation: "sll", rd: 10, rs1: 11, rs2: 12 }],
  [0x00c5a533, "slt a0, a1, a2", { operation: "slt", rd: 10, rs1: 11, rs2: 12 }],
  [0x00c5b533, "sltu a0, a1, a2", { operation: "sltu", rd: 10, rs1: 11, rs2: 12 }],
  [0x00c5c533, "xor a0, a1, a2", { operation: "xor", rd: 10, rs1: 11, rs2: 12 }],
  [0x00c5d533, "srl a0, a1, a2", { operation: "srl", rd: 10, rs1: 11, rs2: 12 }],
  [0x40c5d533, "sra a0, a1, a2", { operation: "sra", rd: 10, rs1: 11, rs2: 12 }],
  [0x00c5e533, "or a0, a1, a2", { operation: "or", rd: 10, rs1: 11, rs2: 12 }],
  [0x00c5f533, "and a0, a1, a2", { operation: "and", rd: 10, rs1: 11, rs2: 12 }],
  [0x03c38333, "mul t1, t2, t3", { operation: "mul", rd: 6, rs1: 7, rs2: 28 }],
  [0x03c39333, "mulh t1, t2, t3", { operation: "mulh", rd: 6, rs1: 7, rs2: 28 }],
  [0x03c3a333, "mulhsu t1, t2, t3", { operation: "mulhsu", rd: 6, rs1: 7, rs2: 28 }],
  [0x03c3b333, "mulhu t1, t2, t3", { operation: "mulhu", rd: 6, rs1: 7, rs2: 28 }],
  [0x03ff4eb3, "div t4, t5, t6", { operation: "div", rd: 29, rs1: 30, rs2: 31 }],
  [0x03ff5eb3, "divu t4, t5, t6", { operation: "divu", rd: 29, rs1: 30, rs2: 31 }],
  [0x03ff6eb3, "rem t4, t5, t6", { operation: "rem", rd: 29, rs1: 30, rs2: 31 }],
  [0x03ff7eb3, "remu t4, t5, t6", { operation: "remu", rd: 29, rs1: 30, rs2: 31 }],
  [0x0ff0000f, "fence", { operation: "fence" }],
  [0x00000073, "ecall", { operation: "ecall" }],
  [0x00100073, "ebreak", { operation: "ebreak" }],
];

const NONE: readonly (readonly [number, string])[] = [
  [0x00000000, "all zeros"],
  [0xffffffff, "all ones"],
  [0x0005b503, "ld, of 64 bits"],
  [0x00a5b023, "sd, of 64 bits"],
  [0x02051513, "a shift by 32"],
  [0x40051513, "slli with the upper bits of srai"],
  [0x40c59533, "sll with the upper bits of sub"],
  [0x04c58533, "a register operation of another extension"],
  [0x0ff0100f, "fence.i, which is an extension"],
  [0x30200073, "mret"],
  [0x300025f3, "csrr, which is an extension"],
  [0x00052507, "flw"],
  [0x00b52063, "a branch that is none"],
  [0x000590e7, "jalr with another funct3"],
];

describe("decoding RV32IM", () => {
  for (const [word, text, fields] of ENCODED) {
    it(`takes ${text} apart`, () => {
      expect(decode(word | 0)).to.deep.equal({ rd: 0, rs1: 0, rs2: 0, imm: 0, ...fields });
    });
  }

  for (const [word, text] of NONE) {
    it(`knows no instruction in ${text}`, () => {
      expect(decode(word | 0)).to.equal(undefined);
    });
  }
});
