/**
 * rebit's training step as a contender: arguments are the kernels (plain or wasm) and those of step.ts. Validation is
 * one sample at the end of an epoch; set-up and the end of the training are not measured.
 */
import type { KernelKind } from "../src/kernels/kernels.js";
import { train } from "../src/rbnn/trainer.js";
import { createTrainingRun } from "../src/rbnn/training-run.js";
import type { Workload } from "../src/rbnn/workload.js";
import { loadMnist } from "./mnist.js";
import { answerSlices } from "./slices.js";
import { parseStep, TRAINING_SAMPLES } from "./step.js";

const [kernels, ...parameters] = process.argv.slice(2);
const { hidden, batch, threads } = parseStep(parameters);

const workload: Workload = {
  name: "benchmark",
  dataset: "mnist",
  data: { train: TRAINING_SAMPLES, validation: 1, test: 1 },
  network: { hidden: [hidden] },
  storage: { weightBits: 12, iterations: 1 },
  training: { batch, epochs: 10_000, seed: 1, patience: "none", stopRecursion: false },
};

if (threads !== 1) throw new Error("this trainer has one thread");
const steps = train(createTrainingRun(workload, loadMnist(), kernels as KernelKind));
let done = 0;
await answerSlices(`${kernels} kernels, Node ${process.versions.node}`, () => {
  const step = steps.next();
  if (step.done === true) throw new Error("the training ended within the benchmark");
  const samples = step.value.samplesDone - done;
  done = step.value.samplesDone;
  return samples;
});
