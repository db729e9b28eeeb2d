import { expect } from "chai";
import fc from "fast-check";
import { paperOperations } from "../../src/firmware/paper-convention.js";
import { weightsOf } from "../../src/rbnn/layers.js";
import { runOf } from "./support/runs.js";

/** arXiv 1709.05306, Table 2, as its formulas give it; B3's two misprints are below. */
const TABLE_2 = [
  {
    name: "R1",
    hidden: 200,
    iterations: 4,
    bits: 16,
    weights: 635_200,
    storage: 2_540_800,
    kib: "310.2",
    shift: 2_223_200,
    multiply: 635_200,
  },
  {
    name: "R2",
    hidden: 100,
    iterations: 7,
    bits: 16,
    weights: 555_800,
    storage: 1_270_400,
    kib: "155.1",
    shift: 2_779_000,
    multiply: 555_800,
  },
  {
    name: "R3",
    hidden: 100,
    iterations: 4,
    bits: 12,
    weights: 317_600,
    storage: 952_800,
    kib: "116.3",
    shift: 1_111_600,
    multiply: 317_600,
  },
  {
    name: "B1",
    hidden: 800,
    iterations: 1,
    bits: 12,
    weights: 635_200,
    storage: 7_622_400,
    kib: "930.5",
    shift: 1_270_400,
    multiply: 635_200,
  },
  {
    name: "B2",
    hidden: 400,
    iterations: 1,
    bits: 12,
    weights: 317_600,
    storage: 3_811_200,
    kib: "465.2",
    shift: 635_200,
    multiply: 317_600,
  },
  {
    name: "B3",
    hidden: 200,
    iterations: 1,
    bits: 16,
    weights: 158_800,
    storage: 2_540_800,
    kib: "310.2",
    shift: 317_600,
    multiply: 158_800,
  },
] as const;

const columnWeights = (hidden: readonly number[]): number =>
  weightsOf(runOf({ hidden }, { cellBits: 16, iterations: 1 }).layers);

describe("the paper's Table 2", () => {
  for (const { name, hidden, iterations, bits, weights, storage, kib, shift, multiply } of TABLE_2) {
    it(`holds for ${name}: its operations come out of the loop nests, its storage out of its layers`, () => {
      const run = runOf({ hidden: [hidden] }, { cellBits: bits, iterations });
      const { learning, inference } = paperOperations(run);
      expect(learning).to.deep.equal({ shift, multiply, add: shift });
      expect(inference).to.deep.equal({ shift: weights, add: weights });
      const column = weightsOf(run.layers);
      expect(column * iterations).to.equal(weights);
      expect(column * bits).to.equal(storage);
      expect((storage / 8 / 1024).toFixed(1)).to.equal(kib);
    });
  }

  it("is misprinted in B3's final weights: 155,600 is no network of this shape, 158,800 is 784-200-10", () => {
    expect(columnWeights([200])).to.equal(158_800);
    expect(
      paperOperations(runOf({ hidden: [200] }, { cellBits: 16, iterations: 1 })).learning.multiply,
    ).to.equal(158_800);
    // 794 weights a hidden unit: the printed number is no multiple.
    expect(155_600 % (784 + 10)).not.to.equal(0);
  });

  it("is misprinted in B3's storage: 114 kB, where 158,800 weights of 16 bits are 310.2 KiB", () => {
    expect(((columnWeights([200]) * 16) / 8 / 1024).toFixed(1)).to.equal("310.2");
    // Of 16-bit weights, 114 kB hold 57,000.
    expect((114_000 * 8) / 16).to.be.below(columnWeights([200]));
  });

  it("is misprinted for two hidden layers: 784-200-200-10 grows to 795,200 weights; 555,800 are R2's", () => {
    const run = runOf({ hidden: [200, 200] }, { cellBits: 8, iterations: 4 });
    expect(weightsOf(run.layers) * 4).to.equal(795_200);
    expect(weightsOf(run.layers) * 8).to.equal(198_800 * 8);
    expect(paperOperations(run).inference).to.deep.equal({ shift: 795_200, add: 795_200 });
    expect(columnWeights([100]) * 7).to.equal(555_800);
  });
});

describe("the paper's convention", () => {
  it("is W (K (K + 1) / 2 + K) shifts and adds, K W multiplies; K W of each an inference; for every network", () => {
    const networks = fc.record({
      inputs: fc.integer({ min: 1, max: 900 }),
      hidden: fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 4 }),
      classes: fc.integer({ min: 1, max: 20 }),
    });
    fc.assert(
      fc.property(
        networks,
        fc.integer({ min: 1, max: 16 }),
        fc.integer({ min: 0, max: 8 }),
        (network, iterations, more) => {
          const run = runOf(
            network,
            { cellBits: Math.min(16, iterations + more), iterations },
            { gradient: "replay", batch: 32 },
          );
          const weights = weightsOf(run.layers);
          const shifts = weights * ((iterations * (iterations + 1)) / 2 + iterations);
          expect(paperOperations(run)).to.deep.equal({
            learning: { shift: shifts, multiply: iterations * weights, add: shifts },
            inference: { shift: iterations * weights, add: iterations * weights },
          });
        },
      ),
      { seed: 1, numRuns: 60 },
    );
  });
});
