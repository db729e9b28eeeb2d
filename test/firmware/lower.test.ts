import { expect } from "chai";
import fc from "fast-check";
import { type Invocation, lower } from "../../src/firmware/lower.js";
import { activityOf, runOf } from "./support/runs.js";

const network = { inputs: 6, hidden: [4, 3], classes: 2 };
const storage = { cellBits: 8, iterations: 2 };

/** `phase kernel inputs x outputs: times`, of one iteration. */
const summary = (invocations: readonly Invocation[], iteration: number): string[] =>
  invocations
    .filter((one) => one.iteration === iteration && one.phase !== "infer")
    .map(
      ({ phase, kernel, names, executions }) =>
        `${phase} ${kernel} ${names.inputs}x${names.outputs}: ${executions.times}`,
    );

describe("lowering a training run", () => {
  const run = runOf(network, storage);
  const activity = activityOf(run, { updates: [283, 200, 100], zeros: 17 });
  const invocations = lower(run, activity);

  it("invokes each kernel as often as the activity says", () => {
    expect(summary(invocations, 1)).to.deep.equal([
      "recycle initialise 6x4: 1",
      "recycle initialise 4x3: 1",
      "recycle initialise 3x2: 1",
      "load load 6x2: 300",
      "forward forward 6x4: 300",
      "forward forward 4x3: 300",
      "forward forward 3x2: 300",
      "loss loss 6x2: 300",
      "backward backward 3x2: 283",
      "backward backward 4x3: 283",
      "update update 6x4: 283",
      "update update 4x3: 283",
      "update update 3x2: 283",
      "validate load 6x2: 60",
      "validate forward 6x4: 60",
      "validate forward 4x3: 60",
      "validate forward 3x2: 60",
      "snapshot snapshot 6x4: 2",
      "snapshot snapshot 4x3: 2",
      "snapshot snapshot 3x2: 2",
      "recycle recycle 6x4: 1",
      "recycle recycle 4x3: 1",
      "recycle recycle 3x2: 1",
    ]);
  });

  it("hands each layer its rows' updates", () => {
    const updates = invocations.filter(({ kernel, iteration }) => kernel === "update" && iteration === 2);
    expect(updates.map(({ executions }) => executions.rowTimes)).to.deep.equal([
      [283, 283, 283, 283],
      [200, 200, 200],
      [100, 100],
    ]);
  });

  it("ends with one inference by every column of the last iteration", () => {
    const infer = invocations.filter(({ phase }) => phase === "infer");
    expect(
      infer.map(({ kernel, executions, names }) => [kernel, executions.times, names.columns]),
    ).to.deep.equal([
      ["load", 1, 2],
      ["forward", 1, 2],
      ["forward", 1, 2],
      ["forward", 1, 2],
    ]);
  });

  it("gives every kernel the names of its layer and column", () => {
    const of = (kernel: string, layer: number) =>
      invocations.filter((one) => one.kernel === kernel && one.iteration === 2)[layer]?.names;
    expect(of("forward", 0)).to.include({
      columns: 2,
      frozenColumns: 1,
      inputColumns: 1,
      outputColumns: 2,
      firstLayer: 1,
      hiddenLayer: 1,
    });
    expect(of("forward", 1)).to.include({
      inputColumns: 2,
      outputColumns: 2,
      firstLayer: 0,
      hiddenLayer: 1,
      outputLayer: 0,
    });
    expect(of("forward", 2)).to.include({
      inputColumns: 2,
      outputColumns: 1,
      hiddenLayer: 0,
      outputLayer: 1,
      cached: 0,
    });
    expect(of("update", 0)).to.include({ cellBits: 8, fieldBits: 7, stepBits: 13, dithered: 1, batch: 1 });
  });

  it("drops the last partial batch, and adds the batch's gradient sample by sample", () => {
    const batches = runOf(network, storage, { batch: 30, batchesPerEpoch: 3, gradient: "accumulate" });
    const lines = summary(lower(batches, activityOf(batches, { updates: [9, 9, 9] })), 1);
    expect(lines).to.include.members([
      "load load 6x2: 270",
      "backward accumulate 6x4: 270",
      "update update 6x4: 9",
      "validate load 6x2: 60",
    ]);
    expect(summary(invocations, 1).join()).not.to.include("accumulate");
  });

  it("computes one column where frozen logits are cached, and stores them before the next column only", () => {
    const cached = runOf(network, storage, { frozen: "cachedLogits" });
    const lowered = lower(cached, activityOf(cached, { updates: [1, 1, 1] }));
    const forwards = lowered.filter(({ kernel, phase }) => kernel === "forward" && phase !== "infer");
    expect(new Set(forwards.map(({ names }) => names.columns))).to.deep.equal(new Set([1]));
    expect(summary(lowered, 1).slice(-5)).to.deep.equal([
      "recycle load 6x2: 120",
      "recycle forward 6x4: 120",
      "recycle forward 4x3: 120",
      "recycle forward 3x2: 120",
      "recycle cache 6x2: 120",
    ]);
    expect(summary(lowered, 2).join()).not.to.include("cache 6x2");
    const stopped = lower(cached, activityOf(cached, { updates: [1, 1, 1] }, 1));
    expect(summary(stopped, 1).join(), "the recursion stopped early").not.to.include("cache 6x2");
    const infer = lowered.filter(({ phase }) => phase === "infer");
    expect(infer.at(-1)?.names).to.include({ columns: 2, cached: 0 });
  });

  it("is linear in epochs and updates", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.nat(9), (factor, base) => {
        const once = lower(run, activityOf(run, { epochs: 1, snapshots: 1, updates: [base, base, base] }));
        const often = lower(
          run,
          activityOf(run, {
            epochs: factor,
            snapshots: factor,
            updates: [base * factor, base * factor, base * factor],
          }),
        );
        for (const [position, { phase, executions }] of often.entries()) {
          const before = once[position]?.executions;
          const scale = phase === "recycle" || phase === "infer" ? 1 : factor;
          expect(executions.times).to.equal((before?.times ?? 0) * scale);
          expect(executions.rowTimes).to.deep.equal(before?.rowTimes?.map((times) => times * factor));
        }
      }),
      { seed: 1, numRuns: 30 },
    );
  });
});
