import { exact } from "../firmware/exact.js";
import type { LoopBody, RowWalk, Tally } from "../firmware/tally.js";
import { type Elapsed, noTime } from "./elapsed.js";
import type { Ledger } from "./ledger.js";
import { accessCycles, type Moves, oneByOne } from "./moves.js";
import type { ByteRange, OffChipRegion } from "./off-chip.js";
import { addOverlapped, bodyCycles } from "./overlap.js";
import { sum } from "./placement/items.js";
import type { Placement } from "./placement/placement.js";
import { pagesTouched, sampleFills } from "./sample-fills.js";
import { liveBytes, programSectors, rewriteSectors, sectorsOf } from "./sectors.js";
import { Sizes, SizesByMoves } from "./sizes.js";

/**
 * Books what a tally's visits and fetches move between the sensor or off-chip memories and the SRAM, in closed form
 * (docs/cost-model.md, "Accesses and transfers").
 * @param isDoubleBuffered moves of one row run beside the computing of another
 */
export function bookTransfers(
  tally: Tally,
  placement: Placement,
  moves: Moves,
  isDoubleBuffered = false,
): void {
  for (const { tensor, into, count, bits } of tally.fetches) {
    if (moves.base.sensor !== undefined) moves.fromSensor(into, bits / 8, count);
    else fillSamples(moves, regionOf(placement, tensor), into, bits / 8, count);
  }
  for (const [tensor, visits] of tally.sampleVisits) {
    const region = placement.regions.get(tensor);
    if (region?.sampleRows === undefined) continue;
    fillSamples(moves, region, tensor, region.sampleRows.bytes, visits.reads);
    writeSamples(moves, region, region.sampleRows, visits.writes);
  }
  for (const walks of byLoop(tally.rowWalks)) {
    const spilled = walks.flatMap((walk) => {
      const region = placement.regions.get(walk.tensor);
      return region === undefined ? [] : [{ walk, region }];
    });
    if (isDoubleBuffered) bookOverlapped(moves, spilled);
    else {
      const to = { at: () => ({ fills: moves, writes: moves }), sectors: moves, last: moves };
      for (const { walk, region } of spilled) bookWalk(to, region, walk);
    }
  }
}

/** Walks of the same loops together. */
function byLoop(walks: readonly RowWalk[]): Iterable<RowWalk[]> {
  const loops = new Map<LoopBody, RowWalk[]>();
  for (const walk of walks) loops.set(walk.body, [...(loops.get(walk.body) ?? []), walk]);
  return loops.values();
}

/** Books what a loop moves; with two row buffers, the time of a row's moves runs beside the computing of another row. */
function bookOverlapped(
  moves: Moves,
  spilled: readonly { readonly walk: RowWalk; readonly region: OffChipRegion }[],
): void {
  const [first] = spilled;
  if (first === undefined) return;
  const { base, ledger, chip } = moves;
  const timed = (elapsed: Elapsed): Moves => moves.timedBy(oneByOne(elapsed));
  const { visits, body } = first.walk;
  /** Which of the tensors are spilled at each row of the loop. */
  const kindOf = visits.map((_, position) =>
    spilled.map(({ walk, region }) => (region.rows.has(walk.firstRow + position) ? "off" : "on")).join(" "),
  );
  const kinds = new Map(
    [...new Set(kindOf)].map((kind) => {
      const [fills, writes] = [noTime(base), noTime(base)];
      const rows = sum(visits.filter((_, position) => kindOf[position] === kind));
      const computeCycles = bodyCycles(body, accessCycles(chip), rows / sum(visits));
      const isOff = kind.includes("off");
      return [
        kind,
        { fills, writes, rows, computeCycles, isOff, to: { fills: timed(fills), writes: timed(writes) } },
      ];
    }),
  );
  const streamed = [...kinds.values()].filter(({ isOff, rows }) => isOff && rows > 0);
  if (streamed.length === 0) return;
  const [sectors, lastSectors] = [noTime(base), noTime(base)];
  const at = (position: number): RowMoves =>
    kinds.get(kindOf[position] ?? "")?.to ?? { fills: moves, writes: moves };
  const to = { at, sectors: timed(sectors), last: timed(lastSectors) };
  addOverlapped(ledger.waiting, base, {
    rewrites: sum(spilled.map(({ walk, region }) => bookWalk(to, region, walk))),
    kinds: streamed,
    sectors,
    lastSectors,
    rows: sum(streamed.map(({ rows }) => rows)),
    rowsPerExecution: kindOf.filter((kind) => kind.includes("off")).length,
    isAhead: kindOf[0]?.includes("off") === false,
  });
}

/** Where the moves of a row are booked. */
interface RowMoves {
  readonly fills: Moves;
  readonly writes: Moves;
}

/** Where the moves of a loop over rows are booked, by what they are. */
interface WalkMoves {
  /** Of the row at a position of the walk. */
  readonly at: (position: number) => RowMoves;
  /** Rewriting of sectors, but for those that are left only after the last row. */
  readonly sectors: Moves;
  readonly last: Moves;
}

/**
 * Fills and write-backs of one loop over rows.
 * @returns how many sectors are rewritten in all executions, without those after the last row of each
 */
function bookWalk(to: WalkMoves, region: OffChipRegion, walk: RowWalk): number {
  const { memory, tensor, address } = region;
  const { ledger } = to.last;
  const isInPlace = memory.rewrite === "inPlace";
  const [fills, writes] = [new SizesByMoves(), new SizesByMoves()];
  /** Visits that write each sector. */
  const written = new Map<number, number>();
  /** Sectors from here on are rewritten once the last row is computed; `open` is the sector that the last row ended in. */
  let [lastFrom, open]: (number | undefined)[] = [];
  for (const [position, visits] of walk.visits.entries()) {
    const range = region.rows.get(walk.firstRow + position);
    if (range === undefined || visits === 0) continue;
    const { start, end } = range;
    const at = to.at(position);
    if (walk.reads) {
      fills
        .of(at.fills)
        .add(end - start, memory.isPaged ? pagesTouched(region, start, end - start) : 1, visits);
      bookReads(ledger, region, range, visits);
    }
    if (!walk.writes) continue;
    writes.of(at.writes).add(end - start, 1, visits);
    if (isInPlace) ledger.addWrites(memory.name, address + start, address + end, visits);
    else {
      const sectors = sectorsOf(region, range);
      for (const sector of sectors) written.set(sector, (written.get(sector) ?? 0) + visits);
      lastFrom = open ?? sectors[0];
      open = sectors.at(-1);
    }
  }
  fills.forEach((moves, bytes, pages, times) => {
    moves.fill(memory, tensor, bytes, pages, times);
  });
  writes.forEach((moves, bytes, _, times) => {
    if (isInPlace) moves.write(memory, tensor, bytes, times);
    else moves.merge(tensor, "sectorBuffer", bytes, times);
  });
  // A sector is rewritten at most once in each execution of the loop, and at least one of its rows is then visited.
  const rewrites = new Sizes();
  let others = 0;
  for (const [sector, visits] of written) {
    const times = Math.min(walk.executions, visits);
    ledger.addErases(memory.name, address / memory.sectorBytes + sector, times);
    if (sector >= (lastFrom ?? 0)) {
      rewriteSectors(to.last, region, liveBytes(region, sector), times);
      continue;
    }
    rewrites.add(liveBytes(region, sector), 1, times);
    others = exact(others + times);
  }
  rewrites.forEach((live, _, times) => {
    rewriteSectors(to.sectors, region, live, times);
  });
  return others;
}

function fillSamples(moves: Moves, region: OffChipRegion, into: string, bytes: number, times: number): void {
  for (const { pages, fills } of sampleFills(region, bytes, times)) {
    moves.fill(region.memory, into, bytes, pages, fills);
  }
  const passes = Math.ceil(times / (region.sampleRows?.count ?? 1));
  bookReads(moves.ledger, region, { start: 0, end: region.bytes }, passes);
}

/** Books reads that wear what they read. */
function bookReads(
  ledger: Ledger,
  { memory, address }: OffChipRegion,
  range: ByteRange,
  times: number,
): void {
  if (!memory.isWornByReads) return;
  ledger.addWrites(memory.name, address + range.start, address + range.end, times);
}

/** Sample rows written in order: in place one by one; else each sector is erased and programmed once a pass. */
function writeSamples(
  moves: Moves,
  region: OffChipRegion,
  rows: { readonly count: number; readonly bytes: number },
  times: number,
): void {
  const { memory, tensor } = region;
  if (memory.rewrite === "inPlace") {
    moves.write(memory, tensor, rows.bytes, times);
    const { address, bytes } = region;
    moves.ledger.addWrites(memory.name, address, address + bytes, Math.ceil(times / rows.count));
    return;
  }
  const passes = times / rows.count;
  if (!Number.isInteger(passes)) {
    throw new Error(`${tensor}: ${times} writes are no whole passes over ${rows.count} rows`);
  }
  for (const sector of sectorsOf(region, { start: 0, end: region.bytes })) {
    moves.ledger.addErases(memory.name, region.address / memory.sectorBytes + sector, passes);
    programSectors(moves, region, liveBytes(region, sector), tensor, passes);
  }
}

function regionOf(placement: Placement, tensor: string): OffChipRegion {
  const region = placement.regions.get(tensor);
  if (region === undefined) throw new Error(`${tensor} was fetched but has no off-chip region`);
  return region;
}
