import { expect } from "chai";
import { inputTable, meanPixel, normalise } from "../../src/rbnn/normalise.js";
import { createRandom, shuffle, Xorshift32 } from "../../src/rbnn/random.js";

describe("normalised inputs", () => {
  it("of MNIST's mean have a background of -17", () => {
    const table = inputTable(33);
    expect([table[0], table[33], table[255]]).to.deep.equal([-17, 0, 111]);
    expect([...normalise(Uint8Array.of(0, 255, 33), table, new Int8Array(3))]).to.deep.equal([-17, 111, 0]);
  });

  it("stay signed 8 bit for every mean", () => {
    expect(inputTable(0)[255]).to.equal(127);
    expect(inputTable(255)[0]).to.equal(-128);
  });

  it("take the rounded mean", () => {
    expect(meanPixel(Uint8Array.of(0, 1))).to.equal(1);
    expect(meanPixel(Uint8Array.of(0, 0, 1))).to.equal(0);
  });
});

describe("random numbers", () => {
  it("of the chip are xorshift32", () => {
    const chip = new Xorshift32(1);
    expect([chip.next(), chip.next(), chip.next()]).to.deep.equal([270369, 67634689, 2647435461]);
  });

  it("of the chip never stick at 0 and continue from a saved state", () => {
    expect(new Xorshift32(0).next()).to.equal(270369);
    const chip = new Xorshift32(5);
    chip.next();
    expect(new Xorshift32(chip.state).next()).to.equal(chip.next());
  });

  it("are the same for the same seed", () => {
    const draw = (seed: number) => {
      const { host, chip } = createRandom(seed);
      return [host(), host(), chip.next()];
    };
    expect(draw(3)).to.deep.equal(draw(3));
    expect(draw(3)).not.to.deep.equal(draw(4));
  });

  it("shuffle without losing a sample", () => {
    const order = Uint32Array.from({ length: 100 }, (_, i) => i);
    shuffle(order, createRandom(1).host);
    expect([...order]).not.to.deep.equal([...order].sort((a, b) => a - b));
    expect(new Set(order).size).to.equal(100);
  });
});
