/**
 * rebit's training step as a contender: arguments are the kernels (plain or wasm) and those of step.ts. Validation is
 * one sample at the end of an epoch; set-up and the end of the training are not measured.
 */
import type { KernelKind } from "../src/kernels/kernels.js";
import { startNodeThread } from "../src/kernels/node-threads.js";
import { train } from "../src/rbnn/trainer.js";
import { createTrainingRun } from "../src/rbnn/training-run.js";
import { loadMnist } from "./mnist.js";
import { answerSlices } from "./slices.js";
import { benchmarkWorkload, parseStep, TRAINING_SAMPLES } from "./step.js";

const [kernels, ...parameters] = process.argv.slice(2);
const { hidden, batch, threads } = parseStep(parameters);

const workload = benchmarkWorkload([hidden], batch, TRAINING_SAMPLES);
const engine = { kernels: kernels as KernelKind, threads, startThread: startNodeThread };
const steps = train(createTrainingRun(workload, loadMnist(), engine));
let done = 0;
await answerSlices(`${kernels} kernels, Node ${process.versions.node}`, () => {
  const step = steps.next();
  if (step.done === true) throw new Error("the training ended within the benchmark");
  const samples = step.value.samplesDone - done;
  done = step.value.samplesDone;
  return samples;
});
