import { createHash } from "node:crypto";
import { expect } from "chai";
import { decode } from "../../../src/iss/rv32/decode.js";
import { expandCompressed } from "../../../src/iss/rv32/expand-compressed.js";

// Halfwords as riscv64-unknown-elf-as (binutils 2.40) writes them, and the instruction that each stands for as
// `operation rd rs1 rs2 imm`.
const ENCODED: readonly (readonly [number, string, string])[] = [
  [0x1fe8, "c.addi4spn a0, sp, 1020", "addi 10 2 0 1020"],
  [0x5fe8, "c.lw a0, 124(a5)", "lw 10 15 0 124"],
  [0xc024, "c.sw s1, 64(s0)", "sw 0 8 9 64"],
  [0x0001, "c.nop", "addi 0 0 0 0"],
  [0x1f81, "c.addi t6, -32", "addi 31 31 0 -32"],
  [0x3001, "c.jal .-2048", "jal 1 0 0 -2048"],
  [0x457d, "c.li a0, 31", "addi 10 0 0 31"],
  [0x7101, "c.addi16sp sp, -512", "addi 2 2 0 -512"],
  [0x7f81, "c.lui t6, 0xfffe0", "lui 31 0 0 -131072"],
  [0x817d, "c.srli a0, 31", "srli 10 10 0 31"],
  [0x8585, "c.srai a1, 1", "srai 11 11 0 1"],
  [0x9a7d, "c.andi a2, -1", "andi 12 12 0 -1"],
  [0x8d1d, "c.sub a0, a5", "sub 10 10 15 0"],
  [0x8d3d, "c.xor a0, a5", "xor 10 10 15 0"],
  [0x8d5d, "c.or a0, a5", "or 10 10 15 0"],
  [0x8d7d, "c.and a0, a5", "and 10 10 15 0"],
  [0xaffd, "c.j .+2046", "jal 0 0 0 2046"],
  [0xd001, "c.beqz s0, .-256", "beq 0 8 0 -256"],
  [0xeffd, "c.bnez a5, .+254", "bne 0 15 0 254"],
  [0x0ffe, "c.slli t6, 31", "slli 31 31 0 31"],
  [0x50fe, "c.lwsp ra, 252(sp)", "lw 1 2 0 252"],
  [0x8082, "c.jr ra", "jalr 0 1 0 0"],
  [0x82fe, "c.mv t0, t6", "add 5 0 31 0"],
  [0x9002, "c.ebreak", "ebreak 0 0 0 0"],
  [0x9302, "c.jalr t1", "jalr 1 6 0 0"],
  [0x92fe, "c.add t0, t6", "add 5 5 31 0"],
  [0xdfee, "c.swsp s11, 252(sp)", "sw 0 2 27 252"],
];

const RESERVED: readonly (readonly [number, string])[] = [
  [0x0000, "all zeros"],
  [0x0004, "c.addi4spn of 0"],
  [0x6101, "c.addi16sp of 0"],
  [0x6081, "c.lui of 0"],
  [0x9c01, "c.subw, of 64 bits"],
  [0x917d, "c.srli by more than 31"],
  [0x1ffe, "c.slli by more than 31"],
  [0x4002, "c.lwsp to x0"],
  [0x8002, "c.jr to x0"],
  [0x2000, "c.fld"],
  [0x6000, "c.flw"],
  [0xe002, "c.fswsp"],
];

const halfwords = Array.from({ length: 0x10000 }, (_, half) => half).filter((half) => (half & 3) !== 3);

describe("compressed instructions", () => {
  for (const [half, text, meaning] of ENCODED) {
    it(`has the meaning of ${meaning} in ${text}`, () => {
      const instruction = decode((expandCompressed(half) ?? 0) | 0);
      const { operation, rd, rs1, rs2, imm } = instruction ?? {
        operation: "none",
        rd: 0,
        rs1: 0,
        rs2: 0,
        imm: 0,
      };
      expect([operation, rd, rs1, rs2, imm].join(" ")).to.equal(meaning);
    });
  }

  for (const [half, text] of RESERVED) {
    it(`knows none in ${text}`, () => {
      expect(expandCompressed(half)).to.equal(undefined);
    });
  }

  it("expands to instructions that there are", () => {
    for (const half of halfwords) {
      const word = expandCompressed(half);
      if (word !== undefined) expect(decode(word | 0), half.toString(16)).to.not.equal(undefined);
    }
  });

  it("expands all halfwords as once compared with objdump, one by one", () => {
    // On 2026-11-26 objdump (binutils 2.40) disassembled each of the 49,152 halfwords and its expansion alike, but for
    // names of hints and of moves; those without expansion are reserved in RV32 or of other extensions.
    const words = Uint32Array.from(halfwords, (half) => expandCompressed(half) ?? 0);
    const digest = createHash("sha256").update(new Uint8Array(words.buffer)).digest("hex");
    expect(digest).to.equal("1f474e9b2af2718374e9b6e224e22b5c400f893a46be9dd11919aa6c4bd18834");
  });
});
