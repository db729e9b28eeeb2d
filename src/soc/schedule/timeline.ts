import { addAmount, cyclesOf, type Elapsed, noTime, type TimeBase } from "../elapsed.js";

/** A moment of a simulation, in exact amounts; `cycles` orders moments. */
export interface Moment {
  readonly elapsed: Elapsed;
  readonly cycles: number;
}

/** Blocks that do one thing at a time, each in the order in which it is told. */
export class Timeline {
  readonly start: Moment;
  readonly #base: TimeBase;
  readonly #free = new Map<string, Moment>();
  #end: Moment;

  constructor(base: TimeBase) {
    this.#base = base;
    this.start = { elapsed: noTime(base), cycles: 0 };
    this.#end = this.start;
  }

  /** When the last block is done. */
  get end(): Moment {
    return this.#end;
  }

  /** When a block is done with all that it has been told so far. */
  freeAt(block: string): Moment {
    return this.#free.get(block) ?? this.start;
  }

  /** Lets `blocks` work together for an amount of time, as soon as it is `ready` and they all are free. */
  run(blocks: readonly string[], ready: Moment, slot: number, amount: number): Moment {
    const start = blocks.reduce((latest, block) => later(latest, this.freeAt(block)), ready);
    const elapsed = [...start.elapsed];
    addAmount(elapsed, slot, amount);
    const end = { elapsed, cycles: cyclesOf(this.#base, elapsed) };
    for (const block of blocks) this.#free.set(block, end);
    this.#end = later(this.#end, end);
    return end;
  }

  /** Keeps a block from starting anything before a moment. */
  hold(block: string, until: Moment): void {
    this.#free.set(block, later(this.freeAt(block), until));
  }
}

/** The later of two moments; the first of two equal ones. */
export function later(a: Moment, b: Moment): Moment {
  return b.cycles > a.cycles ? b : a;
}
