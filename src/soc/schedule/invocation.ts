import { bindingOf, type CountContext, whole } from "../../firmware/context.js";
import type { Frame } from "../../firmware/frame.js";
import { located } from "../../firmware/located.js";
import type { Invocation } from "../../firmware/lower.js";
import { isEnabled, type Loop, type Statement } from "../../firmware/nest.js";
import { rowsWalked, samplesVisited } from "../../firmware/visits.js";
import { bookExecution } from "../execution.js";
import type { Moves } from "../moves.js";
import type { Placement } from "../placement/placement.js";
import { sampleFills } from "../sample-fills.js";
import type { BankConflicts } from "./bank-conflicts.js";
import { Bodies } from "./body.js";
import { fillRows, type SpilledRows, type Tile, tilesOf, WriteBack, wordsMoved } from "./row-loop.js";
import type { Sequencer } from "./sequencer.js";
import type { Moment } from "./timeline.js";

/** What surrounds the statements at hand. */
interface Scope {
  readonly frames: readonly Frame[];
  /** How often they are executed in all. */
  readonly times: number;
}

/**
 * Plays one invocation of a kernel tile by tile. A loop that walks spilled rows is unrolled: fill, compute, write back; what lies
 * between is executed at once. All that it books, it books for all invocations of the set.
 */
export class InvocationPlayer {
  readonly #context: CountContext;
  readonly #bodies: Bodies;
  readonly #rowTimes: readonly number[] | undefined;
  /** Of the tile at hand: what the core has done beside the DMA engine. */
  #beside = { cycles: 0, accesses: 0 };

  constructor(
    readonly invocation: Invocation,
    context: CountContext,
    readonly placement: Placement,
    readonly moves: Moves,
    readonly sequencer: Sequencer,
    /** Row buffers of each tensor: with two, a tile is brought in while the one before it is worked on. */
    readonly rowBuffers: 1 | 2,
    readonly conflicts: BankConflicts,
  ) {
    this.#context = context;
    this.#bodies = new Bodies(context, moves.chip);
    this.#rowTimes = invocation.executions.rowTimes;
  }

  play(statements: readonly Statement[]): void {
    const { times } = this.invocation.executions;
    const visited = samplesVisited(statements, this.#context);
    for (const { binding, reads } of visited)
      if (reads) this.#fillSample(binding.tensor, binding.tensor, times);
    this.#playAll(statements, { frames: [], times });
    for (const { binding, writes } of visited) if (writes) this.#writeSample(binding.tensor, times);
    this.sequencer.drain();
  }

  #playAll(statements: readonly Statement[], scope: Scope): void {
    let run: Statement[] = [];
    const flush = () => {
      this.#compute(run, scope);
      run = [];
    };
    for (const [position, statement] of statements.entries()) {
      located(position, () => {
        if (!this.#movesSomething(statement)) {
          run.push(statement);
          return;
        }
        flush();
        this.#playMoving(statement, scope);
      });
    }
    flush();
  }

  #playMoving(statement: Statement, scope: Scope): void {
    if (statement.kind === "when") this.#playAll(statement.body, scope);
    if (statement.kind === "loop") this.#playLoop(statement, scope);
    if (statement.kind !== "fetch") return;
    const source = bindingOf(this.#context, statement.tensor);
    const into = bindingOf(this.#context, statement.into).tensor;
    const bytes = ((source.dimensions.at(-1) ?? 0) * source.elementBits) / 8;
    if (this.moves.base.sensor === undefined) this.#fillSample(source.tensor, into, scope.times);
    else this.#transfer(() => this.moves.fromSensor(into, bytes, scope.times));
  }

  #playLoop(loop: Loop, scope: Scope): void {
    const spilled = this.#spilledBy(loop);
    const extent = whole(loop.of, this.#context);
    const tiles = tilesOf(loop, extent, scope.times, loop.updatedRows ? this.#rowTimes : undefined);
    const visited = tiles.filter(({ times }) => times > 0);
    const backs = spilled.map((rows) => new WriteBack(rows, tiles, scope.times));
    const { sequencer, moves, rowBuffers } = this;
    /** When each row buffer may be filled again. */
    const free: Moment[] = new Array<Moment>(rowBuffers).fill(sequencer.start);
    const bringIn = (tile: Tile | undefined, buffer: number): Moment => {
      if (tile === undefined) return sequencer.start;
      return sequencer.transfer(free[buffer] as Moment, () => {
        for (const rows of spilled) fillRows(moves, rows, tile);
      });
    };
    let next = bringIn(visited[0], 0);
    for (const [position, tile] of visited.entries()) {
      const here = next;
      const buffer = position % rowBuffers;
      if (rowBuffers === 2) next = bringIn(visited[position + 1], (position + 1) % 2);
      sequencer.await(here);
      this.#beside = { cycles: 0, accesses: 0 };
      this.#playAll(loop.body, { frames: [...scope.frames, tile.frame], times: tile.times });
      if (rowBuffers === 2) this.#collide(spilled, visited, position);
      free[buffer] = sequencer.transfer(sequencer.coreFree, () => {
        for (const back of backs) back.write(moves, tile);
      });
      if (rowBuffers === 1) next = bringIn(visited[position + 1], 0);
    }
    sequencer.transfer(sequencer.coreFree, () => {
      for (const back of backs) back.close(moves);
    });
    sequencer.drain();
  }

  /** Statements that move nothing off chip, executed at once. */
  #compute(statements: readonly Statement[], { frames, times }: Scope): void {
    const body = this.#bodies.once(statements, frames);
    if (body === undefined || times === 0) return;
    const { kernelCycles, waitStates, narrowPort } = body.execution;
    const cycles = kernelCycles + waitStates + narrowPort;
    this.sequencer.compute(cycles, times);
    this.#beside.cycles += cycles;
    this.#beside.accesses += this.conflicts.accessesOf(body.tally);
    bookExecution(body.tally, body.execution, times, this.moves.chip, this.moves.ledger);
  }

  /** The core is delayed by what moves beside it: the rows of the next tile, and those of the one before. */
  #collide(spilled: readonly SpilledRows[], tiles: readonly Tile[], position: number): void {
    const tile = tiles[position] as Tile;
    const [before, next] = [tiles[position - 1], tiles[position + 1]];
    const { chip, ledger } = this.moves;
    let moved = 0;
    for (const rows of spilled) {
      if (before !== undefined) moved += wordsMoved(rows, before, chip).written;
      if (next !== undefined) moved += wordsMoved(rows, next, chip).filled;
    }
    const { accesses, cycles } = this.#beside;
    const stalls = this.conflicts.stallCycles(moved, accesses, cycles);
    this.sequencer.compute(stalls, tile.times);
    ledger.addStalls("bank conflict", stalls * tile.times);
  }

  #movesSomething(statement: Statement): boolean {
    if (statement.kind === "fetch") return true;
    if (statement.kind === "when") {
      return (
        isEnabled(statement, this.#context.options) &&
        statement.body.some((inner) => this.#movesSomething(inner))
      );
    }
    if (statement.kind !== "loop" || whole(statement.of, this.#context) === 0) return false;
    // Which rows are updated is known row by row.
    return (
      statement.updatedRows ||
      this.#spilledBy(statement).length > 0 ||
      statement.body.some((inner) => this.#movesSomething(inner))
    );
  }

  #spilledBy(loop: Loop): SpilledRows[] {
    return rowsWalked(loop, this.#context).flatMap((walked) => {
      const region = this.placement.regions.get(walked.binding.tensor);
      return region === undefined ? [] : [{ walked, region }];
    });
  }

  #fillSample(tensor: string, into: string, times: number): void {
    const region = this.placement.regions.get(tensor);
    if (region?.sampleRows === undefined) return;
    const { bytes } = region.sampleRows;
    for (const { pages, fills } of sampleFills(region, bytes, times)) {
      this.#transfer(() => this.moves.fill(region.memory, into, bytes, pages, fills));
    }
    const { memory, address } = region;
    if (!memory.isWornByReads) return;
    const passes = Math.ceil(times / region.sampleRows.count);
    this.moves.ledger.addWrites(memory.name, address, address + region.bytes, passes);
  }

  /** In place row by row; into a flash in order, sector by sector, which all rows together fill once a pass. */
  #writeSample(tensor: string, times: number): void {
    const region = this.placement.regions.get(tensor);
    if (region?.sampleRows === undefined) return;
    const { memory, sampleRows, bytes } = region;
    const { moves } = this;
    this.#transfer(() => {
      if (memory.rewrite === "inPlace") {
        moves.write(memory, tensor, sampleRows.bytes, times);
        const { address } = region;
        const passes = Math.ceil(times / sampleRows.count);
        moves.ledger.addWrites(memory.name, address, address + bytes, passes);
        return;
      }
      const passes = times / sampleRows.count;
      for (let start = 0; start < bytes; start += memory.sectorBytes) {
        moves.erase(memory, tensor, passes);
        moves.ledger.addErases(memory.name, (region.address + start) / memory.sectorBytes, passes);
        const end = Math.min(bytes, start + memory.sectorBytes);
        for (let page = start; page < end; page += memory.pageBytes) {
          moves.write(memory, tensor, Math.min(end - page, memory.pageBytes), passes);
          moves.program(memory, tensor, passes);
        }
      }
    });
  }

  /** A transfer that the core waits for. */
  #transfer(move: () => void): void {
    this.sequencer.await(this.sequencer.transfer(this.sequencer.coreFree, move));
  }
}
