import { expect } from "chai";
import { addGradientRow, setGradientRow } from "../../src/kernels/gradient.js";

describe("gradient of a row", () => {
  it("is set by the first sample and added to by the next, only within the row", () => {
    const gradient = Int32Array.of(7, 7, 7, 7, 7);
    const inputs = Int8Array.of(9, 1, -2, 3);
    setGradientRow(gradient, 1, inputs, 1, 3, 10);
    expect([...gradient]).to.deep.equal([7, 10, -20, 30, 7]);
    addGradientRow(gradient, 1, inputs, 0, 3, -128);
    expect([...gradient]).to.deep.equal([7, 10 - 1152, -20 - 128, 30 + 256, 7]);
  });
});
