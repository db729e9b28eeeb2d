import { expect } from "chai";
import fc from "fast-check";
import {
  narrowRowDither,
  narrowRowNearest,
  narrowRowTruncate,
  type RowUpdate,
} from "../../src/kernels/narrow-row.js";
import { randomWeights, seeds, uniform } from "./support.js";

const scenario = fc.record({
  fieldBits: fc.integer({ min: 1, max: 16 }),
  stepBits: fc.integer({ min: 1, max: 24 }),
  length: fc.integer({ min: 1, max: 30 }),
  before: fc.integer({ min: 0, max: 3 }),
  gradientBits: fc.integer({ min: 1, max: 25 }),
  seed: seeds,
});

type Scenario = typeof scenario extends fc.Arbitrary<infer T> ? T : never;

/** Runs `narrow` on random weights and compares with `naive`, which gives the step in exact arithmetic. */
function check(
  { fieldBits, stepBits, length, before, gradientBits, seed }: Scenario,
  narrow: (row: RowUpdate, word: number) => void,
  naive: (gradient: bigint, s: bigint, word: bigint, index: bigint) => bigint,
): void {
  const next = uniform(seed);
  const total = before + length + 2;
  const weights = randomWeights(total, fieldBits, next);
  const gradient = Int32Array.from({ length: total }, () => Math.floor((next() - 0.5) * 2 ** gradientBits));
  const word = Math.floor(next() * 2 ** 32);
  const high = 2n ** BigInt(fieldBits - 1) - 1n;
  const expected = Array.from(weights, (w, position) => {
    const index = position - before;
    if (index < 0 || index >= length) return w;
    const step = naive(BigInt(gradient[position]!), BigInt(stepBits), BigInt(word), BigInt(index));
    const moved = BigInt(w) - step;
    return Number(moved > high ? high : moved < -high - 1n ? -high - 1n : moved);
  });
  narrow(
    { weights, weightOffset: before, gradient, gradientOffset: before, length, fieldBits, stepBits },
    word,
  );
  expect([...weights]).to.deep.equal(expected);
}

const magnitude = (g: bigint) => (g < 0n ? -g : g);
const withSign = (g: bigint, step: bigint) => (g < 0n ? -step : step);
// Division of BigInt truncates, and magnitudes are not negative.
const floorDivide = (a: bigint, b: bigint) => (a >= 0n ? a / b : -((-a + b - 1n) / b));

describe("narrowing a row's gradient to a step", () => {
  it("truncates toward zero", () => {
    const naive = (g: bigint, s: bigint) => withSign(g, magnitude(g) / 2n ** s);
    fc.assert(
      fc.property(scenario, (example) => check(example, narrowRowTruncate, naive)),
      { seed: 1 },
    );
  });

  it("rounds to nearest, halves away from zero", () => {
    const naive = (g: bigint, s: bigint) => withSign(g, (magnitude(g) + 2n ** (s - 1n)) / 2n ** s);
    fc.assert(
      fc.property(scenario, (example) => check(example, narrowRowNearest, naive)),
      { seed: 1 },
    );
  });

  it("dithers with the top bits of a word that advances a weight", () => {
    const naive = (g: bigint, s: bigint, word: bigint, index: bigint) => {
      const u = (word + index * 0x9e3779b9n) % 2n ** 32n;
      return floorDivide(g + (u >> (32n - s)), 2n ** s);
    };
    fc.assert(
      fc.property(scenario, (example) => check(example, narrowRowDither, naive)),
      { seed: 1 },
    );
  });

  it("dithers without bias: steps average to the gradient", () => {
    const length = 10_000;
    const weights = new Int16Array(length);
    const gradient = new Int32Array(length).fill(37);
    narrowRowDither(
      { weights, weightOffset: 0, gradient, gradientOffset: 0, length, fieldBits: 12, stepBits: 8 },
      12345,
    );
    const mean = weights.reduce((sum, w) => sum - w, 0) / length;
    expect(mean).to.be.closeTo(37 / 256, 0.002);
  });
});
