import { expect } from "chai";
import fc from "fast-check";
import { DIMENSIONS, type Dimension } from "../../src/units/dimensions.js";
import { formatBytes, formatEngineering, formatQuantity } from "../../src/units/format.js";
import { parseQuantity } from "../../src/units/parse.js";

const dimensions = Object.keys(DIMENSIONS) as Dimension[];
const anyDimension = fc.constantFrom(...dimensions);

describe("quantities that are printed and read again", () => {
  it("are the same double, for every dimension and any finite value", () => {
    const value = fc.double({ min: 0, max: 1e290, noNaN: true });
    fc.assert(
      fc.property(anyDimension, value, (dimension, number) => {
        expect(parseQuantity(formatQuantity(number, dimension), dimension)).to.equal(number);
      }),
      { seed: 1, numRuns: 3000 },
    );
  });

  it("are the same double for values that people write", () => {
    const value = fc
      .tuple(
        fc.integer({ min: 0, max: 4096 }),
        fc.integer({ min: -15, max: 9 }),
        fc.constantFrom(1, 1024, 3.6),
      )
      .map(([digits, exponent, factor]) => Number(`${digits}e${exponent}`) * factor);
    fc.assert(
      fc.property(anyDimension, value, (dimension, number) => {
        expect(parseQuantity(formatQuantity(number, dimension), dimension)).to.equal(number);
      }),
      { seed: 1, numRuns: 3000 },
    );
  });

  for (const dimension of dimensions) {
    it(`keep the example of ${dimension} as it is written`, () => {
      const { example } = DIMENSIONS[dimension];
      expect(formatQuantity(parseQuantity(example, dimension), dimension)).to.equal(
        example.replace("3.0", "3"),
      );
    });
  }

  it("keep every unit that is printed", () => {
    for (const dimension of dimensions) {
      for (const { name } of [...DIMENSIONS[dimension].printed, ...DIMENSIONS[dimension].alternatives]) {
        expect(formatQuantity(parseQuantity(`7 ${name}`, dimension), dimension)).to.match(/^[0-9.]+ \S+$/);
      }
    }
  });
});

describe("formatQuantity", () => {
  const cases: [number, Dimension, string][] = [
    [48e6, "frequency", "48 MHz"],
    [65536, "capacity", "64 KiB"],
    [64000, "capacity", "64 kB"],
    [38100, "capacity", "38.1 kB"],
    [1000, "capacity", "1 kB"],
    [1024, "capacity", "1 KiB"],
    [512, "capacity", "512 B"],
    [2 ** 24, "capacity", "16 MiB"],
    [0, "capacity", "0 B"],
    [1.8e-9, "energyPerByte", "1.8 nJ/byte"],
    [1e-13, "energyPerAccess", "100 fJ/access"],
    [128_000, "capacity", "128 kB"],
    [1e-12, "area", "1 um2"],
    [5, "charge", "5 C"],
    [0.2, "ratio", "20 %"],
    [0, "ratio", "0 %"],
    [810, "charge", "225 mAh"],
    [0, "area", "0 mm2"],
    [5e-7, "area", "0.5 mm2"],
    [6.5e-8, "length", "65 nm"],
    [1e-30, "energy", "1e-15 fJ"],
    [1e30, "time", "1e30 s"],
    [999.5, "time", "999.5 s"],
  ];
  for (const [value, dimension, text] of cases) {
    it(`prints ${value} as ${text}`, () => {
      expect(formatQuantity(value, dimension)).to.equal(text);
    });
  }

  it("rounds when asked for digits", () => {
    expect(formatQuantity(0.0134217, "energy", 3)).to.equal("13.4 mJ");
  });

  it("refuses what is no number", () => {
    expect(() => formatQuantity(Number.NaN, "energy")).to.throw(RangeError);
    expect(() => formatQuantity(Number.POSITIVE_INFINITY, "energy")).to.throw(RangeError);
  });
});

describe("formatEngineering", () => {
  it("keeps the significant digits, carries into the next prefix, and shows signs", () => {
    expect(formatEngineering(0.0134217, "energy", 3)).to.equal("13.4 mJ");
    expect(formatEngineering(0.013, "energy", 3)).to.equal("13.0 mJ");
    expect(formatEngineering(0.99996, "energy", 3)).to.equal("1.00 J");
    expect(formatEngineering(-2.5e-6, "power", 2)).to.equal("-2.5 uW");
    expect(formatEngineering(123456, "time", 3)).to.equal("123000 s");
    expect(formatEngineering(0, "time", 3)).to.equal("0 s");
  });

  it("does not invent fractions of bytes and bits", () => {
    expect(formatEngineering(16, "capacity", 3)).to.equal("16 B");
    expect(formatEngineering(8, "width", 3)).to.equal("8 bit");
    expect(formatEngineering(38_123, "capacity", 3)).to.equal("38.1 kB");
  });
});

describe("formatBytes", () => {
  it("gives binary and decimal units", () => {
    expect(formatBytes(38_112)).to.equal("37.2 KiB (38.1 kB)");
    expect(formatBytes(65_536)).to.equal("64 KiB (65.5 kB)");
    expect(formatBytes(39_200_000)).to.equal("37.4 MiB (39.2 MB)");
    expect(formatBytes(512)).to.equal("512 B");
    expect(formatBytes(1000)).to.equal("1000 B");
    expect(formatBytes(0)).to.equal("0 B");
    expect(formatBytes(2 ** 34)).to.equal("16 GiB (17.2 GB)");
    expect(formatBytes(1_048_000)).to.equal("1023 KiB (1.05 MB)");
  });
});
