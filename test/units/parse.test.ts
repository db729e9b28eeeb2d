import { expect } from "chai";
import type { Dimension } from "../../src/units/dimensions.js";
import { parseQuantity, UnitError } from "../../src/units/parse.js";

function refusal(text: string, dimension: Dimension): UnitError {
  try {
    parseQuantity(text, dimension);
  } catch (error) {
    if (error instanceof UnitError) return error;
    throw error;
  }
  throw new Error(`${text} was accepted`);
}

describe("parseQuantity", () => {
  it("rounds once, to the double nearest to what is written", () => {
    expect(parseQuantity("0.1 pJ", "energy")).to.equal(1e-13);
    expect(parseQuantity("15 ns", "time")).to.equal(15e-9);
    expect(parseQuantity("0.7 nJ/byte", "energyPerByte")).to.equal(7e-10);
    expect(parseQuantity("1.1 fJ/bit", "energyPerBit")).to.equal(1.1e-15);
    expect(parseQuantity("20 %", "ratio")).to.equal(0.2);
    expect(parseQuantity("225 mAh", "charge")).to.equal(810);
    expect(parseQuantity("1.5 %/year", "lossRate")).to.equal(0.015);
    expect(parseQuantity("2 %/month", "lossRate")).to.equal(0.24);
    expect(parseQuantity("1 %/day", "lossRate")).to.equal(3.6525);
  });

  it("tells KiB from kB and bits from bytes", () => {
    expect(parseQuantity("64 KiB", "capacity")).to.equal(65_536);
    expect(parseQuantity("64 kB", "capacity")).to.equal(64_000);
    expect(parseQuantity("0.5 GiB", "capacity")).to.equal(2 ** 29);
    expect(parseQuantity("100 Mbit/s", "dataRate")).to.equal(12.5e6);
    expect(parseQuantity("1 bit/s", "dataRate")).to.equal(0.125);
    expect(parseQuantity("2 h", "time")).to.equal(7200);
  });

  it("reads the spellings that people use", () => {
    for (const text of [
      "30 uW",
      "30 \u00b5W",
      "30 \u03bcW",
      "30uW",
      " 30  uW ",
      "3e1 uW",
      "+30.0 uW",
      "30. uW",
    ]) {
      expect(parseQuantity(text, "power"), text).to.equal(3e-5);
    }
    expect(parseQuantity("5 pJ / access", "energyPerAccess")).to.equal(5e-12);
    expect(parseQuantity("0.5 mm\u00b2", "area")).to.equal(5e-7);
    expect(parseQuantity("0.5 mm^2", "area")).to.equal(5e-7);
    expect(parseQuantity(".5 V", "voltage")).to.equal(0.5);
    expect(parseQuantity("-5 mA", "current")).to.equal(-0.005);
  });

  it("refuses a bare number", () => {
    const error = refusal("65536", "capacity");
    expect(error.code).to.equal("bare-number");
    expect(error.message).to.equal("65536 has no unit; expected a capacity such as 64 KiB");
  });

  it("names the dimension that was given instead", () => {
    const error = refusal("5 pJ/byte", "energyPerAccess");
    expect(error.code).to.equal("wrong-dimension");
    expect(error.message).to.equal(
      "5 pJ/byte is an energy per byte; expected an energy per access such as 5 pJ/access",
    );
    expect(error.expected).to.equal("an energy per access such as 5 pJ/access");
    expect(refusal("5 pJ", "energyPerBit").code).to.equal("wrong-dimension");
    expect(refusal("32 B", "width").code).to.equal("wrong-dimension");
  });

  const nearMisses: [string, Dimension, string | undefined][] = [
    ["64 kib", "capacity", "KiB"],
    ["64 Kib", "capacity", "KiB"],
    ["64 KB", "capacity", "kB or KiB"],
    ["16 mb", "capacity", "MB or MiB"],
    ["48 mhz", "frequency", "MHz"],
    ["48 Mhz", "frequency", "MHz"],
    ["5 pJ/acess", "energyPerAccess", "pJ/access"],
    ["32 bits", "width", "bit"],
    ["5 furlongs", "length", undefined],
    ["25 \u00b0C", "temperature", undefined],
  ];
  for (const [text, dimension, suggestion] of nearMisses) {
    it(`answers ${text} with ${suggestion ?? "the list of units"}`, () => {
      const error = refusal(text, dimension);
      expect(error.code).to.equal("unknown-unit");
      expect(error.suggestion).to.equal(suggestion);
    });
  }

  it("says how a number is written, where it is written in another way", () => {
    for (const text of ["48,5 V", "0x30 V", "0b11 V", "1_000 V", "48 000 V", "1'000 V", "1.5.2 V"]) {
      const { code, message } = refusal(text, "voltage");
      expect(code, text).to.equal("not-a-quantity");
      expect(message).to.equal(
        `expected a voltage such as 3.0 V, its number written like 48.5, found "${text}"`,
      );
    }
  });

  it("refuses what is no quantity", () => {
    for (const text of ["", "fast", "KiB", ".", "0x10 B", "1,5 V", "1e999 V", `${"9".repeat(100_000)} V`]) {
      expect(refusal(text, "voltage").code, text.slice(0, 20)).to.be.oneOf([
        "not-a-quantity",
        "unknown-unit",
      ]);
    }
    expect(refusal("x".repeat(100_000), "voltage").message.length).to.be.lessThan(200);
  });
});
