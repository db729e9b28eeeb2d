import { expect } from "chai";
import { packRow } from "../../src/kernels/pack-row.js";
import { boundActivity, updatesPerEpoch } from "../../src/rbnn/activity.js";
import { train, trainToEnd } from "../../src/rbnn/trainer.js";
import { createTrainingRun, type TrainingRun } from "../../src/rbnn/training-run.js";
import { smallWorkload, syntheticData, trainSmall } from "./support/workloads.js";

/** The packed cells as they would be if written anew from the engine's weights. */
function repacked(run: TrainingRun): Uint8Array {
  const { bytes, weightBits, count } = run.cells;
  const cells = new Uint8Array(bytes.length);
  const { plastic } = run;
  if (plastic === undefined) throw new Error("training has not begun");
  const weights = new Int16Array(count);
  run.engine.store(weights);
  packRow({ cells, weightBits, ...plastic, weights }, 0, count);
  return cells;
}

describe("training", () => {
  it("learns, and further columns lower the validation error", () => {
    const { iterations } = trainSmall({ data: { train: 2000 }, storage: { iterations: 3 } });
    const errors = iterations.map(({ validationErrorPercent }) => validationErrorPercent);
    expect(errors[0]).to.be.below(30);
    expect(errors[2]).to.be.below(errors[0]!);
  });

  it("reports units and weights cumulatively, bits as they are shared", () => {
    const { iterations } = trainSmall({ network: { hidden: [8, 6] }, storage: { iterations: 2 } });
    const weights = 64 * 8 + 8 * 6 + 6 * 4;
    expect(iterations[0]).to.include({ iteration: 1, weights, plasticBits: 8, bitsPerWeight: 8, epochs: 2 });
    expect(iterations[1]).to.include({
      iteration: 2,
      weights: 2 * weights,
      plasticBits: 7,
      bitsPerWeight: 4,
    });
    expect(iterations[1]?.hiddenUnits).to.deep.equal([16, 12]);
  });

  it("has packed what was learned at the end of every epoch", () => {
    for (const batch of [1, 20]) {
      const workload = smallWorkload({
        data: { train: 100, validation: 10, test: 10 },
        storage: { weightBits: 7, iterations: 3 },
        training: { batch, epochs: 2 },
      });
      const run = createTrainingRun(workload, syntheticData(workload));
      const { bytes } = run.cells;
      let validations = 0;
      for (const { phase } of train(run, 0)) {
        if (phase !== "validate") continue;
        validations += 1;
        expect(run.cells.bytes).to.equal(bytes);
        expect(Buffer.compare(bytes, repacked(run))).to.equal(0);
      }
      // Three iterations of two epochs, and a pause after each of ten samples.
      expect(validations).to.equal(60);
    }
  });

  it("never changes a frozen sign", () => {
    const signs = (iterations: number) => {
      const { cells } = trainSmall({ storage: { iterations } });
      return Array.from({ length: cells.count }, (_, cell) => cells.readSign(cell, 1));
    };
    expect(signs(3)).to.deep.equal(signs(1));
  });

  it("gives the same bits however often it pauses", () => {
    const workload = smallWorkload();
    const run = createTrainingRun(workload, syntheticData(workload));
    const steps = train(run, 1);
    while (steps.next().done !== true);
    expect(run.cells.sha256()).to.equal(trainSmall().cells.sha256());
  });

  it("says where it is, within its bound", () => {
    const workload = smallWorkload();
    const run = createTrainingRun(workload, syntheticData(workload));
    const events = [...train(run, 0)];
    const total = 2 * 2 * 400;
    expect(events[0]).to.deep.equal({
      phase: "train",
      iteration: 1,
      epoch: 1,
      samplesDone: 1,
      samplesTotal: total,
    });
    expect(events.at(-1)).to.include({ phase: "freeze", iteration: 2, epoch: 2, samplesDone: total });
    events.slice(1).forEach((event, i) => {
      expect(event.samplesDone).to.be.at.least(events[i]!.samplesDone);
    });
    const validated = events.find(({ validationErrorPercent }) => validationErrorPercent !== undefined);
    expect(validated).to.include({ iteration: 1, epoch: 2 });
  });

  it("drops the last partial batch", () => {
    const { activity } = trainSmall({ training: { batch: 150, epochs: 1 } });
    expect(Math.max(...activity.iterations[0]!.rowUpdates.flat())).to.equal(2);
  });

  it("tells progress to a callback", () => {
    const workload = smallWorkload({
      data: { train: 4000 },
      network: { hidden: [64] },
      training: { epochs: 1 },
    });
    let last = 0;
    trainToEnd(workload, syntheticData(workload), ({ samplesDone }) => {
      last = samplesDone;
    });
    expect(last).to.be.above(4000);
  });
});

describe("patience", () => {
  it("ends an iteration after that many epochs without a better validation error", () => {
    const { iterations, activity } = trainSmall({ training: { epochs: 40, patience: 2 } });
    for (const [k, { epochs, bestEpoch }] of iterations.entries()) {
      expect(epochs).to.equal(bestEpoch + 2);
      expect(activity.iterations[k]?.epochs).to.equal(epochs);
    }
  });

  it("changes nothing up to there", () => {
    const patient = trainSmall({ storage: { iterations: 1 }, training: { epochs: 40, patience: 2 } });
    const { epochs } = patient.iterations[0]!;
    const plain = trainSmall({ storage: { iterations: 1 }, training: { epochs } });
    expect(plain.cells.sha256()).to.equal(patient.cells.sha256());
  });
});

describe("stopRecursion", () => {
  it("ends after the first iteration that is no better, and keeps its column", () => {
    const over = { storage: { iterations: 8 }, training: { epochs: 3 } };
    const all = trainSmall(over);
    const stopped = trainSmall({ ...over, training: { epochs: 3, stopRecursion: true } });
    const errors = all.iterations.map(({ validationErrorPercent }) => validationErrorPercent);
    const firstWorse = errors.findIndex((error, k) => k > 0 && error >= errors[k - 1]!);
    expect(firstWorse).to.be.within(1, 6);
    expect(stopped.iterations).to.deep.equal(all.iterations.slice(0, firstWorse + 1));
    expect(stopped.testErrorPercent).to.equal(all.iterations[firstWorse]?.testErrorPercent);
  });
});

describe("the activity of a training", () => {
  it("stays within its bound and skips rows", () => {
    // A logit counts so much here that some samples are learned with certainty.
    const numerics = { inputShift: 3, outputShift: 0 };
    const over = { network: { hidden: [8, 6] }, training: { epochs: 3 }, numerics };
    const { activity } = trainSmall(over);
    const bound = boundActivity(smallWorkload(over));
    expect(bound.iterations[0]).to.deep.equal({
      iteration: 1,
      epochs: 3,
      snapshots: 3,
      rowUpdates: [new Array(8).fill(1200), new Array(6).fill(1200), new Array(4).fill(1200)],
      zeroDeltaSamples: [0, 0],
    });
    for (const [k, { rowUpdates, snapshots, zeroDeltaSamples }] of activity.iterations.entries()) {
      const limits = bound.iterations[k]!.rowUpdates;
      rowUpdates.forEach((rows, layer) => {
        rows.forEach((updates, row) => {
          expect(updates).to.be.within(1, limits[layer]![row]!);
        });
      });
      expect(snapshots).to.be.within(1, 3);
      // A layer below one without deltas has none either.
      expect(zeroDeltaSamples[0]).to.be.at.least(zeroDeltaSamples[1]!);
    }
    expect(activity.iterations[1]!.rowUpdates.flat().some((updates) => updates < 1200)).to.equal(true);
    expect(activity.iterations[1]?.zeroDeltaSamples[1]).to.be.above(0);
  });

  it("counts a row once a batch at most", () => {
    const { activity } = trainSmall({ training: { batch: 50, epochs: 1 } });
    expect(Math.max(...activity.iterations[0]!.rowUpdates.flat())).to.be.at.most(8);
    expect(updatesPerEpoch(smallWorkload({ training: { batch: 50 } }))).to.equal(8);
  });
});
