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

/** Reads all live bytes of a sector into the sector buffer, erases the sector and programs it from the buffer. */
export function rewriteSector(moves: Moves, region: OffChipRegion, sector: number, times: number): void {
  const live = liveBytes(region, sector);
  moves.fill(region.memory, "sectorBuffer", live, Math.ceil(live / region.memory.pageBytes), times);
  programSector(moves, region, sector, "sectorBuffer", times);
}

/** Erases a sector and programs its live pages with bytes of the SRAM that lie there under the name `from`. */
export function programSector(
  moves: Moves,
  region: OffChipRegion,
  sector: number,
  from: string,
  times: number,
): void {
  const { memory, tensor } = region;
  moves.erase(memory, tensor, region.address / memory.sectorBytes + sector, times);
  const live = liveBytes(region, sector);
  const pages = Math.floor(live / memory.pageBytes);
  moves.write(memory, tensor, memory.pageBytes, pages * times, from);
  moves.write(memory, tensor, live - pages * memory.pageBytes, times, from);
  moves.program(memory, tensor, Math.ceil(live / memory.pageBytes) * times);
}
