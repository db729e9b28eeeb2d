import { expect } from "chai";
import { strides } from "../../src/firmware/binding.js";

describe("strides", () => {
  it("are the elements between consecutive values of each index, 1 for the innermost", () => {
    expect(strides([3, 4, 5])).to.deep.equal([20, 5, 1]);
    expect(strides([7])).to.deep.equal([1]);
    expect(strides([])).to.deep.equal([]);
  });
});
