import { expect } from "chai";
import { parseElf } from "../../src/data/elf.js";
import { ProgramError } from "../../src/iss/core.js";
import { Program } from "../../src/iss/program.js";
import { watchedObjects } from "../../src/iss/watched-objects.js";
import { type BuiltElf, buildElf } from "../data/support/elf-builder.js";
import { program } from "../data/support/programs.js";

const load = (elf: BuiltElf): Program => new Program(parseElf(buildElf(elf), "a.elf"));
const TABLE = 0x20000000;
const RESULT = 0x20000010;

/** Cycles of `total` for n numbers, summed from the classes of its instructions, and the most of the stack in use. */
const COSTS = {
  arm: {
    cycles: (n: number) => 3 + 1 + 1 + (n === 0 ? 2 : 1 + n * (2 + 1 + 1) + 2 * n - 1) + 1 + 5,
    stackBytes: 8,
  },
  riscv: {
    cycles: (n: number) => 1 + 2 + 1 + (n === 0 ? 3 : 1 + n * (2 + 1 + 1 + 1) + 3 * n - 2) + 1 + 2 + 1 + 2,
    stackBytes: 4,
  },
};

for (const machine of ["arm", "riscv"] as const) {
  describe(`a program for ${machine}`, () => {
    it("runs from memory as start-up leaves it, and counts what it reaches", () => {
      const { cycles, stackBytes } = COSTS[machine];
      for (const n of [0, 1, 4]) {
        const call = load(program(machine)).call("total", [TABLE, n], 1000);
        expect(call).to.deep.include({ result: (n * (n + 1)) / 2, cycles: cycles(n), stackBytes });
        const stack = machine === "arm" ? 2 : 1;
        expect(call.traffic).to.have.deep.members([
          { name: "other", loads: 0, stores: 0 },
          { name: "stack", loads: stack, stores: stack },
          { name: "table", loads: n, stores: 0 },
          { name: "result", loads: 0, stores: 0 },
        ]);
      }
    });

    it("keeps its memory from call to call, and counts each alone", () => {
      const loaded = load(program(machine));
      loaded.call("put", [TABLE, 41], 10);
      const stored = loaded.call("put", [RESULT, -1], 10);
      expect(stored.traffic.find(({ name }) => name === "result")).to.deep.include({ loads: 0, stores: 1 });
      expect(stored.traffic.find(({ name }) => name === "table")).to.deep.include({ loads: 0, stores: 0 });
      expect(loaded.call("total", [TABLE, 2], 100).result).to.equal(43);
      expect(loaded.call("total", [RESULT, 1], 100).result).to.equal(0xffffffff);
    });

    it("says in which function it cannot go on, and can be called again", () => {
      const loaded = load(program(machine));
      expect(() => loaded.call("put", [0x40, 1], 10)).to.throw(
        ProgramError,
        /in put \+ 0: store of 4 bytes at 0x00000040/,
      );
      expect(() => loaded.call("put", [0x10000000, 1], 10)).to.throw(
        ProgramError,
        "read-only memory is read-only",
      );
      expect(() => loaded.call("total", [TABLE, 4], 10)).to.throw(
        ProgramError,
        /in total \+ \d+: has not returned after 10/,
      );
      expect(() => loaded.call("learn", [], 10)).to.throw(RangeError, "no function learn");
      expect(loaded.call("total", [TABLE, 4], 100).result).to.equal(10);
    });
  });
}

describe("the memory of a program", () => {
  it("cannot lie where the simulator has its stack, nor be larger than any chip's", () => {
    const at = (address: number, size: number): BuiltElf => {
      const sections = [{ name: ".bss", address, flags: "wa", size }];
      return { sections, segments: [{ sections: [".bss"] }] };
    };
    expect(() => load(at(0x2fff8000, 4))).to.throw(
      ProgramError,
      "the simulator needs 0x2fff0000 .. 0x30001000",
    );
    expect(() => load(at(0x30000000, 4))).to.throw(ProgramError, "the simulator needs");
    expect(() => load(at(0x40000000, 0x7fffffff))).to.throw(ProgramError, "takes 2147483648 bytes of memory");
  });

  it("is one region where segments share a word", () => {
    const sections = [
      { name: ".text", address: 0x10000000, flags: "ax", bytes: [0x70, 0x47] },
      { name: ".data", address: 0x10000002, flags: "wa", bytes: [1, 2] },
    ];
    const { core } = load({ sections, segments: [{ sections: [".text"] }, { sections: [".data"] }] });
    expect(core.memory.load32(0x10000000)).to.equal(0x02014770);
  });
});

describe("objects that are told apart", () => {
  const object = (name: string, value: number, size: number) =>
    ({ name, value, size, kind: "object" }) as const;

  it("are whole words, and one where they share a word", () => {
    const symbols = [object("c", 9, 1), object("a", 0, 6), object("b", 6, 1), object("d", 12, 4)];
    expect(watchedObjects(symbols, 9)).to.deep.equal([
      { name: "a, b", address: 0, size: 8 },
      { name: "c", address: 8, size: 4 },
      { name: "d", address: 12, size: 4 },
    ]);
  });

  it("are the largest, if there are too many, and neither functions nor names without a size", () => {
    const symbols = [object("a", 0, 4), object("b", 8, 16), object("end", 24, 0)];
    expect(watchedObjects([...symbols, { ...object("f", 32, 99), kind: "function" }], 1)).to.deep.equal([
      { name: "b", address: 8, size: 16 },
    ]);
  });
});
