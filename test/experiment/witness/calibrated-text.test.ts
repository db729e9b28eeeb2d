import { expect } from "chai";
import { parse } from "yaml";
import { calibratedText, withCodeSize } from "../../../src/experiment/witness/calibrated-text.js";

const MODEL = `# A model.
schema: rebit/firmware@1
kernels:
  loss:
    - {cycles: {cortex-m0plus: 1, rv32imc: 2}}   # once
    - for: unit
      of: classes
      do:
        - {stream: weights, bits: 1, cycles: {rv32imc: 3}, stack: {cortex-m0plus: [1, 1]}}
        - {cycles: {rv32imc: {value: 4, status: estimate}}, status: estimate, source: guess}
    - cycles:
        rv32imc: 5
`;

const figure = (path: (string | number)[], cycles: number, reads = 0, writes = 0) => ({
  path: ["loss", ...path],
  cycles,
  stack: { reads, writes },
});

const provenance = { status: "measured", source: 'a "test"' };
const calibrated = (figures: ReturnType<typeof figure>[], text = MODEL, isa = "rv32imc"): string =>
  calibratedText(text, isa, figures, provenance);

describe("writing calibrated figures into a model", () => {
  it("replaces numbers and says where they are from, and leaves the rest as it was", () => {
    expect(calibrated([figure([0], 20), figure([1, "do", 0], 30)])).to.equal(
      MODEL.replace("rv32imc: 2", "rv32imc: 20")
        .replace("rv32imc: 3", "rv32imc: 30")
        .replace(
          "kernels:\n",
          'calibration:\n  rv32imc: {status: "measured", source: "a \\"test\\""}\nkernels:\n',
        ),
    );
  });

  it("labels a figure whose statement has a status of its own", () => {
    const { kernels } = parse(calibrated([figure([1, "do", 1], 40)]));
    expect(kernels.loss[1].do[1].cycles.rv32imc).to.deep.equal({ value: 40, ...provenance });
  });

  it("writes accesses to the stack, in flow and in block style, beside those of other cores", () => {
    const text = calibrated([figure([0], 20, 7, 8), figure([1, "do", 0], 30, 5, 6), figure([2], 50, 1, 0)]);
    const { loss } = parse(text).kernels;
    expect(loss[0].stack).to.deep.equal({ rv32imc: [7, 8] });
    expect(loss[1].do[0].stack).to.deep.equal({ "cortex-m0plus": [1, 1], rv32imc: [5, 6] });
    expect(loss[2]).to.deep.equal({ cycles: { rv32imc: 50 }, stack: { rv32imc: [1, 0] } });
    expect(text).to.include("rv32imc: 20}, stack: {rv32imc: [7,8]}}   # once\n");
  });

  it("is the same when done twice, and keeps what other cores' figures are from", () => {
    const once = calibrated([figure([0], 20, 1, 2)]);
    expect(calibrated([figure([0], 20, 1, 2)], once)).to.equal(once);
    const both = calibrated([figure([0], 9)], once, "cortex-m0plus");
    expect(parse(both).calibration).to.have.all.keys("rv32imc", "cortex-m0plus");
    expect(parse(both).kernels.loss[0].cycles).to.deep.equal({ "cortex-m0plus": 9, rv32imc: 20 });
  });

  it("replaces the size of the code, where the model has one", () => {
    const text = "memory: {code: {value: 8 KiB, status: placeholder}, stack: 1 KiB}   # sizes\n";
    expect(withCodeSize(text, 1234, "x.elf")).to.equal(
      'memory: {code: {value: "1234 B", status: "measured", source: "x.elf"}, stack: 1 KiB}   # sizes\n',
    );
    expect(withCodeSize("kernels: {}\n", 1234, "x.elf")).to.equal("kernels: {}\n");
  });

  it("refuses a figure that the model has no place for", () => {
    expect(() => calibrated([figure([1, "do", 0], 1)], MODEL, "cortex-m3")).to.throw(
      RangeError,
      "kernels.loss.1.do.0 has no cycles for cortex-m3",
    );
  });
});
