import type { Footprint } from "../data/elf-footprint.js";
import type { Chip } from "./chip.js";

/** What of a program goes into a memory of a chip. */
export interface MemoryFit {
  readonly memory: string;
  readonly holds: string;
  readonly neededBytes: number;
  readonly capacityBytes: number;
  readonly fits: boolean;
}

/**
 * Which memories of a chip hold a program, and whether it fits: code, constants and initial values in the code memory,
 * variables and stack in the SRAM; all of it in the SRAM, once, if there is no code memory. What a training keeps there
 * beside the program's own variables comes on top.
 */
export function fitProgram(program: Footprint, { code, sram }: Chip): readonly MemoryFit[] {
  const { code: codeBytes, rodata, flashBytes, ramBytes } = program;
  const inMemory = (
    memory: typeof sram | NonNullable<typeof code>,
    holds: string,
    neededBytes: number,
  ): MemoryFit => {
    const { name, capacityBytes } = memory;
    return { memory: name, holds, neededBytes, capacityBytes, fits: neededBytes <= capacityBytes };
  };
  if (code === undefined) {
    return [inMemory(sram, "code, constants, variables and stack", codeBytes + rodata + ramBytes)];
  }
  return [
    inMemory(code, "code, constants and initial values", flashBytes),
    inMemory(sram, "variables and stack", ramBytes),
  ];
}
