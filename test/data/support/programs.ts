import type { BuiltElf } from "./elf-builder.js";

const little = (halfwords: readonly number[]): number[] =>
  halfwords.flatMap((half) => [half & 0xff, half >> 8]);

const ROM = 0x10000000;
const RAM = 0x20000000;

/**
 * Two functions for each machine: `total(p, n)`, the sum of n words from p on, with a word of stack, and `put(p, v)`,
 * which stores v at p; and the variables `table`, with the values 1 .. 4, and `result`.
 */
const CODE = {
  arm: {
    total: [
      ...[0xb510, 0x2300, 0x2900, 0xd003], // push {r4, lr}; movs r3, #0; cmp r1, #0; beq end
      ...[0xc810, 0x191b, 0x3901, 0xd1fb], // loop: ldmia r0!, {r4}; adds r3, r3, r4; subs r1, #1; bne loop
      ...[0x0018, 0xbd10], // end: movs r0, r3; pop {r4, pc}
    ],
    put: [0x6001, 0x4770], // str r1, [r0]; bx lr
  },
  riscv: {
    total: [
      ...[0x1141, 0xc606, 0x4681, 0xc591], // addi sp, -16; sw ra, 12(sp); li a3, 0; beqz a1, end
      ...[0x4110, 0x96b2, 0x0511, 0x15fd, 0xfde5], // loop: lw a2, 0(a0); add a3, a2; addi a0, 4; addi a1, -1; bnez a1, loop
      ...[0x8536, 0x40b2, 0x0141, 0x8082], // end: mv a0, a3; lw ra, 12(sp); addi sp, 16; ret
    ],
    put: [0xc10c, 0x8082], // sw a1, 0(a0); ret
  },
} as const;

export function program(machine: keyof typeof CODE): BuiltElf {
  const { total, put } = CODE[machine];
  const thumb = machine === "arm" ? 1 : 0;
  const putAt = ROM + 2 * total.length;
  return {
    machine: machine === "arm" ? 40 : 243,
    entry: ROM + thumb,
    sections: [
      { name: ".text", address: ROM, flags: "ax", bytes: little([...total, ...put]) },
      { name: ".data", address: RAM, flags: "wa", bytes: little([1, 0, 2, 0, 3, 0, 4, 0]) },
      { name: ".bss", address: RAM + 16, flags: "wa", size: 8 },
    ],
    segments: [{ sections: [".text"] }, { sections: [".data", ".bss"], loadAddress: ROM + 0x100 }],
    symbols: [
      { name: "total", value: ROM + thumb, size: 2 * total.length, type: 2 },
      { name: "put", value: putAt + thumb, size: 4, type: 2 },
      { name: "table", value: RAM, size: 16, type: 1, section: 2 },
      { name: "result", value: RAM + 16, size: 4, type: 1, section: 3 },
    ],
  };
}
