import { expect } from "chai";
import fc from "fast-check";
import { BRANCHES, IMMEDIATES, REGISTERS, UPPER } from "../../../src/iss/rv32/operations.js";

/** Numbers of 32 bits with sign, and often those at which something changes. */
const EDGES = [0, 1, -1, 2, 31, 32, 0x7fff, 0x8000, 0xffff, 0x10000, 0x7fffffff, -0x80000000, -0x7fffffff];
const word = fc.oneof(fc.constantFrom(...EDGES), fc.integer({ min: -0x80000000, max: 0x7fffffff }));

const s = (value: number): bigint => BigInt(value);
const u = (value: number): bigint => BigInt.asUintN(32, BigInt(value));
const shift = (value: number): bigint => BigInt(value & 31);

/** The same in exact integers, as the manual words it. */
const EXACT: Record<keyof typeof REGISTERS, (a: number, b: number) => bigint> = {
  add: (a, b) => s(a) + s(b),
  sub: (a, b) => s(a) - s(b),
  sll: (a, b) => u(a) << shift(b),
  srl: (a, b) => u(a) >> shift(b),
  sra: (a, b) => s(a) >> shift(b),
  slt: (a, b) => (s(a) < s(b) ? 1n : 0n),
  sltu: (a, b) => (u(a) < u(b) ? 1n : 0n),
  xor: (a, b) => s(a) ^ s(b),
  or: (a, b) => s(a) | s(b),
  and: (a, b) => s(a) & s(b),
  mul: (a, b) => s(a) * s(b),
  mulh: (a, b) => (s(a) * s(b)) >> 32n,
  mulhsu: (a, b) => (s(a) * u(b)) >> 32n,
  mulhu: (a, b) => (u(a) * u(b)) >> 32n,
  div: (a, b) => (b === 0 ? -1n : s(a) / s(b)),
  divu: (a, b) => (b === 0 ? -1n : u(a) / u(b)),
  rem: (a, b) => (b === 0 ? s(a) : s(a) % s(b)),
  remu: (a, b) => (b === 0 ? u(a) : u(a) % u(b)),
};

/** What a register takes of a result. */
const register = (value: number): number => Int32Array.of(value)[0] as number;

const sameFor = (compute: (a: number, b: number) => number, exact: (a: number, b: number) => bigint): void =>
  fc.assert(
    fc.property(word, word, (a, b) => {
      expect(register(compute(a, b))).to.equal(Number(BigInt.asIntN(32, exact(a, b))));
    }),
    { numRuns: 500, seed: 7 },
  );

describe("operations of RV32IM", () => {
  for (const name of Object.keys(REGISTERS) as (keyof typeof REGISTERS)[]) {
    it(`${name} is that of exact integers modulo 2^32`, () => sameFor(REGISTERS[name], EXACT[name]));
  }

  for (const name of Object.keys(IMMEDIATES) as (keyof typeof IMMEDIATES)[]) {
    it(`${name} does the same with an immediate`, () => {
      const like = (name === "sltiu" ? "sltu" : name.replace("i", "")) as keyof typeof REGISTERS;
      sameFor(IMMEDIATES[name], EXACT[like]);
    });
  }

  it("lui takes the immediate, auipc adds it to the address", () => {
    sameFor(UPPER.lui, (_, imm) => s(imm));
    sameFor(UPPER.auipc, (pc, imm) => s(pc) + s(imm));
  });

  it("branches compare with and without sign", () => {
    const exact: Record<keyof typeof BRANCHES, (a: number, b: number) => boolean> = {
      beq: (a, b) => s(a) === s(b),
      bne: (a, b) => s(a) !== s(b),
      blt: (a, b) => s(a) < s(b),
      bge: (a, b) => s(a) >= s(b),
      bltu: (a, b) => u(a) < u(b),
      bgeu: (a, b) => u(a) >= u(b),
    };
    for (const name of Object.keys(BRANCHES) as (keyof typeof BRANCHES)[]) {
      sameFor(
        (a, b) => Number(BRANCHES[name](a, b)),
        (a, b) => BigInt(exact[name](a, b)),
      );
    }
  });
});
