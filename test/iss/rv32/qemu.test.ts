import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import seedrandom from "seedrandom";
import { parseElf } from "../../../src/data/elf.js";
import { Memory } from "../../../src/iss/memory.js";
import { Rv32Core } from "../../../src/iss/rv32/rv32-core.js";

const GCC = "riscv64-unknown-elf-gcc";
const QEMU = "qemu-riscv32";
const missing = [GCC, QEMU].filter((tool) => spawnSync(tool, ["--version"]).error !== undefined);

const ROM = 0x10000;
const RAM = 0x20000000;
const WORDS = 24;

/** Registers that programs compute with; those a compressed instruction can name are among them. */
const REGISTERS = ["a1", "a2", "a3", "a4", "a5", "t0", "t1", "s2"] as const;
const THREE = "add sub sll slt sltu xor srl sra or and mul mulh mulhsu mulhu div divu rem remu".split(" ");
const IMMEDIATE = "addi slti sltiu xori ori andi".split(" ");

/**
 * A function that fills registers with edge cases, goes through `length` random instructions, and stores all registers at
 * a0; and a start that calls it and writes what it stored to the standard output of Linux.
 */
function programOf(seed: string, length: number): string {
  const random = seedrandom(seed);
  const below = (end: number): number => Math.floor(random() * end);
  const any = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const edge = () => any([0, 1, -1, 0x7fffffff, -0x80000000, below(2 ** 32) | 0]);
  const register = () => any(REGISTERS);
  const lines = Array.from({ length }, (_, i): string => {
    switch (below(6)) {
      case 0:
        return `${any(IMMEDIATE)} ${register()}, ${register()}, ${below(4096) - 2048}`;
      case 1:
        return `${any(["slli", "srli", "srai"])} ${register()}, ${register()}, ${1 + below(31)}`;
      case 2:
        return `li ${register()}, ${edge()}`;
      case 3:
        return `${any(["beq", "bne", "blt", "bge", "bltu", "bgeu"])} ${register()}, ${register()}, 1f\n addi ${register()}, ${register()}, ${i % 32}\n1:`;
      case 4: {
        const [width, at] = any([
          ["w", 4 * below(8)],
          ["h", 2 * below(16)],
          ["b", below(32)],
        ] as const);
        const sign = width === "w" ? "" : any(["", "u"]);
        return `s${width} ${register()}, ${64 + at}(a0)\n l${width}${sign} ${register()}, ${64 + at}(a0)`;
      }
      default:
        return `${any(THREE)} ${register()}, ${register()}, ${register()}`;
    }
  });
  const set = REGISTERS.map((name) => `li ${name}, ${edge()}`);
  const store = REGISTERS.map((name, i) => `sw ${name}, ${4 * i}(a0)`);
  return `
 .globl _start, work
_start: la sp, stack
 la a0, room
 call work
 li a7, 64
 li a2, ${4 * WORDS}
 la a1, room
 li a0, 1
 ecall
 li a7, 93
 li a0, 0
 ecall
work: addi sp, sp, -16
 sw s2, 12(sp)
 ${[...set, ...lines, ...store].join("\n ")}
 lw s2, 12(sp)
 addi sp, sp, 16
 ret
 .bss
 .balign 16
room: .space 128
 .space 256
stack:
`;
}

describe("the RV32IMC core beside QEMU", function () {
  this.timeout(60_000);

  const why = missing.length === 0 ? "" : ` (skipped: ${missing.join(" and ")} not installed)`;
  it(`computes the same in random programs${why}`, function () {
    if (missing.length > 0) this.skip();
    const folder = mkdtempSync(join(tmpdir(), "rebit-qemu-"));
    try {
      for (let seed = 0; seed < 10; seed++) {
        const [source, elfFile] = [join(folder, "a.s"), join(folder, "a.elf")];
        writeFileSync(source, programOf(`rv32-${seed}`, 400));
        const flags = ["-march=rv32imc", "-mabi=ilp32", "-nostdlib", "-Wl,--no-relax"];
        execFileSync(GCC, [...flags, "-o", elfFile, source]);
        const expected = execFileSync(QEMU, [elfFile]);

        const { segments, symbols } = parseElf(readFileSync(elfFile), elfFile);
        const memory = new Memory([
          { name: "code", base: ROM, size: 0x10000, writable: false },
          { name: "RAM", base: RAM, size: 0x1000, writable: true },
        ]);
        for (const { address, bytes } of segments) if (bytes.length > 0) memory.write(address, bytes);
        const work = symbols.find(({ name }) => name === "work")?.value ?? 0;
        new Rv32Core(memory).call(work, [RAM], RAM + 0x1000, 10_000);
        expect([...memory.view(RAM, 4 * WORDS)], `seed ${seed}`).to.deep.equal([...expected]);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
