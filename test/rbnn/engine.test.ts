import { expect } from "chai";
import fc from "fast-check";
import type { StartThread } from "../../src/kernels/crew.js";
import type { Narrowing } from "../../src/kernels/kernels.js";
import { startNodeThread } from "../../src/kernels/node-threads.js";
import { emptyIterationActivity } from "../../src/rbnn/activity.js";
import { createEngine } from "../../src/rbnn/create-engine.js";
import type { EngineOptions, EngineTask } from "../../src/rbnn/engine.js";
import { layersOf, weightsOf } from "../../src/rbnn/layers.js";
import { inputTable } from "../../src/rbnn/normalise.js";
import { type PartName, partsOf } from "../../src/rbnn/parts.js";
import { Xorshift32 } from "../../src/rbnn/random.js";
import { randomWeights, seeds, uniform } from "../kernels/support.js";
import { smallWorkload } from "./support/workloads.js";

const narrowings: readonly Narrowing[] = ["dither", "nearest", "truncate"];

/** A network and its data, of any kind that a workload may describe. */
interface Example {
  readonly inputs: number;
  readonly hidden: readonly number[];
  readonly classes: number;
  readonly batch: number;
  readonly batches: number;
  readonly validation: number;
  readonly fieldBits: number;
  readonly stepBits: number;
  readonly narrowing: Narrowing;
  readonly shifts: readonly [number, number, number];
  /** Share of pixels that are 0. */
  readonly background: number;
  readonly meanPixel: number;
  readonly seed: number;
  /** All pixels and labels of this value, and all weights as low as they go. */
  readonly extreme?: { readonly pixel: number; readonly label: number };
}

const units = fc.integer({ min: 1, max: 70 });
const example: fc.Arbitrary<Example> = fc.record({
  inputs: fc.oneof(units, fc.integer({ min: 1, max: 1000 })),
  hidden: fc.array(units, { minLength: 1, maxLength: 3 }),
  classes: fc.integer({ min: 2, max: 20 }),
  batch: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 2, max: 300 })),
  batches: fc.integer({ min: 1, max: 3 }),
  validation: fc.integer({ min: 1, max: 300 }),
  fieldBits: fc.integer({ min: 1, max: 16 }),
  stepBits: fc.integer({ min: 1, max: 24 }),
  narrowing: fc.constantFrom(...narrowings),
  shifts: fc.tuple(
    fc.integer({ min: 2, max: 8 }),
    fc.integer({ min: 2, max: 8 }),
    fc.integer({ min: 0, max: 8 }),
  ),
  background: fc.constantFrom(0, 0.5, 0.8, 1),
  meanPixel: fc.integer({ min: 0, max: 255 }),
  seed: seeds,
});

/** Random pixels and labels for the parts of an example. */
function taskOf({ inputs, hidden, classes, batch, batches, shifts, ...rest }: Example): EngineTask {
  const next = uniform(rest.seed);
  const pixels = (samples: number) =>
    Uint8Array.from(
      { length: samples * inputs },
      () => rest.extreme?.pixel ?? (next() < rest.background ? 0 : next() * 256),
    );
  const labels = (samples: number) =>
    Uint8Array.from({ length: samples }, () => rest.extreme?.label ?? next() * classes);
  const data = { train: batch * batches, validation: rest.validation, test: 7 };
  const training = data.train + data.validation;
  const dataset = {
    name: "random",
    inputs,
    classes,
    trainImages: pixels(training),
    trainLabels: labels(training),
    testImages: pixels(data.test),
    testLabels: labels(data.test),
  };
  const [inputShift, hiddenShift, outputShift] = shifts;
  return {
    layers: layersOf(inputs, hidden, classes),
    numerics: { inputShift, hiddenShift, outputShift, stepShift: 7, narrowing: [], notes: [] },
    parts: { ...partsOf(smallWorkload({ data }), dataset), table: inputTable(rest.meanPixel) },
    batch,
  };
}

/** Words of a stage's header, as src/kernels/crew.ts has them. */
const [TICKET, CHUNKS_DONE, CHUNKS, TASK_COUNT] = [0, 1, 3, 4] as const;

/** Starts a thread and lets it do a stage without tasks, so that it does not come when all is over. */
const startAndAwaitThread: StartThread = (start) => {
  startNodeThread(start);
  const words = new Int32Array(start.memory.buffer, start.stage, 5);
  Atomics.store(words, CHUNKS_DONE, 0);
  words[CHUNKS] = 1;
  words[TASK_COUNT] = 0;
  Atomics.add(words, TICKET, 0x10001);
  Atomics.notify(words, TICKET);
  expect(Atomics.wait(words, CHUNKS_DONE, 0, 10_000), "a thread that takes chunks").not.to.equal("timed-out");
};

/** Everything that an engine makes of an example. */
function outcome(of: Example, options: EngineOptions): unknown {
  const task = taskOf(of);
  const { batch, batches, classes, hidden, inputs, fieldBits, narrowing, seed } = of;
  const engine = createEngine(task, options);
  const next = uniform(seed + 1);
  const weights = weightsOf(task.layers);
  const chip = new Xorshift32(seed);
  const activity = emptyIterationActivity(1, { inputs, hidden, classes });
  const stepBits = task.layers.map((layer) => Math.min(24, of.stepBits + (layer.isOutput ? 1 : 0)));
  const course = { fieldBits, stepBits, narrowing, chip, activity };
  try {
    const count = (part: PartName, keep: boolean) =>
      engine.countErrors(part, 0, task.parts[part].labels.length, keep);
    const column = (bits: number) =>
      of.extreme ? new Int16Array(weights).fill(-(2 ** (bits - 1))) : randomWeights(weights, bits, next);
    engine.load(column(1));
    const frozen = (["train", "validation", "test"] as const).map((part) => count(part, true));
    engine.load(column(fieldBits));
    engine.order.reverse();
    const errors = [engine.learn(course, 0, batch), engine.learn(course, batch, (batches - 1) * batch)];
    const learned = new Int16Array(weights);
    engine.store(learned);
    return { frozen, errors, learned, activity, chip: chip.state, validation: count("validation", false) };
  } finally {
    engine.close();
  }
}

const plainExample: Example = {
  inputs: 50,
  hidden: [20],
  classes: 10,
  batch: 10,
  batches: 2,
  validation: 20,
  fieldBits: 12,
  stepBits: 7,
  narrowing: "truncate",
  shifts: [4, 3, 3],
  background: 0.8,
  meanPixel: 33,
  seed: 1,
};

describe("the engine in WebAssembly gives the bits of the plain one", () => {
  it("for random networks, batches, shifts and data", () => {
    fc.assert(
      fc.property(example, (of) => {
        expect(outcome(of, {})).to.deep.equal(outcome(of, { kernels: "plain" }));
      }),
      { seed: 1, numRuns: 150 },
    );
  });

  it("at every width from 1 to 1,000", function () {
    this.timeout(60_000);
    for (let width = 1; width <= 1000; width++) {
      const of: Example = {
        ...plainExample,
        inputs: width,
        hidden: [1 + (width % 37)],
        batch: 2 + (width % 5),
        batches: 1,
        validation: 3,
        narrowing: narrowings[width % 3] as Narrowing,
        seed: width,
      };
      expect(outcome(of, {}), `${width} inputs`).to.deep.equal(outcome(of, { kernels: "plain" }));
    }
    for (let width = 1; width <= 1000; width += 7) {
      const of: Example = { ...plainExample, inputs: 5, hidden: [width], narrowing: "dither" };
      expect(outcome(of, {}), `${width} units`).to.deep.equal(outcome(of, { kernels: "plain" }));
    }
  });

  const sameSamples: Partial<Example> = {
    extreme: { pixel: 255, label: 3 },
    meanPixel: 0,
    batch: 1000,
    batches: 1,
    shifts: [2, 2, 0],
  };
  const limits: Record<string, Partial<Example>> = {
    "inputs as many and large as they can be": {
      ...{ inputs: 65535, hidden: [5], batch: 3, meanPixel: 0, shifts: [16, 2, 3] },
      extreme: { pixel: 255, label: 3 },
    },
    "activations at their limit in a wide layer": {
      ...{ inputs: 40, hidden: [4096, 300], batch: 4, meanPixel: 255, shifts: [2, 5, 16] },
      extreme: { pixel: 0, label: 3 },
    },
    "many units above": { inputs: 10, hidden: [600, 4096], batch: 3, narrowing: "dither", shifts: [2, 5, 8] },
    "eight hidden layers": {
      ...{ hidden: [20, 16, 17, 33, 5, 64, 1, 18], batch: 130, narrowing: "dither", shifts: [3, 3, 4] },
    },
    "a batch of equal samples": { ...sameSamples, hidden: [300] },
    "a batch of equal samples in the coarsest steps": {
      ...{ ...sameSamples, hidden: [40, 30], fieldBits: 16, stepBits: 24, narrowing: "dither" },
    },
    "a batch of equal samples in the finest steps": {
      ...{ ...sameSamples, hidden: [40, 30], fieldBits: 16, stepBits: 1, narrowing: "nearest" },
    },
    "the largest shifts and many classes": { classes: 64, shifts: [16, 16, 16], batch: 130 },
    "samples of nothing but background": { background: 1, meanPixel: 255, batch: 1, batches: 30 },
    "wide layers sample by sample": {
      ...{ inputs: 3000, hidden: [300, 260], batch: 1, batches: 5, narrowing: "dither", stepBits: 14 },
      extreme: { pixel: 255, label: 3 },
    },
  };
  for (const [name, limit] of Object.entries(limits)) {
    it(`with ${name}`, () => {
      const of = { ...plainExample, ...limit };
      expect(outcome(of, {})).to.deep.equal(outcome(of, { kernels: "plain" }));
    });
  }

  it("on any number of threads", function () {
    this.timeout(60_000);
    const large: Example = { ...plainExample, inputs: 784, hidden: [100], batch: 50, batches: 40 };
    for (const of of [large, { ...large, hidden: [70, 40, 30], batch: 80, narrowing: "dither" as const }]) {
      const expected = outcome(of, { kernels: "plain" });
      for (const threads of [2, 3, 5]) {
        expect(outcome(of, { threads, startThread: startAndAwaitThread })).to.deep.equal(expected);
      }
    }
  });

  it("if the system refuses a further thread", () => {
    const of: Example = { ...plainExample, inputs: 784, hidden: [100], batch: 100 };
    const expected = outcome(of, { kernels: "plain" });
    // Node cannot start a thread with less than this.
    const startThread: StartThread = (start) => startNodeThread({ ...start, module: (() => 1) as never });
    expect(outcome(of, { threads: 4, startThread })).to.deep.equal(expected);
  });

  it("also if no further thread ever comes", () => {
    const of: Example = { ...plainExample, inputs: 784, hidden: [100], batch: 100 };
    const alone = outcome(of, { threads: 4, startThread: () => undefined });
    expect(alone).to.deep.equal(outcome(of, { kernels: "plain" }));
  });
});
