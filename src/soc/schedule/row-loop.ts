import type { Frame } from "../../firmware/frame.js";
import type { Loop } from "../../firmware/nest.js";
import type { WalkedRows } from "../../firmware/visits.js";
import type { Chip } from "../chip.js";
import { type Moves, wordsOf } from "../moves.js";
import type { ByteRange, OffChipRegion } from "../off-chip.js";
import { pagesTouched } from "../sample-fills.js";
import { liveBytes, sectorsOf } from "../sectors.js";

/** A spilled tensor that a loop walks row by row. */
export interface SpilledRows {
  readonly walked: WalkedRows;
  readonly region: OffChipRegion;
}

/** One tile of a loop over rows. */
export interface Tile {
  readonly frame: Frame;
  /** How often the tile is executed in all. */
  readonly times: number;
}

/** The tiles of a loop, one a row if only updated rows are executed. */
export function tilesOf(
  loop: Loop,
  extent: number,
  times: number,
  rowTimes: readonly number[] | undefined,
): Tile[] {
  const { variable, step } = loop;
  return Array.from({ length: Math.ceil(extent / step) }, (_, tile) => {
    const start = tile * step;
    const size = Math.min(step, extent - start);
    const frame = { variable, start, step, trips: 1, size, rowTimes: undefined };
    return { frame, times: rowTimes === undefined ? times : (rowTimes[start] ?? 0) };
  });
}

/** Where the spilled rows of a tile lie. */
export function rangesOf({ walked, region }: SpilledRows, { frame }: Tile): ByteRange[] {
  const { first, count } = walked.rows;
  const rows = Math.min(frame.start + frame.size, count) - frame.start;
  return Array.from({ length: Math.max(0, rows) }, (_, row) =>
    region.rows.get(first + frame.start + row),
  ).filter((range) => range !== undefined);
}

/** SRAM words that bringing in the rows of a tile takes, and those of writing them back, without the rewriting of sectors. */
export function wordsMoved(
  { walked, region }: SpilledRows,
  tile: Tile,
  { sram }: Chip,
): { filled: number; written: number } {
  const ranges = rangesOf({ walked, region }, tile);
  const words = ranges.reduce((sum, { start, end }) => sum + wordsOf(end - start, sram.widthBits), 0);
  const copies = region.memory.rewrite === "sectors" ? 2 : 1;
  return { filled: walked.reads ? words : 0, written: walked.writes ? copies * words : 0 };
}

/** Brings the rows of a tile into the row buffer. */
export function fillRows(moves: Moves, spilled: SpilledRows, tile: Tile): void {
  const { region, walked } = spilled;
  if (!walked.reads) return;
  for (const { start, end } of rangesOf(spilled, tile)) {
    const pages = pagesTouched(region, start, end - start);
    moves.fill(region.memory, region.tensor, end - start, pages, tile.times);
    if (region.memory.isWornByReads) {
      moves.ledger.addWrites(region.memory.name, region.address + start, region.address + end, tile.times);
    }
  }
}

/** Writes the rows of a spilled tensor back, tile by tile in ascending order, by way of the sector buffer of a flash. */
export class WriteBack {
  /** How often each sector is rewritten in all. */
  readonly #rewrites = new Map<number, number>();
  #open: number | undefined;

  /** @param executions of the loop in all */
  constructor(
    readonly spilled: SpilledRows,
    tiles: readonly Tile[],
    executions: number,
  ) {
    const { walked, region } = spilled;
    if (!walked.writes || region.memory.rewrite === "inPlace") return;
    for (const tile of tiles) {
      for (const range of rangesOf(spilled, tile)) {
        for (const sector of sectorsOf(region, range)) {
          const visits = (this.#rewrites.get(sector) ?? 0) + tile.times;
          this.#rewrites.set(sector, Math.min(visits, executions));
        }
      }
    }
  }

  /** Writes the rows of a tile. */
  write(moves: Moves, tile: Tile): void {
    const { walked, region } = this.spilled;
    if (!walked.writes || tile.times === 0) return;
    const { memory, tensor } = region;
    for (const range of rangesOf(this.spilled, tile)) {
      const bytes = range.end - range.start;
      if (memory.rewrite === "inPlace") {
        moves.write(memory, tensor, bytes, tile.times);
        moves.ledger.addWrites(
          memory.name,
          region.address + range.start,
          region.address + range.end,
          tile.times,
        );
        continue;
      }
      const [first, ...others] = sectorsOf(region, range);
      if (first !== undefined) this.#goTo(moves, first);
      moves.merge(tensor, "sectorBuffer", bytes, tile.times);
      for (const sector of others) this.#goTo(moves, sector);
    }
  }

  /** Writes the sector that is still in the buffer. */
  close(moves: Moves): void {
    const { region } = this.spilled;
    const sector = this.#open;
    if (sector === undefined) return;
    this.#open = undefined;
    const { memory, tensor } = region;
    const times = this.#rewrites.get(sector) ?? 0;
    moves.erase(memory, tensor, times);
    moves.ledger.addErases(memory.name, region.address / memory.sectorBytes + sector, times);
    for (let left = liveBytes(region, sector); left > 0; left -= memory.pageBytes) {
      moves.write(memory, tensor, Math.min(left, memory.pageBytes), times, "sectorBuffer");
      moves.program(memory, tensor, times);
    }
  }

  #goTo(moves: Moves, sector: number): void {
    if (sector === this.#open) return;
    this.close(moves);
    this.#open = sector;
    const { region } = this.spilled;
    const live = liveBytes(region, sector);
    const pages = pagesTouched(region, sector * region.memory.sectorBytes, live);
    moves.fill(region.memory, "sectorBuffer", live, pages, this.#rewrites.get(sector) ?? 0);
  }
}
