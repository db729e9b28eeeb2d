import { expect } from "chai";
import { NAMED_NETWORKS } from "../../reproduce/networks.js";
import { planOf, trainingsOf } from "../../reproduce/plan.js";
import { duration, Progress } from "../../reproduce/progress.js";

describe("the progress of a reproduction", () => {
  const b3 = NAMED_NETWORKS.filter(({ name }) => name === "b3");
  const trainings = trainingsOf(planOf({ networks: b3, seeds: 4 }));

  it("says what is done, what runs how far, and when all will be done at the pace so far", () => {
    let seconds = 0;
    const progress = new Progress(trainings, 2, () => seconds);
    expect(progress.line()).to.equal("2 of 6 done");
    const [first, second] = trainings;
    if (first === undefined || second === undefined) throw new Error("four trainings are planned");
    progress.at(first, 0.25);
    seconds = 10;
    progress.done(first);
    progress.at(second, 0.5);
    seconds = 15;
    expect(progress.line()).to.equal("3 of 6 done, B3 seed 2 (50 %), about 25 s left");
  });

  it("writes durations as people do", () => {
    expect([9.6, 59, 61, 3599, 4000].map(duration)).to.deep.equal([
      "10 s",
      "59 s",
      "1 min",
      "1 h 0 min",
      "1 h 7 min",
    ]);
  });
});
