import { expect } from "chai";
import fc from "fast-check";
import { listDigits, listOnes, onesLength } from "../../src/rbnn/digit-lists.js";
import { inputTable } from "../../src/rbnn/normalise.js";

/** For each input what a sample's lists add up to, what they subtract in all, and where they end. */
function read(lists: Uint16Array, begin: number, end: number, inputs: number) {
  const sums = new Array<number>(inputs + 1).fill(0);
  let subtracted = 0;
  let largest = 0;
  for (let at = begin; at < end; ) {
    const header = lists.subarray(at, at + 8);
    const magnitudes = new Array<number>(inputs + 1).fill(0);
    at += 8;
    for (const [power, counts] of header.entries()) {
      for (const [sign, blocks] of [
        [1, counts & 0xff],
        [-1, counts >> 8],
      ] as const) {
        for (let n = 0; n < 4 * blocks; n++, at++) {
          const input = lists[at] as number;
          sums[input] = (sums[input] as number) + sign * 2 ** power;
          magnitudes[input] = (magnitudes[input] as number) + 2 ** power;
        }
        if (sign < 0) subtracted += 4 * blocks * 2 ** power;
      }
    }
    largest = Math.max(
      largest,
      magnitudes.reduce((sum, magnitude) => sum + magnitude, 0),
    );
  }
  return { sums: sums.slice(0, inputs), subtracted, largest };
}

describe("lists of digits", () => {
  const samples = fc.record({
    inputs: fc.integer({ min: 1, max: 1000 }),
    count: fc.integer({ min: 1, max: 3 }),
    mean: fc.integer({ min: 0, max: 255 }),
    pixel: fc.oneof(fc.constantFrom(0, 106 * 2, 127, 253, 255), fc.nat(255)),
    random: fc.infiniteStream(fc.nat(255)),
    share: fc.constantFrom(0, 0.5, 1),
  });

  it("add up to each input's difference from the background, within 16 bits a list", () => {
    fc.assert(
      fc.property(samples, ({ inputs, count, mean, pixel, random, share }) => {
        const values = random[Symbol.iterator]();
        const pixels = Uint8Array.from({ length: count * inputs }, (_, i) =>
          i % 10 < 10 * share ? pixel : (values.next().value as number),
        );
        const table = inputTable(mean);
        const length = listDigits(pixels, table, inputs);
        const listStarts = new Uint32Array(count + 1);
        const lists = new Uint16Array(length);
        const sums = new Int32Array(count);
        listDigits(pixels, table, inputs, { listStarts, lists, sums });
        expect(listStarts[count]).to.equal(length);
        for (let sample = 0; sample < count; sample++) {
          const [begin, end] = [listStarts[sample] as number, listStarts[sample + 1] as number];
          const found = read(lists, begin, end, inputs);
          const own = pixels.subarray(sample * inputs, (sample + 1) * inputs);
          const expected = Array.from(own, (p) => (table[p] as number) - (table[0] as number));
          expect(found.sums).to.deep.equal(expected);
          expect(sums[sample]).to.equal(2 * found.subtracted);
          expect(found.largest).to.be.below(2 ** 16);
        }
      }),
      { seed: 1, numRuns: 60 },
    );
  });

  it("have every input once", () => {
    for (const inputs of [1, 4, 1019, 1020, 1021, 5000]) {
      const lists = new Uint16Array(onesLength(inputs));
      listOnes(inputs, lists);
      const { sums, subtracted } = read(lists, 0, lists.length, inputs);
      expect(sums.every((sum) => sum === 1)).to.equal(true);
      expect(subtracted).to.equal(0);
    }
  });
});
