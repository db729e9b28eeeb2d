import type { Elf, ElfSection, ElfSegment } from "./elf.js";

/** Bytes of a program by what they are for. */
export interface SectionBytes {
  /** Instructions, with the constants that compilers put between them. */
  readonly code: number;
  readonly rodata: number;
  /** Variables with initial values. */
  readonly data: number;
  /** Variables that begin as zeros. */
  readonly bss: number;
}

/** A stretch of addresses that the program takes. */
export interface FootprintRegion extends SectionBytes {
  readonly address: number;
  readonly size: number;
  /** Where its bytes lie before the program starts. */
  readonly loadAddress: number;
  /** Bytes that have to be kept there. */
  readonly loadBytes: number;
}

/** The memory that a program needs. */
export interface Footprint extends SectionBytes {
  /** Bytes, as the program says; undefined if it does not. */
  readonly stack: number | undefined;
  /** What says so. */
  readonly stackFrom: string | undefined;
  /** Code, constants and initial values. */
  readonly flashBytes: number;
  /** Variables, and the stack if its size is known. */
  readonly ramBytes: number;
  /** By segments, in the order of the file. */
  readonly regions: readonly FootprintRegion[];
}

/** What a program takes of memories, not counting debugging data, names and the like. */
export function footprintOf(elf: Elf): Footprint {
  const sections = elf.sections.filter(({ isInMemory }) => isInMemory);
  const program = sections.filter((section) => !isStack(section));
  const total = bytesOf(program);
  const { bytes: stack, from: stackFrom } = stackOf(elf, sections);
  return {
    ...total,
    stack,
    stackFrom,
    flashBytes: total.code + total.rodata + total.data,
    ramBytes: total.data + total.bss + (stack ?? 0),
    regions: elf.segments.map((segment) => ({
      ...bytesOf(program.filter((section) => isIn(section, segment))),
      address: segment.address,
      size: segment.size,
      loadAddress: segment.loadAddress,
      loadBytes: segment.bytes.length,
    })),
  };
}

function isIn({ address, size }: ElfSection, segment: ElfSegment): boolean {
  return address >= segment.address && address + size <= segment.address + segment.size;
}

function bytesOf(sections: readonly ElfSection[]): SectionBytes {
  const bytes = { code: 0, rodata: 0, data: 0, bss: 0 };
  for (const section of sections) bytes[purposeOf(section)] += section.size;
  return bytes;
}

function purposeOf({ isExecutable, isWritable, hasBytes }: ElfSection): keyof SectionBytes {
  if (isExecutable) return "code";
  if (!hasBytes) return "bss";
  return isWritable ? "data" : "rodata";
}

/** Linker scripts that give the stack a section call it so, like `.stack_dummy` of CMSIS. */
function isStack({ name }: ElfSection): boolean {
  return name.startsWith(".stack");
}

/** Names by which linker scripts say how large the stack is: those of this project, of STM32CubeIDE and of CMSIS. */
const STACK_SIZES = ["__stack_size", "_Min_Stack_Size", "__STACK_SIZE"];
const STACK_ENDS = [
  ["__stack_limit", "__stack_top"],
  ["__StackLimit", "__StackTop"],
] as const;

function stackOf(
  { symbols }: Elf,
  sections: readonly ElfSection[],
): { readonly bytes: number | undefined; readonly from: string | undefined } {
  const known = new Map(symbols.map(({ name, value }) => [name, value]));
  const named = STACK_SIZES.find((name) => known.has(name));
  if (named !== undefined) return { bytes: known.get(named), from: `symbol ${named}` };
  for (const [limit, top] of STACK_ENDS) {
    const bytes = (known.get(top) ?? Number.NaN) - (known.get(limit) ?? Number.NaN);
    if (bytes >= 0) return { bytes, from: `symbols ${limit} and ${top}` };
  }
  const own = sections.filter(isStack);
  if (own.length === 0) return { bytes: undefined, from: undefined };
  const bytes = own.reduce((sum, { size }) => sum + size, 0);
  return { bytes, from: `section ${own.map(({ name }) => name).join(", ")}` };
}
