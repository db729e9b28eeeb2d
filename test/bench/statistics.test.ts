import { expect } from "chai";
import { ratioSpread, spreadOf } from "../../bench/statistics.js";

describe("statistics of a benchmark", () => {
  it("gives the median with the least and the greatest, in any order", () => {
    expect(spreadOf([5, 1, 9])).to.deep.equal({ median: 5, min: 1, max: 9 });
  });

  it("takes the middle of the two middle values of an even number", () => {
    expect(spreadOf([4, 1, 2, 8]).median).to.equal(3);
  });

  it("leaves the values in their order", () => {
    const values = [3, 1, 2];
    spreadOf(values);
    expect(values).to.deep.equal([3, 1, 2]);
  });

  it("takes a ratio within a round: what slows a whole round down cancels", () => {
    expect(ratioSpread([20, 2, 200], [[10, 1, 100]])).to.deep.equal({ median: 2, min: 2, max: 2 });
  });

  it("takes it against the best of the others in that round", () => {
    const ratio = ratioSpread(
      [12, 12, 12],
      [
        [6, 1, 2],
        [3, 4, 3],
      ],
    );
    expect(ratio).to.deep.equal({ median: 3, min: 2, max: 4 });
  });
});
