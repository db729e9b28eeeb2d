import type { Workload } from "../src/rbnn/workload.js";

/** The training step that a contender runs: network 784-`hidden`-10 on MNIST. */
export interface Step {
  readonly hidden: number;
  readonly batch: number;
  readonly threads: number;
}

/** The training samples of every contender; the rest of the training file is rebit's validation part. */
export const TRAINING_SAMPLES = 50_000;

/** A step as arguments of a child process. */
export const stepArguments = ({ hidden, batch, threads }: Step): string[] =>
  [hidden, batch, threads].map(String);

/** The step of {@link stepArguments}. */
export function parseStep(parameters: readonly string[]): Step {
  const [hidden = Number.NaN, batch = Number.NaN, threads = Number.NaN] = parameters.map(Number);
  return { hidden, batch, threads };
}

/** rebit's training: 12 bits a weight, the first iteration, as long as it takes. Validation is a sample an epoch. */
export function benchmarkWorkload(hidden: readonly number[], batch: number, train: number): Workload {
  return {
    name: "benchmark",
    dataset: "mnist",
    data: { train, validation: 1, test: 1 },
    network: { hidden },
    storage: { weightBits: 12, iterations: 1 },
    training: { batch, epochs: 10_000, seed: 1, patience: "none", stopRecursion: false },
  };
}
