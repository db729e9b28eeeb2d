import { expect } from "chai";
import { plainLines } from "../../src/cli/progress.js";
import { progressLine, timeLeft } from "../../src/cli/progress-text.js";

const progress = (iteration: number, epoch: number, samplesDone: number) => ({
  iteration,
  iterations: 4,
  epoch,
  epochs: 3,
  samplesDone,
  samplesBefore: 0,
  samplesTotal: 1000,
});

describe("progress", () => {
  it("expects the rest to go as fast as what is done", () => {
    expect(timeLeft(progress(1, 1, 0), 5)).to.equal("?");
    expect(timeLeft(progress(1, 1, 500), 30)).to.equal("30 s");
    expect(timeLeft(progress(1, 1, 100), 30)).to.equal("4 min 30 s");
    expect(timeLeft(progress(1, 1, 1), 10)).to.equal("2 h 46 min");
  });

  it("does not count what was done before a checkpoint", () => {
    const resumed = { ...progress(2, 1, 600), samplesBefore: 500 };
    expect(timeLeft(resumed, 10)).to.equal("40 s");
    expect(timeLeft({ ...resumed, samplesDone: 500 }, 1)).to.equal("?");
  });

  it("says in a line where the training is", () => {
    const line = "rebit: iteration 2/4, epoch 1/3, 25.0 %, about 30 s left\n";
    expect(progressLine(progress(2, 1, 250), 10)).to.equal(line);
  });

  it("writes a line at the end of an epoch and every ten seconds of a long one, not more than one a second", () => {
    let now = 100;
    const lines: string[] = [];
    const display = plainLines(
      (line) => lines.push(line),
      () => now,
    );
    const at = (second: number, iteration: number, epoch: number) => {
      now = 100 + second;
      display.update(progress(iteration, epoch, second + 1));
      return lines.length;
    };
    expect(at(0.1, 1, 1)).to.equal(0);
    expect(at(0.5, 1, 2)).to.equal(0);
    expect(at(1.5, 1, 3)).to.equal(1);
    expect(at(5, 1, 3)).to.equal(1);
    expect(at(11.5, 1, 3)).to.equal(2);
    expect(at(13, 2, 1)).to.equal(3);
  });
});
