import fc from "fast-check";

/** A seeded source of test arrays. */
export function randomInt8(length: number, next: () => number): Int8Array {
  return Int8Array.from({ length }, () => Math.floor(next() * 256) - 128);
}

/** Weights of `bits` bits, sign-extended. */
export function randomWeights(length: number, bits: number, next: () => number): Int16Array {
  return Int16Array.from({ length }, () => Math.floor(next() * 2 ** bits) - 2 ** (bits - 1));
}

/** Uniform numbers in [0, 1) of a linear congruential generator (Knuth, TAOCP 2, 3.3.4). */
export function uniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Seeds for `uniform`. */
export const seeds = fc.integer({ min: 0, max: 0xffffffff });

/** s(w): the sign by which a weight counts. */
export function sign(weight: number): number {
  return weight >= 0 ? 1 : -1;
}
