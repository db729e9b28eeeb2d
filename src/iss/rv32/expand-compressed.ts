// Compressed instructions as the 32-bit ones they stand for: "The RISC-V Instruction Set Manual", volume I, chapter
// "C" Extension for Compressed Instructions, tables of RVC quadrants 0, 1 and 2 for RV32. Forms for floating point, 64
// and 128 bits, and reserved ones, are none.

const OP_IMM = 0x13;
const OP = 0x33;
const LOAD = 0x03;
const STORE = 0x23;
const LUI = 0x37;
const JALR = 0x67;
const EBREAK = 0x00100073;
const SP = 2;

const bits = (word: number, high: number, low: number): number =>
  (word >> low) & ((1 << (high - low + 1)) - 1);
const signed = (value: number, width: number): number => (value << (32 - width)) >> (32 - width);

const iType = (opcode: number, funct3: number, rd: number, rs1: number, imm: number): number =>
  (imm << 20) | (rs1 << 15) | (funct3 << 12) | (rd << 7) | opcode;

const rType = (funct7: number, funct3: number, rd: number, rs1: number, rs2: number): number =>
  (funct7 << 25) | (rs2 << 20) | (rs1 << 15) | (funct3 << 12) | (rd << 7) | OP;

const storeWord = (rs1: number, rs2: number, offset: number): number =>
  (bits(offset, 11, 5) << 25) | (rs2 << 20) | (rs1 << 15) | (2 << 12) | (bits(offset, 4, 0) << 7) | STORE;

/** jal, whose offset is scattered over the upper 20 bits. */
const jal = (rd: number, offset: number): number =>
  (bits(offset, 20, 20) << 31) |
  (bits(offset, 10, 1) << 21) |
  (bits(offset, 11, 11) << 20) |
  (bits(offset, 19, 12) << 12) |
  (rd << 7) |
  0x6f;

const branchOnZero = (funct3: number, rs1: number, offset: number): number =>
  (bits(offset, 12, 12) << 31) |
  (bits(offset, 10, 5) << 25) |
  (rs1 << 15) |
  (funct3 << 12) |
  (bits(offset, 4, 1) << 8) |
  (bits(offset, 11, 11) << 7) |
  0x63;

/** One of the eight registers x8 .. x15 that three bits can name. */
const popular = (half: number, low: number): number => 8 + bits(half, low + 2, low);

/** imm[5|4:0] of CI instructions. */
const ciImmediate = (half: number): number => signed((bits(half, 12, 12) << 5) | bits(half, 6, 2), 6);

/** offset[11|4|9:8|10|6|7|3:1|5] of CJ instructions. */
function jumpOffset(half: number): number {
  const offset =
    (bits(half, 12, 12) << 11) |
    (bits(half, 11, 11) << 4) |
    (bits(half, 10, 9) << 8) |
    (bits(half, 8, 8) << 10) |
    (bits(half, 7, 7) << 6) |
    (bits(half, 6, 6) << 7) |
    (bits(half, 5, 3) << 1) |
    (bits(half, 2, 2) << 5);
  return signed(offset, 12);
}

/** offset[8|4:3] and offset[7:6|2:1|5] of CB instructions. */
function branchOffset(half: number): number {
  const offset =
    (bits(half, 12, 12) << 8) |
    (bits(half, 11, 10) << 3) |
    (bits(half, 6, 5) << 6) |
    (bits(half, 4, 3) << 1) |
    (bits(half, 2, 2) << 5);
  return signed(offset, 9);
}

function quadrant0(half: number): number | undefined {
  const rd = popular(half, 2);
  const rs1 = popular(half, 7);
  const offset = (bits(half, 12, 10) << 3) | (bits(half, 6, 6) << 2) | (bits(half, 5, 5) << 6);
  switch (half >> 13) {
    case 0: {
      const imm =
        (bits(half, 12, 11) << 4) |
        (bits(half, 10, 7) << 6) |
        (bits(half, 6, 6) << 2) |
        (bits(half, 5, 5) << 3);
      return imm === 0 ? undefined : iType(OP_IMM, 0, rd, SP, imm);
    }
    case 2:
      return iType(LOAD, 2, rd, rs1, offset);
    case 6:
      return storeWord(rs1, rd, offset);
    default:
      return undefined;
  }
}

function arithmetic(half: number): number | undefined {
  const rd = popular(half, 7);
  const rs2 = popular(half, 2);
  const shift = bits(half, 6, 2);
  const isWide = bits(half, 12, 12) === 1;
  switch (bits(half, 11, 10)) {
    case 0:
      return isWide ? undefined : iType(OP_IMM, 5, rd, rd, shift);
    case 1:
      return isWide ? undefined : iType(OP_IMM, 5, rd, rd, 0x400 | shift);
    case 2:
      return iType(OP_IMM, 7, rd, rd, ciImmediate(half));
    default: {
      if (isWide) return undefined;
      const [funct7, funct3] = (
        [
          [0x20, 0],
          [0, 4],
          [0, 6],
          [0, 7],
        ] as const
      )[bits(half, 6, 5) as 0 | 1 | 2 | 3];
      return rType(funct7, funct3, rd, rd, rs2);
    }
  }
}

function quadrant1(half: number): number | undefined {
  const rd = bits(half, 11, 7);
  const imm = ciImmediate(half);
  switch (half >> 13) {
    case 0:
      return iType(OP_IMM, 0, rd, rd, imm);
    case 1:
      return jal(1, jumpOffset(half));
    case 2:
      return iType(OP_IMM, 0, rd, 0, imm);
    case 3: {
      if (imm === 0) return undefined;
      if (rd !== SP) return (imm << 12) | (rd << 7) | LUI;
      const step =
        (bits(half, 12, 12) << 9) |
        (bits(half, 6, 6) << 4) |
        (bits(half, 5, 5) << 6) |
        (bits(half, 4, 3) << 7) |
        (bits(half, 2, 2) << 5);
      return iType(OP_IMM, 0, SP, SP, signed(step, 10));
    }
    case 4:
      return arithmetic(half);
    case 5:
      return jal(0, jumpOffset(half));
    case 6:
      return branchOnZero(0, popular(half, 7), branchOffset(half));
    default:
      return branchOnZero(1, popular(half, 7), branchOffset(half));
  }
}

function quadrant2(half: number): number | undefined {
  const rd = bits(half, 11, 7);
  const rs2 = bits(half, 6, 2);
  switch (half >> 13) {
    case 0:
      return bits(half, 12, 12) === 1 ? undefined : iType(OP_IMM, 1, rd, rd, rs2);
    case 2: {
      const offset = (bits(half, 12, 12) << 5) | (bits(half, 6, 4) << 2) | (bits(half, 3, 2) << 6);
      return rd === 0 ? undefined : iType(LOAD, 2, rd, SP, offset);
    }
    case 4: {
      const isSecond = bits(half, 12, 12);
      if (rs2 !== 0) return rType(0, 0, rd, isSecond === 1 ? rd : 0, rs2);
      if (rd === 0) return isSecond === 1 ? EBREAK : undefined;
      return iType(JALR, 0, isSecond, rd, 0);
    }
    case 6:
      return storeWord(SP, rs2, (bits(half, 12, 9) << 2) | (bits(half, 8, 7) << 6));
    default:
      return undefined;
  }
}

/** The 32-bit instruction that a halfword stands for, or nothing if it stands for none. Its two lowest bits are not 0b11. */
export function expandCompressed(half: number): number | undefined {
  switch (half & 3) {
    case 0:
      return quadrant0(half);
    case 1:
      return quadrant1(half);
    default:
      return quadrant2(half);
  }
}
