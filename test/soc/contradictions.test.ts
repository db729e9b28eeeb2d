import { readFileSync } from "node:fs";
import { expect } from "chai";
import { lintFile } from "../../src/experiment/lint.js";
import { chipText, overlay } from "../experiment/support/experiments.js";

const part = readFileSync("configs/parts/W25Q128JV.yaml", "utf8");
const problemsOf = (text: string): string[] =>
  lintFile("memory/it.yaml", overlay({ "memory/it.yaml": text })).map(({ path, line, code, message }) => {
    const written = path === "memory/it.yaml" ? text : readFileSync(path, "utf8");
    return `${code} ${path} "${written.split("\n")[line - 1]?.trim()}" ${message}`;
  });

/** A chip whose flash overrides a field of its part. */
const chipWith = (field: string): string => chipText().replace("bus: {", `${field}, bus: {`);

describe("fields that contradict each other", () => {
  it("are found in a chip, over the part that it names", () => {
    for (const [field, message] of [
      ["sector: 1000 B", /^does-not-fit memory\/it.yaml "flash.*no whole number of pages/],
      ["supply: {low: 3.6 V, high: 2.7 V}", /^does-not-fit memory\/it.yaml "flash.*lies above/],
      [
        "bursts: [{lanes: 4, command: 8, address: 8, dummy: 0}, {lanes: 4, command: 8, address: 8, dummy: 8}]",
        /^does-not-fit memory\/it.yaml "flash.*already a burst of 4 lanes/,
      ],
      [
        "current: {read: [{clock: 50 MHz, value: 1 mA}, {clock: 50 MHz, value: 2 mA}]}",
        /^does-not-fit memory\/it.yaml "flash.*50 MHz follows 50 MHz/,
      ],
    ] as const) {
      const problems = problemsOf(chipWith(field));
      expect(problems, field).to.have.length(1);
      expect(problems[0]).to.match(message);
    }
  });

  it("are found in a part", () => {
    expect(problemsOf(part)).to.deep.equal([]);
    const [problem, ...more] = problemsOf(part.replace(/sector: .*/, "sector: 1000 B"));
    expect(problem).to.match(/^does-not-fit memory\/it.yaml "sector: 1000 B" .*no whole number of pages/);
    expect(more).to.deep.equal([]);
  });

  it("are an SRAM and banks or words that it does not divide into", () => {
    const banks = problemsOf(chipText({ banks: 3 }));
    expect(banks.join()).to.match(
      /^does-not-fit memory\/it.yaml "sram.*3 equal banks of whole words of 32 bit$/,
    );
    const straddling = problemsOf(
      chipText({ banks: 1, widthBits: 24 }).replace(
        "sram, ",
        "sram, accessTime: 5 ns, energy: {read: 5 pJ/access, write: 5 pJ/access}, power: {on: 1 uW}, ",
      ),
    );
    expect(straddling.join()).to.match(/^does-not-fit .*a port of 24 bit is no power of two/);
    const odd = chipText({ banks: 1 }).replace("capacity: 64 KiB", "capacity: 65534 B");
    expect(problemsOf(odd).join()).to.match(
      /^does-not-fit.*65534 bytes do not divide into whole words of 32 bit$/,
    );
  });

  it("are the chip's supply voltage and a part's range: the voltage is the chip's to choose", () => {
    const low = chipText().replace("voltage: 3.0 V", "voltage: 1.2 V");
    expect(problemsOf(low).join()).to.match(
      /^does-not-fit memory\/it.yaml "supply: .*flash needs a supply of 2.7 V to 3.6 V; the chip's is 1.2 V$/,
    );
  });
});
