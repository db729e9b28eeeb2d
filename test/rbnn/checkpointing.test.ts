import { expect } from "chai";
import { decodeCheckpoint, encodeCheckpoint } from "../../src/data/checkpoint-file.js";
import { checkpointOf, identityOfCheckpoint, restoreRun } from "../../src/rbnn/checkpointing.js";
import { type TrainingResult, train } from "../../src/rbnn/trainer.js";
import { identifyTraining, type TrainingIdentity } from "../../src/rbnn/training-identity.js";
import { createTrainingRun } from "../../src/rbnn/training-run.js";
import type { Workload } from "../../src/rbnn/workload.js";
import { dataError } from "../data/support/data-error.js";
import { smallWorkload, syntheticData } from "./support/workloads.js";

interface Trained {
  readonly result: TrainingResult;
  /** Files, in the order of writing. */
  readonly checkpoints: readonly Uint8Array[];
}

/** Trains to the end, from a checkpoint if there is one. */
function trainSaving(workload: Workload, identity: TrainingIdentity, from?: Uint8Array): Trained {
  const run = createTrainingRun(workload, syntheticData(workload));
  const column = from && restoreRun(run, decodeCheckpoint({ path: "c", bytes: from }), "c");
  const checkpoints: Uint8Array[] = [];
  const steps = train(run, undefined, {
    from: column,
    onEpochEnd: (ended) => checkpoints.push(encodeCheckpoint(checkpointOf(run, ended, identity))),
  });
  for (;;) {
    const step = steps.next();
    if (step.done === true) return { result: step.value, checkpoints };
  }
}

const summary = ({ cells, iterations, activity, testErrorPercent }: TrainingResult) => ({
  cells: cells.sha256(),
  iterations,
  activity,
  testErrorPercent,
});

const WORKLOADS: Record<string, Parameters<typeof smallWorkload>[0]> = {
  "batch 1 with dither": { storage: { iterations: 3 }, training: { epochs: 3 } },
  "batches with truncation": {
    data: { train: 1000 },
    storage: { weightBits: 12, iterations: 3 },
    training: { batch: 100 },
  },
  "two hidden layers": { network: { hidden: [7, 5] }, training: { batch: 20 } },
  "one iteration": { storage: { iterations: 1 }, training: { epochs: 3 } },
  patience: { training: { epochs: 40, patience: 1 } },
  "a recursion that stops": { storage: { iterations: 8 }, training: { epochs: 2, stopRecursion: true } },
  "the last bit": { storage: { weightBits: 3, iterations: 3 }, training: { epochs: 1 } },
};

describe("a training that goes on from a checkpoint", () => {
  for (const [what, over] of Object.entries(WORKLOADS)) {
    it(`ends with the same bits from any epoch: ${what}`, async () => {
      const workload = smallWorkload(over);
      const identity = await identifyTraining(workload, syntheticData(workload));
      const whole = trainSaving(workload, identity);
      const epochs = whole.result.activity.iterations.reduce((sum, iteration) => sum + iteration.epochs, 0);
      expect(whole.checkpoints).to.have.lengthOf(epochs);
      for (const [position, checkpoint] of whole.checkpoints.entries()) {
        const resumed = trainSaving(workload, identity, checkpoint);
        expect(summary(resumed.result)).to.deep.equal(summary(whole.result));
        const rest = whole.checkpoints.slice(position + 1);
        expect(resumed.checkpoints.map((file) => Buffer.from(file).toString("base64"))).to.deep.equal(
          rest.map((file) => Buffer.from(file).toString("base64")),
        );
      }
    });
  }

  it("says where it is, from where it goes on", async () => {
    const workload = smallWorkload({ training: { epochs: 3 } });
    const identity = await identifyTraining(workload, syntheticData(workload));
    const checkpoint = trainSaving(workload, identity).checkpoints[3]!;
    const run = createTrainingRun(workload, syntheticData(workload));
    const from = restoreRun(run, decodeCheckpoint({ path: "c", bytes: checkpoint }), "c");
    const events = [...train(run, 0, { from })];
    expect(events[0]).to.include({ phase: "freeze", iteration: 2, epoch: 1, samplesDone: 4 * 400 });
    const learning = events.find(({ phase }) => phase === "train");
    expect(learning).to.include({ iteration: 2, epoch: 2, samplesDone: 4 * 400 + 1 });
    expect(events.at(-1)).to.include({ samplesDone: 6 * 400, samplesTotal: 6 * 400 });
  });
});

describe("a checkpoint", () => {
  it("knows which training it is of", async () => {
    const workload = smallWorkload({ training: { epochs: 1 } });
    const identity = await identifyTraining(workload, syntheticData(workload));
    const [file] = trainSaving(workload, identity).checkpoints;
    const { key: _, ...expected } = identity;
    expect(identityOfCheckpoint(decodeCheckpoint({ path: "c", bytes: file! }))).to.deep.equal(expected);
  });

  it("is not put into a run that it cannot be of", async () => {
    const workload = smallWorkload({ storage: { iterations: 3 } });
    const identity = await identifyTraining(workload, syntheticData(workload));
    const bytes = trainSaving(workload, identity).checkpoints.at(-1)!;
    const problem = (over: Parameters<typeof smallWorkload>[0]) => {
      const other = smallWorkload(over);
      const run = createTrainingRun(other, syntheticData(other));
      const { code, message } = dataError(() => restoreRun(run, decodeCheckpoint({ path: "c", bytes }), "c"));
      expect(code).to.equal("bad-shape");
      return message;
    };
    const storage = { iterations: 3 };
    expect(problem({ storage: { iterations: 2 } })).to.match(/it is of iteration 3/);
    expect(problem({ storage, training: { epochs: 1 } })).to.match(/it is of epoch 2/);
    expect(problem({ storage, network: { hidden: [9] } })).to.match(/its network has rows 8-4/);
    expect(problem({ storage, synthetic: { inputs: 65 } })).to.match(/bytes of cells/);
    expect(problem({ storage, data: { train: 399 } })).to.match(/it has 400 training samples/);
  });
});
