import type { Chip } from "../chip.js";
import type { OffChipMemory } from "../components/off-chip-memory.js";
import { accessCycles, type CopyCycles } from "../moves.js";

/** What a placement makes least: the energy, or the time, of what moves because rows lie off chip. */
export type Objective = "energy" | "time";

/** Prices of single moves, in joules or seconds by the objective. */
export interface Prices {
  /** A burst into the SRAM; a paged memory loads `pages` pages first. */
  fill(memory: OffChipMemory, bytes: number, pages: number): number;
  /** A burst out of the SRAM. */
  write(memory: OffChipMemory, bytes: number): number;
  /** From one tensor of the SRAM to another. */
  merge(bytes: number): number;
  /** A sector erased, and its live pages programmed from the SRAM. */
  program(memory: OffChipMemory, liveBytes: number): number;
}

/**
 * Prices as accounting books the same moves (`../moves.ts`): off-chip actions, SRAM accesses and the DMA engine, or the core's
 * cycles where there is none. Energy leaves out what powers draw meanwhile, and the fetches of copying code; time is that of
 * moves one by one, without the overlap of double buffering.
 */
export function pricesOf(chip: Chip, objective: Objective, copyCycles: CopyCycles): Prices {
  const { sram, dma, core } = chip;
  const words = (bytes: number): number => Math.ceil((bytes * 8) / sram.widthBits);
  const perAccess = accessCycles(chip);
  const copying = (bytes: number): number => (dma === undefined && bytes > 0 ? copyCycles(bytes) : 0);
  const moveJoules = (bytes: number): number =>
    dma === undefined ? copying(bytes) * core.actions.active.value : bytes * dma.actions.transfer.value;
  /** The slowest of bus, copying core and SRAM port. */
  const moveSeconds = (bytes: number, accesses: number, busSeconds: number): number =>
    Math.max(busSeconds, Math.max(copying(bytes), accesses * perAccess) / core.clockHertz);
  const busSeconds = (
    { commandClocks, bitsPerClock, busHertz }: OffChipMemory,
    commands: number,
    bytes: number,
  ) => (commands * commandClocks + Math.ceil((bytes * 8) / bitsPerClock)) / busHertz;
  const isEnergy = objective === "energy";

  const write: Prices["write"] = (memory, bytes) => {
    if (bytes === 0) return 0;
    const { command, write: perByte } = memory.actions;
    return isEnergy
      ? command.value + bytes * perByte.value + words(bytes) * sram.actions.read.value + moveJoules(bytes)
      : moveSeconds(bytes, words(bytes), busSeconds(memory, 1, bytes));
  };
  return {
    fill: (memory, bytes, pages) => {
      if (bytes === 0) return 0;
      const loads = memory.isPaged ? pages : 0;
      const commands = memory.isPaged ? 2 * pages : 1;
      const { command, read, load } = memory.actions;
      return isEnergy
        ? loads * (load?.value ?? 0) +
            commands * command.value +
            bytes * read.value +
            words(bytes) * sram.actions.write.value +
            moveJoules(bytes)
        : loads * memory.seconds.load + moveSeconds(bytes, words(bytes), busSeconds(memory, commands, bytes));
    },
    write,
    merge: (bytes) =>
      isEnergy
        ? words(bytes) * (sram.actions.read.value + sram.actions.write.value) + moveJoules(bytes)
        : moveSeconds(bytes, 2 * words(bytes), 0),
    program: (memory, liveBytes) => {
      const { pageBytes, actions, seconds } = memory;
      const pages = Math.floor(liveBytes / pageBytes);
      const erase = isEnergy
        ? actions.command.value + (actions.erase?.value ?? 0)
        : busSeconds(memory, 1, 0) + seconds.erase;
      const each = isEnergy ? (actions.program?.value ?? 0) : seconds.program;
      return (
        erase +
        pages * write(memory, pageBytes) +
        write(memory, liveBytes - pages * pageBytes) +
        Math.ceil(liveBytes / pageBytes) * each
      );
    },
  };
}
