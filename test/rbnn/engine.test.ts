import { expect } from "chai";
import fc from "fast-check";
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
    Uint8Array.from({ length: samples * inputs }, () => (next() < rest.background ? 0 : next() * 256));
  const labels = (samples: number) => Uint8Array.from({ length: samples }, () => next() * classes);
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
    engine.load(randomWeights(weights, 1, next));
    const frozen = (["train", "validation", "test"] as const).map((part) => count(part, true));
    engine.load(randomWeights(weights, fieldBits, next));
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

  it("where a lane must not overflow", () => {
    const largest: Example = { ...plainExample, background: 0, meanPixel: 255, inputs: 1000, batch: 1000 };
    for (const of of [largest, { ...largest, meanPixel: 0 }, { ...plainExample, hidden: [600, 300] }]) {
      expect(outcome(of, {})).to.deep.equal(outcome(of, { kernels: "plain" }));
    }
  });

  it("on any number of threads", () => {
    const large: Example = { ...plainExample, inputs: 784, hidden: [100], batch: 100, batches: 6 };
    for (const of of [large, { ...large, hidden: [60, 40], narrowing: "dither" as const }]) {
      const expected = outcome(of, { kernels: "plain" });
      for (const threads of [2, 3, 5]) {
        expect(outcome(of, { threads, startThread: startNodeThread })).to.deep.equal(expected);
      }
    }
  });

  it("also if no further thread ever comes", () => {
    const of: Example = { ...plainExample, inputs: 784, hidden: [100], batch: 100 };
    const alone = outcome(of, { threads: 4, startThread: () => undefined });
    expect(alone).to.deep.equal(outcome(of, { kernels: "plain" }));
  });
});
