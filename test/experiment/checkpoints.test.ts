import { expect } from "chai";
import { FileError } from "../../src/config/source.js";
import { decodeCheckpoint, encodeCheckpoint } from "../../src/data/checkpoint-file.js";
import { DataError } from "../../src/data/data-error.js";
import type { NamedBytes } from "../../src/data/dataset.js";
import type { CheckpointStore } from "../../src/experiment/checkpoint-store.js";
import { type RunOptions, run } from "../../src/experiment/run.js";
import { experimentOf, workloadText } from "./support/experiments.js";

const FULL = new FileError("unwritable-file", "memory/full", "the disk is full");

/** Checkpoints in memory. The process dies, or the disk is full, when number `last + 1` is to be saved. */
function memoryStore(last = Number.POSITIVE_INFINITY, failure: Error = new Error("killed")) {
  const files: NamedBytes[] = [];
  let saves = 0;
  const store: CheckpointStore = {
    place: "memory",
    saved: () => files,
    save: ({ iteration, epoch }, checkpoint) => {
      saves += 1;
      if (saves > last) throw failure;
      files.unshift({ path: `memory/${iteration}-${epoch}`, bytes: checkpoint.slice() });
    },
  };
  return { store, files };
}

const storeOf = (files: readonly NamedBytes[]): CheckpointStore => ({
  place: "memory",
  saved: () => files,
  save: () => undefined,
});

const workload = workloadText({ epochs: 3 });
const experiment = experimentOf({ workload });

/** What a run is refused with. */
async function refusal(options: RunOptions, of = experiment): Promise<DataError> {
  try {
    await run(of, options);
  } catch (error) {
    if (error instanceof DataError) return error;
    throw error;
  }
  throw new Error("expected a DataError");
}

/** The files of a run that was killed after its fourth checkpoint: iteration 2, epoch 1. */
async function killed(): Promise<NamedBytes[]> {
  const { store, files } = memoryStore(4);
  await run(experiment, { checkpoints: store }).catch(() => undefined);
  expect(files.map(({ path }) => path)).to.deep.equal([
    "memory/2-1",
    "memory/1-3",
    "memory/1-2",
    "memory/1-1",
  ]);
  return files;
}

describe("a run with checkpoints", () => {
  it("reports the same, killed after any epoch and resumed", async () => {
    const whole = await run(experiment);
    for (let epochs = 0; epochs <= 6; epochs++) {
      const { store, files } = memoryStore(epochs);
      await run(experiment, { checkpoints: store }).catch(() => undefined);
      expect(files).to.have.lengthOf(epochs);
      const notices: string[] = [];
      const onNotice = (notice: string) => notices.push(notice);
      const resumed = await run(experiment, { checkpoints: storeOf(files), resume: true, onNotice });
      expect(resumed).to.deep.equal(whole);
      const expected =
        epochs === 0
          ? /^memory holds no checkpoint yet: /
          : /^going on after iteration \d, epoch \d, from memory\//;
      expect(notices.join("\n")).to.match(expected);
    }
  });

  it("tells progress as of the whole training, and what of it was done before", async () => {
    const seen: { samplesBefore: number; samplesDone: number }[] = [];
    const long = experimentOf({ workload: workloadText({ epochs: 400 }) });
    const { store, files } = memoryStore(40);
    await run(long, { checkpoints: store }).catch(() => undefined);
    const onProgress = (progress: (typeof seen)[number]) => seen.push(progress);
    await run(long, { checkpoints: storeOf(files), resume: true, onProgress });
    expect(seen).to.not.deep.equal([]);
    for (const { samplesBefore, samplesDone } of seen) {
      expect(samplesBefore).to.equal(40 * 300);
      expect(samplesDone).to.be.at.least(samplesBefore);
    }
  });

  it("ends with the error of a disk that is full", async () => {
    const { store } = memoryStore(2, FULL);
    const error = await run(experiment, { checkpoints: store }).catch((reason: unknown) => reason);
    expect(error).to.equal(FULL);
  });

  it("is refused where a checkpoint would be lost", async () => {
    const { code, message } = await refusal({ checkpoints: storeOf(await killed()) });
    expect(code).to.equal("checkpoint-exists");
    expect(message).to.match(
      /^memory\/2-1: .* after iteration 2, epoch 1; add --resume to go on from it, or remove memory/,
    );
  });

  it("is refused where the checkpoint is of another training, with what differs", async () => {
    const other = experimentOf({ workload: workloadText({ epochs: 4 }) }, { seed: 5 });
    for (const resume of [true, false]) {
      const { code, message } = await refusal({ checkpoints: storeOf(await killed()), resume }, other);
      expect(code).to.equal("wrong-training");
      expect(message).to.include("(training.epochs: 3 there, 4 here; training.seed: 1 there, 5 here)");
    }
  });

  it("is refused where the checkpoint is of another version of the arithmetic", async () => {
    const [newest] = await killed();
    const { numericsVersion, ...rest } = decodeCheckpoint(newest!);
    const bytes = encodeCheckpoint({ ...rest, numericsVersion: numericsVersion + 1 });
    const { code, message } = await refusal({
      checkpoints: storeOf([{ path: "memory/2-1", bytes }]),
      resume: true,
    });
    expect(code).to.equal("wrong-training");
    expect(message).to.match(/\(version of the arithmetic: \d+ there, \d+ here\)/);
  });

  it("is refused where the newest checkpoint is damaged, with the one to go back to", async () => {
    const [newest, before, ...older] = await killed();
    const damaged = { path: newest!.path, bytes: newest!.bytes.subarray(0, 700) };
    const { code, message } = await refusal({
      checkpoints: storeOf([damaged, before!, ...older]),
      resume: true,
    });
    expect(code).to.equal("truncated");
    expect(message).to.match(/^memory\/2-1: .*; remove it to go on from memory\/1-3 \(at byte 700\)$/);
    const both = storeOf([damaged, { ...damaged, path: "memory/1-3" }]);
    expect((await refusal({ checkpoints: both, resume: true })).message).to.include(
      "; remove memory to begin anew",
    );
    const whole = await run(experiment);
    expect(await run(experiment, { checkpoints: storeOf([before!]), resume: true })).to.deep.equal(whole);
  });
});
