import { expect } from "chai";
import { ProgramError } from "../../src/iss/core.js";
import { CortexM0PlusCore } from "../../src/iss/cortex-m0plus-core.js";
import { Memory } from "../../src/iss/memory.js";

const ROM = 0x10000000;
const RAM = 0x20000000;
const STACK_TOP = RAM + 0x1000;

/** A core with these halfwords of Thumb code at the start of its read-only memory. */
function coreWith(...code: number[]): CortexM0PlusCore {
  const memory = new Memory([
    { name: "ROM", base: ROM, size: 0x1000, writable: false },
    { name: "RAM", base: RAM, size: 0x1000, writable: true },
  ]);
  memory.write(ROM, new Uint8Array(Uint16Array.from(code).buffer));
  return new CortexM0PlusCore(memory);
}

const run = (core: CortexM0PlusCore, args: readonly number[] = [], limit = 1000) =>
  core.call(ROM | 1, args, STACK_TOP, limit);

const BX_LR = 0x4770;

describe("the Cortex-M0+ core", () => {
  it("calls a function with arguments and returns its result, instructions and cycles", () => {
    // muls r0, r1 (1 cycle); adds r0, r0, r2 (1); bx lr (2)
    const core = coreWith(0x4348, 0x1880, BX_LR);
    expect(run(core, [6, 7, 100])).to.deep.equal({ result: 142, instructions: 3, cycles: 4 });
  });

  it("starts each call afresh", () => {
    const core = coreWith(0x3001, BX_LR); // adds r0, #1
    expect(run(core, [1])).to.deep.equal(run(core, [1]));
  });

  it("takes 2 cycles for a load or store, and for a branch 2 if it is taken and 1 if not", () => {
    expect(run(coreWith(0x6008, BX_LR), [5, RAM]).cycles).to.equal(4); // str r0, [r1]
    expect(run(coreWith(0x6800, BX_LR), [RAM]).cycles).to.equal(4); // ldr r0, [r0]
    const branches = coreWith(0x2800, 0xd000, 0x46c0, BX_LR); // cmp r0, #0; beq +2; mov r8, r8
    expect(run(branches, [0])).to.deep.include({ instructions: 3, cycles: 5 });
    expect(run(branches, [1])).to.deep.include({ instructions: 4, cycles: 5 });
  });

  it("counts halfwords that are loaded, and none that are fetched", () => {
    const core = coreWith(0x8800, 0x8008, BX_LR); // ldrh r0, [r0]; strh r0, [r1]
    core.memory.watch("code", ROM, 16);
    core.memory.watch("from", RAM, 4);
    core.memory.watch("to", RAM + 4, 4);
    core.memory.write(RAM, Uint8Array.of(0x34, 0x12));
    expect(run(core, [RAM, RAM + 4]).result).to.equal(0x1234);
    expect(core.memory.view(RAM + 4, 2)).to.deep.equal(Uint8Array.of(0x34, 0x12));
    expect(core.memory.traffic()).to.deep.equal([
      { name: "other", loads: 0, stores: 0 },
      { name: "code", loads: 0, stores: 0 },
      { name: "from", loads: 1, stores: 0 },
      { name: "to", loads: 0, stores: 1 },
    ]);
  });

  it("reaches below a base with a negative index register", () => {
    const core = coreWith(0x5840, BX_LR); // ldr r0, [r0, r1]
    core.memory.write(RAM, Uint8Array.of(9, 0, 0, 0));
    expect(run(core, [RAM + 8, -8]).result).to.equal(9);
  });

  it("calls and returns through the stack, and counts LR and PC among the registers there", () => {
    // push {lr} (2 cycles); bl +2 (3); pop {pc} (4); adds r0, #2 (1); bx lr (2)
    const core = coreWith(0xb500, 0xf000, 0xf801, 0xbd00, 0x3002, BX_LR);
    expect(run(core, [40])).to.deep.include({ result: 42, instructions: 5, cycles: 2 + 3 + 4 + 1 + 2 });
  });

  it("says where a program cannot go on, and why", () => {
    expect(() => run(coreWith(0xbe2a))).to.throw(ProgramError, "at 0x10000000: breakpoint 42");
    expect(() => run(coreWith(0x46c0, 0xb100))).to.throw(
      ProgramError,
      "at 0x10000002: this is no instruction of a Cortex-M0+",
    );
    expect(() => run(coreWith(0xdf00))).to.throw(ProgramError, "supervisor calls");
    expect(() => run(coreWith(0xbf30))).to.throw(ProgramError, "waits for an interrupt");
    expect(() => run(coreWith(0xe7fe), [], 50)).to.throw(
      ProgramError,
      "has not returned after 50 instructions",
    );
    expect(() => run(coreWith(0x6800), [0x40])).to.throw(
      ProgramError,
      "at 0x10000000: load of 4 bytes at 0x00000040",
    );
    expect(() => run(coreWith(0x6800), [RAM + 2])).to.throw(ProgramError, "not a multiple of 4");
    expect(() => run(coreWith(0x6008), [0, ROM])).to.throw(ProgramError, "ROM is read-only");
  });

  it("can be called again after a program gave up", () => {
    const core = coreWith(0xbf30, 0x3001, BX_LR);
    expect(() => run(core)).to.throw(ProgramError);
    expect(core.call(ROM + 3, [1], STACK_TOP, 10).result).to.equal(2);
  });
});
