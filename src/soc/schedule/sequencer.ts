import { addAmount, CORE, type TimeBase } from "../elapsed.js";
import type { Ledger } from "../ledger.js";
import type { Schedule, Work } from "../moves.js";
import { later, type Moment, Timeline } from "./timeline.js";

/** The core; names of components cannot have a space in front. */
const CORE_BLOCK = " core";
/** The serial bus that all off-chip memories share. */
const BUS = " bus";

/**
 * Plays one invocation of a kernel on the core, the DMA engine's channels, the bus and the serial parts. What a step
 * makes the end later by is booked as often as that step happens in all, so that time is linear in the activity.
 */
export class Sequencer implements Schedule {
  readonly #timeline: Timeline;
  readonly #base: TimeBase;
  readonly #ledger: Ledger;
  readonly #channels: readonly string[];
  /** Where the transfer at hand has got to. */
  #cursor: Moment;

  /** @param channels transfers that run at once beside the core; 0: the core waits for each */
  constructor(base: TimeBase, ledger: Ledger, channels: number) {
    this.#timeline = new Timeline(base);
    this.#base = base;
    this.#ledger = ledger;
    this.#channels = Array.from({ length: channels }, (_, channel) => ` channel ${channel}`);
    this.#cursor = this.#timeline.start;
  }

  get start(): Moment {
    return this.#timeline.start;
  }

  /** When the core is done with all that it has been told so far. */
  get coreFree(): Moment {
    return this.#timeline.freeAt(CORE_BLOCK);
  }

  /** The core executes for a number of cycles, which are booked elsewhere: only what it waits for is booked here. */
  compute(cycles: number, times: number): void {
    this.#booked(times, () => this.#timeline.run([CORE_BLOCK], this.start, CORE, cycles));
    addAmount(this.#ledger.waiting, CORE, -cycles * times);
  }

  /** The core goes on at a moment. */
  await(moment: Moment): void {
    this.#timeline.hold(CORE_BLOCK, moment);
  }

  /** What `move` takes note of, one after the other from a moment on, on a channel of the DMA engine if one is free. */
  transfer(ready: Moment, move: () => void): Moment {
    const channel = this.#channels.reduce<string | undefined>((best, next) => {
      if (best === undefined) return next;
      return this.#timeline.freeAt(next).cycles < this.#timeline.freeAt(best).cycles ? next : best;
    }, undefined);
    this.#cursor = later(ready, channel === undefined ? this.coreFree : this.#timeline.freeAt(channel));
    move();
    this.#timeline.hold(channel ?? CORE_BLOCK, this.#cursor);
    return this.#cursor;
  }

  take({ part, isInternal, slot, amount }: Work, times: number): void {
    this.#booked(times, () => {
      this.#cursor = this.#timeline.run(this.#blocksOf(part, isInternal), this.#cursor, slot, amount);
    });
  }

  /** The core waits until everything is done. */
  drain(): void {
    this.await(this.#timeline.end);
  }

  /** A part answers nothing while it works by itself. The sensor has an interface of its own. */
  #blocksOf(part: string | undefined, isInternal: boolean): string[] {
    if (part === undefined) return [];
    return isInternal || part === this.#base.sensor?.name ? [part] : [BUS, part];
  }

  #booked(times: number, step: () => void): void {
    const before = this.#timeline.end;
    step();
    const after = this.#timeline.end;
    if (after === before) return;
    for (const [slot, amount] of after.elapsed.entries()) {
      const added = amount - (before.elapsed[slot] as number);
      if (added !== 0) addAmount(this.#ledger.waiting, slot, added * times);
    }
  }
}
