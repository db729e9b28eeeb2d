import { expect } from "chai";
import fc from "fast-check";
import { EXP_COARSE, EXP_FINE, expNegative, outputDeltas, predict } from "../../src/rbnn/loss.js";

function deltasOf(logits: number[], label: number, outputShift: number) {
  const z = Int32Array.from(logits);
  const deltas = new Int8Array(logits.length);
  const any = outputDeltas(z, predict(z, 0, z.length), label, outputShift, new Uint32Array(z.length), deltas);
  return { any, deltas: [...deltas] };
}

describe("the loss", () => {
  it("has tables of exp in units of 1/65535", () => {
    expect([EXP_COARSE[0], EXP_COARSE[1], EXP_COARSE[63]]).to.deep.equal([65535, 57834, 25]);
    expect([EXP_FINE[0], EXP_FINE[1], EXP_FINE[63]]).to.deep.equal([65535, 65407, 57948]);
  });

  it("approximates exp within 2^-14, and ends at e^-8", () => {
    for (let distance = 0; distance < 4096; distance++) {
      expect(expNegative(distance) / 65536).to.be.closeTo(Math.exp(-distance / 512), 2 ** -14);
    }
    expect(expNegative(4096)).to.equal(0);
  });

  it("predicts the first of the largest logits", () => {
    expect(predict(Int32Array.of(9, 9, 1, 5, 5, 2), 0, 3)).to.equal(0);
    expect(predict(Int32Array.of(9, 9, 1, 5, 5, 2), 3, 3)).to.equal(0);
    expect(predict(Int32Array.of(1, 2, 2), 0, 3)).to.equal(1);
  });

  it("gives softmax minus target in units of 2^-7", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -4000, max: 4000 }), { minLength: 2, maxLength: 10 }),
        fc.nat(9),
        fc.integer({ min: 0, max: 6 }),
        (logits, drawn, outputShift) => {
          const label = drawn % logits.length;
          const scale = 2 ** (6 + outputShift);
          const largest = Math.max(...logits);
          const exponentials = logits.map((z) => Math.exp((z - largest) / scale));
          const sum = exponentials.reduce((a, b) => a + b);
          const exact = exponentials.map((e, c) => 128 * (e / sum - (c === label ? 1 : 0)));
          const { deltas, any } = deltasOf(logits, label, outputShift);
          deltas.forEach((delta, c) => {
            expect(delta).to.be.closeTo(Math.min(exact[c]!, 127), 0.8);
          });
          expect(any).to.equal(deltas.some((delta) => delta !== 0));
        },
      ),
      { seed: 1 },
    );
  });

  it("leaves a confident sample alone", () => {
    expect(deltasOf([60000, 0, 0], 0, 3)).to.deep.equal({ any: false, deltas: [0, 0, 0] });
    expect(deltasOf([60000, 0, 0], 1, 3)).to.deep.equal({ any: true, deltas: [127, -128, 0] });
  });
});
