import type { Moves } from "./moves.js";
import type { ByteRange, OffChipRegion } from "./off-chip.js";

/** Numbers of the sectors of a region that a range of its bytes touches, the region's first being 0. */
export function sectorsOf({ memory }: OffChipRegion, { start, end }: ByteRange): number[] {
  const first = Math.floor(start / memory.sectorBytes);
  const count = end <= start ? 0 : Math.floor((end - 1) / memory.sectorBytes) - first + 1;
  return Array.from({ length: count }, (_, position) => first + position);
}

/** Bytes of a region that lie in one of its sectors; no sector holds bytes of two parts. */
export function liveBytes({ bytes, memory, partEnds }: OffChipRegion, sector: number): number {
  const start = sector * memory.sectorBytes;
  const end = partEnds?.find((partEnd) => partEnd > start) ?? bytes;
  return Math.min(end - start, memory.sectorBytes);
}

/** Reads the `live` bytes of a sector into the sector buffer, erases the sector and programs it from the buffer, so many times. */
export function rewriteSectors(moves: Moves, region: OffChipRegion, live: number, times: number): void {
  moves.fill(region.memory, "sectorBuffer", live, Math.ceil(live / region.memory.pageBytes), times);
  programSectors(moves, region, live, "sectorBuffer", times);
}

/** Erases a sector and programs its `live` bytes from the SRAM, where they lie under the name `from`, so many times. */
export function programSectors(
  moves: Moves,
  { memory, tensor }: OffChipRegion,
  live: number,
  from: string,
  times: number,
): void {
  moves.erase(memory, tensor, times);
  const pages = Math.floor(live / memory.pageBytes);
  moves.write(memory, tensor, memory.pageBytes, pages * times, from);
  moves.write(memory, tensor, live - pages * memory.pageBytes, times, from);
  moves.program(memory, tensor, Math.ceil(live / memory.pageBytes) * times);
}
