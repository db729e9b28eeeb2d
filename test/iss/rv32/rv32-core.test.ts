import { expect } from "chai";
import { ProgramError } from "../../../src/iss/core.js";
import { Memory } from "../../../src/iss/memory.js";
import { IBEX_SMALL } from "../../../src/iss/rv32/cycles.js";
import { Rv32Core } from "../../../src/iss/rv32/rv32-core.js";

const ROM = 0x10000000;
const RAM = 0x20000000;
const STACK_TOP = RAM + 0x1000;

/** A core with these instructions, of 16 or 32 bits, at the start of its read-only memory. */
function coreWith(...code: number[]): Rv32Core {
  const halves = code.flatMap((word) => ((word & 3) === 3 ? [word & 0xffff, word >>> 16] : [word]));
  const memory = new Memory([
    { name: "ROM", base: ROM, size: 0x1000, writable: false },
    { name: "RAM", base: RAM, size: 0x1000, writable: true },
  ]);
  memory.write(ROM, new Uint8Array(Uint16Array.from(halves).buffer));
  return new Rv32Core(memory);
}

const run = (core: Rv32Core, args: readonly number[] = [], limit = 1000) =>
  core.call(ROM, args, STACK_TOP, limit);

const RET = 0x8082;

/** Cycles of one instruction in front of a return. */
const cyclesOf = (word: number, args: readonly number[] = []): number =>
  run(coreWith(word, RET), args).cycles - IBEX_SMALL.jump;

describe("the RV32IMC core", () => {
  it("calls a function with arguments and returns its result, instructions and cycles", () => {
    // mul a0, a0, a1; add a0, a0, a2; ret
    const core = coreWith(0x02b50533, 0x9532, RET);
    expect(run(core, [6, 7, 100])).to.deep.equal({ result: 142, instructions: 3, cycles: 3 + 1 + 2 });
    expect(run(core, [-1, 1, 0]).result).to.equal(0xffffffff);
  });

  it("takes the cycles of each class", () => {
    expect(cyclesOf(0x9532)).to.equal(1); // add a0, a0, a2
    expect(cyclesOf(0x41c8, [0, RAM])).to.equal(2); // lw a0, 4(a1)
    expect(cyclesOf(0xc1c8, [0, RAM])).to.equal(2); // sw a0, 4(a1)
    expect(cyclesOf(0x02b50533)).to.equal(3); // mul
    expect(cyclesOf(0x02b51533)).to.equal(4); // mulh
    expect(cyclesOf(0x02b54533, [7, 2])).to.equal(38); // div
    expect(cyclesOf(0x02b54533, [7, 0])).to.equal(2);
    expect(cyclesOf(0x0040006f)).to.equal(2); // j .+4
  });

  it("tells a branch that is taken from one that is not", () => {
    const core = coreWith(0xc111, 0x0505, RET); // beqz a0, .+4; addi a0, a0, 1; ret
    expect(run(core, [0])).to.deep.equal({ result: 0, instructions: 2, cycles: 3 + 2 });
    expect(run(core, [5])).to.deep.equal({ result: 6, instructions: 3, cycles: 1 + 1 + 2 });
  });

  it("extends loads by their sign or by zeros, and stores the low bytes", () => {
    const core = coreWith(0x00058503, RET); // lb a0, 0(a1)
    core.memory.write(RAM, Uint8Array.of(0x80, 0xff, 0x34, 0x12));
    const load = (word: number) => {
      core.memory.write(ROM, new Uint8Array(Uint32Array.of(word).buffer));
      return run(core, [0, RAM]).result;
    };
    expect(load(0x00058503)).to.equal(0xffffff80);
    expect(load(0x0005c503)).to.equal(0x80); // lbu
    expect(load(0x00059503)).to.equal(0xffffff80); // lh
    expect(load(0x0005d503)).to.equal(0xff80); // lhu
    expect(load(0x0005a503)).to.equal(0x1234ff80); // lw
    const store = (word: number) => {
      run(coreWithMemory(core.memory, word), [0x11223344, RAM + 8]);
      return [...core.memory.view(RAM + 8, 4)];
    };
    expect(store(0x00a58023)).to.deep.equal([0x44, 0, 0, 0]); // sb a0, 0(a1)
    expect(store(0x00a59023)).to.deep.equal([0x44, 0x33, 0, 0]); // sh
    expect(store(0x00a5a023)).to.deep.equal([0x44, 0x33, 0x22, 0x11]); // sw
  });

  it("runs code as it is at the call, in memory that programs can write too", () => {
    const memory = new Memory([{ name: "RAM", base: RAM, size: 0x1000, writable: true }]);
    const core = new Rv32Core(memory);
    const code = memory.view(RAM, 4);
    const halves = (...words: number[]) => new Uint8Array(Uint16Array.from(words).buffer);
    code.set(halves(0x0505, RET)); // addi a0, a0, 1
    expect(core.call(RAM, [1], STACK_TOP, 10).result).to.equal(2);
    code.set(halves(0x0509, RET)); // addi a0, a0, 2
    expect(core.call(RAM, [1], STACK_TOP, 10).result).to.equal(3);
  });

  it("keeps x0 at zero", () => {
    // li zero, 31 as addi; jal zero, .+4; mv a0, zero; ret
    const core = coreWith(0x01f00013, 0x0040006f, 0x00000533, RET);
    expect(run(core, [9]).result).to.equal(0);
  });

  it("calls and returns through the stack", () => {
    // addi sp, sp, -16; sw ra, 12(sp); jal .+8; lw ra, 12(sp); addi sp, sp, 16; ret | addi a0, a0, 2; ret
    const core = coreWith(0x1141, 0xc606, 0x2021, 0x40b2, 0x0141, RET, 0x0509, RET);
    expect(run(core, [40])).to.deep.include({ result: 42, instructions: 8 });
  });

  it("counts what is loaded and stored, and none that is fetched", () => {
    const core = coreWith(0x41c8, 0xc188, RET); // lw a0, 4(a1); sw a0, 0(a1)
    core.memory.watch("code", ROM, 16);
    core.memory.watch("to", RAM, 4);
    core.memory.watch("from", RAM + 4, 4);
    run(core, [0, RAM]);
    expect(core.memory.traffic().map(({ name, loads, stores }) => [name, loads, stores])).to.deep.equal([
      ["other", 0, 0],
      ["code", 0, 0],
      ["to", 0, 1],
      ["from", 1, 0],
    ]);
  });

  it("says where a program cannot go on, and why", () => {
    expect(() => run(coreWith(0x9002))).to.throw(ProgramError, "at 0x10000000: breakpoint");
    expect(() => run(coreWith(0x0001, 0x00000073))).to.throw(ProgramError, "at 0x10000002: ecall");
    expect(() => run(coreWith(0x0000))).to.throw(ProgramError, "0x0000 is no instruction of RV32IMC");
    expect(() => run(coreWith(0x30200073))).to.throw(ProgramError, "0x30200073 is no instruction of RV32IMC");
    expect(() => run(coreWith(0xa001), [], 50)).to.throw(
      ProgramError,
      "has not returned after 50 instructions",
    );
    expect(() => run(coreWith(0x41c8), [0, 0x40])).to.throw(
      ProgramError,
      "at 0x10000000: load of 4 bytes at 0x00000044",
    );
    expect(() => run(coreWith(0x41c8), [0, RAM + 2])).to.throw(ProgramError, "not a multiple of 4");
    expect(() => run(coreWith(0xc1c8), [0, ROM])).to.throw(ProgramError, "ROM is read-only");
    expect(() => run(coreWith(0x8582), [0, 0x40])).to.throw(ProgramError, "fetch of 2 bytes"); // jr a1
  });
});

/** A core on the memory, with one instruction and a return in place of the code. */
function coreWithMemory(memory: Memory, word: number): Rv32Core {
  memory.write(ROM, new Uint8Array(Uint32Array.of(word, RET).buffer));
  return new Rv32Core(memory);
}
