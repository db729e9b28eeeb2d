import { expect } from "chai";
import fc from "fast-check";
import { signedDots } from "../../src/kernels/signed-dots.js";
import { randomInt8, randomWeights, seeds, sign, uniform } from "./support.js";

describe("pre-activations", () => {
  it("count a weight of 0 as +1", () => {
    const z = new Int32Array(1);
    signedDots(Int16Array.of(0, -1, 5, -2048), 0, 1, Int8Array.of(1, 10, 100, 50), 0, 4, z);
    expect(z[0]).to.equal(1 - 10 + 100 - 50);
  });

  it("agree with the plain sum for any shape, width of weights and offset", () => {
    const shape = fc.record({
      rows: fc.integer({ min: 1, max: 9 }),
      length: fc.integer({ min: 1, max: 40 }),
      bits: fc.integer({ min: 1, max: 16 }),
      weightOffset: fc.integer({ min: 0, max: 5 }),
      inputOffset: fc.integer({ min: 0, max: 5 }),
      seed: seeds,
    });
    fc.assert(
      fc.property(shape, ({ rows, length, bits, weightOffset, inputOffset, seed }) => {
        const next = uniform(seed);
        const weights = randomWeights(weightOffset + rows * length, bits, next);
        const inputs = randomInt8(inputOffset + length, next);
        const z = new Int32Array(rows);
        signedDots(weights, weightOffset, rows, inputs, inputOffset, length, z);
        const naive = Array.from({ length: rows }, (_, j) => {
          let sum = 0;
          for (let i = 0; i < length; i++) {
            sum += sign(weights[weightOffset + j * length + i]!) * inputs[inputOffset + i]!;
          }
          return sum;
        });
        expect([...z]).to.deep.equal(naive);
      }),
      { seed: 1 },
    );
  });
});
