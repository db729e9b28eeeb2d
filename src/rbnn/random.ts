import seedrandom from "seedrandom";

/** The chip's generator: Marsaglia's xorshift32 with shifts 13, 17, 5 (J. Stat. Softw. 8(14), 2003). */
export class Xorshift32 {
  /** The last value drawn, or the seed: never 0. Saving and restoring it continues the sequence. */
  state: number;

  constructor(seed: number) {
    this.state = seed >>> 0 || 1;
  }

  /** The next value, 1 .. 2^32 - 1. */
  next(): number {
    let x = this.state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.state = x >>> 0;
    return this.state;
  }
}

/** The host's generator, which feeds samples to the chip: it seeds the chip and shuffles. */
export type HostRandom = seedrandom.StatefulPRNG<seedrandom.State.Arc4>;

/** The host's and the chip's generator of a run: the host's first value seeds the chip (docs/numerics.md). */
export function createRandom(seed: number): { host: HostRandom; chip: Xorshift32 } {
  const host = seedrandom(String(seed), { state: true });
  return { host, chip: new Xorshift32(host.int32() >>> 0) };
}

/** A host's generator that goes on from a state that another one gave. */
export function restoreHost({ i, j, S }: { i: number; j: number; S: readonly number[] }): HostRandom {
  return seedrandom("", { state: { i, j, S: [...S] } });
}

/** Fisher-Yates shuffle in place, from the end. */
export function shuffle(order: Uint32Array, host: () => number): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(host() * (i + 1));
    const moved = order[i] as number;
    order[i] = order[j] as number;
    order[j] = moved;
  }
}
