import { expect } from "chai";
import fc from "fast-check";
import type { KernelKind, KernelMemory, Kernels, Narrowing } from "../../src/kernels/kernels.js";
import { plainKernels, plainMemory } from "../../src/kernels/plain-kernels.js";
import { STEP_FIELDS, wasmKernels } from "../../src/kernels/wasm-kernels.js";
import { instantiate } from "../../src/kernels/wasm-module.js";
import { randomInt8, randomWeights, seeds, uniform } from "./support.js";

const narrowings: readonly Narrowing[] = ["dither", "nearest", "truncate"];
const width = fc.oneof(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1, max: 1000 }));
const shape = fc.record({
  rows: fc.integer({ min: 1, max: 9 }),
  length: width,
  before: fc.integer({ min: 0, max: 40 }),
  inputOffset: fc.integer({ min: 0, max: 20 }),
  weightBits: fc.integer({ min: 2, max: 16 }),
  column: fc.integer({ min: 1, max: 16 }),
  stepBits: fc.integer({ min: 1, max: 24 }),
  narrowing: fc.constantFrom(...narrowings),
  extreme: fc.boolean(),
  seed: seeds,
});

type Shape = typeof shape extends fc.Arbitrary<infer T> ? T : never;

function take(memory: KernelMemory, { rows, length, before, inputOffset }: Shape) {
  const count = before + rows * length + 3;
  return {
    weights: memory.int16(count),
    scratch: memory.int32(length),
    inputs: memory.int8(inputOffset + length),
    deltas: memory.int8(rows),
    words: memory.uint32(rows),
    z: memory.int32(rows),
    sums: memory.int32(length),
  };
}

type Arrays = ReturnType<typeof take>;

/** Random contents, the same for the same shape; deltas and inputs at their limits if `extreme`. */
function fill(arrays: Arrays, { weightBits, column, extreme, seed }: Shape): number {
  const next = uniform(seed);
  const fieldBits = weightBits - ((column - 1) % weightBits);
  const int8 = (length: number) => (extreme ? new Int8Array(length).fill(-128) : randomInt8(length, next));
  const { weights, inputs, deltas, words } = arrays;
  weights.set(
    extreme ? new Int16Array(weights.length).fill(-1) : randomWeights(weights.length, fieldBits, next),
  );
  inputs.set(int8(inputs.length));
  deltas.set(int8(deltas.length));
  for (let row = 0; row < deltas.length; row++) {
    if (next() < 0.2) deltas[row] = 0;
    words[row] = next() * 2 ** 32;
  }
  return fieldBits;
}

type Act = (kernels: Kernels, arrays: Arrays, example: Shape, fieldBits: number) => void;

function kernelsFor(kind: KernelKind, example: Shape): { kernels: Kernels; arrays: Arrays } {
  if (kind === "plain") return { kernels: plainKernels, arrays: take(plainMemory, example) };
  const { wasm, arrays } = instantiate((memory) => ({
    step: memory.uint32(STEP_FIELDS),
    taken: take(memory, example),
  }));
  return { kernels: wasmKernels(wasm, arrays.step), arrays: arrays.taken };
}

/** The arrays as a kind of kernels leaves them. */
function outcome(kind: KernelKind, example: Shape, act: Act): Record<string, ArrayLike<number>> {
  const { kernels, arrays } = kernelsFor(kind, example);
  act(kernels, arrays, example, fill(arrays, example));
  const { scratch: _, ...kept } = arrays;
  return kept;
}

/** Fails at the first element in which the two kinds differ. */
function expectTwins(example: Shape, act: Act): void {
  const wasm = outcome("wasm", example, act);
  for (const [name, plain] of Object.entries(outcome("plain", example, act))) {
    for (let i = 0; i < plain.length; i++) {
      if (wasm[name]?.[i] !== plain[i]) {
        expect.fail(`${name}[${i}] is ${wasm[name]?.[i]}, not ${plain[i]}, for ${JSON.stringify(example)}`);
      }
    }
  }
}

function updateOf(arrays: Arrays, { before, rows, length, ...rest }: Shape, fieldBits: number) {
  return { ...arrays, ...rest, fieldBits, firstCell: before, rows, length };
}

const acts: Record<string, Act> = {
  "pre-activations": (kernels, { weights, inputs, z }, { before, rows, inputOffset, length }) => {
    kernels.signedDots(weights, before, rows, inputs, inputOffset, length, z);
  },
  "back-projection": (kernels, { weights, deltas, sums }, { before, rows, length }) => {
    kernels.projectDeltas(sums, weights, before, rows, length, deltas);
  },
  "the update by one sample": (kernels, arrays, example, fieldBits) => {
    const { scratch, inputs, deltas } = arrays;
    kernels.learnSample(updateOf(arrays, example, fieldBits), scratch, inputs, example.inputOffset, deltas);
  },
};

/** An example of a width that takes all the rest in turn. */
function exampleOf(length: number): Shape {
  return {
    rows: 1 + (length % 6),
    length,
    before: length % 9,
    inputOffset: length % 7,
    weightBits: 2 + (length % 15),
    column: 1 + (length % 3),
    stepBits: 1 + (length % 24),
    narrowing: narrowings[length % 3] as Narrowing,
    extreme: false,
    seed: length,
  };
}

describe("WebAssembly kernels leave the same bits as the reference", () => {
  for (const [name, act] of Object.entries(acts)) {
    it(`for ${name}, on random shapes, offsets and shifts`, () => {
      fc.assert(
        fc.property(shape, (example) => expectTwins(example, act)),
        { seed: 1, numRuns: 250 },
      );
    });

    it(`for ${name}, at every width from 1 to 1,000`, () => {
      for (let length = 1; length <= 1000; length++) expectTwins(exampleOf(length), act);
    });

    it(`for ${name}, where a 16-bit lane must not overflow`, () => {
      expectTwins({ ...exampleOf(5003), rows: 2, extreme: true }, act);
      expectTwins({ ...exampleOf(37), rows: 600, extreme: true }, act);
    });
  }
});

describe("the arrays of WebAssembly kernels", () => {
  it("must be in their memory", () => {
    const { kernels, arrays } = kernelsFor("wasm", exampleOf(8));
    const elsewhere = new Int16Array(64);
    expect(() => kernels.signedDots(elsewhere, 0, 1, arrays.inputs, 0, 8, arrays.z)).to.throw(/allocate it/);
  });
});
