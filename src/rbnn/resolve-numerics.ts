import type { Narrowing } from "../kernels/kernels.js";
import type { NetworkShape, Workload } from "./workload.js";

/** The numerics of a run with every default filled in (docs/numerics.md, "Settings"). */
export interface Numerics {
  readonly inputShift: number;
  readonly hiddenShift: number;
  readonly outputShift: number;
  readonly stepShift: number;
  /** Narrowing of each column, `[column - 1]`. */
  readonly narrowing: readonly Narrowing[];
  /** What a user should know about these settings. */
  readonly notes: readonly string[];
}

/** Something wrong with a workload, at a path of its document. */
export interface WorkloadProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** The range of S, the bits by which a gradient is narrowed: 24 dither bits still fit 32-bit arithmetic. */
const STEP_BITS_MIN = 1;
const STEP_BITS_MAX = 24;
/** Inputs for which the default shifts were tuned: those of MNIST. */
const TUNED_INPUTS = 784;

/** Bits of the plastic field of column k: b = n - k + 1. */
export function fieldBitsOf(weightBits: number, column: number): number {
  return weightBits - column + 1;
}

/** S: bits by which a gradient is narrowed to a step of a field of `fieldBits` bits. */
export function stepBitsOf(stepShift: number, fieldBits: number, isOutput: boolean): number {
  return 13 + stepShift - fieldBits + (isOutput ? 1 : 0);
}

function defaultNarrowing(batch: number, fieldBits: number): Narrowing {
  if (batch < 100) return "dither";
  return fieldBits >= 9 ? "truncate" : "nearest";
}

function defaultOutputShift(hidden: readonly number[]): number {
  return hidden.length === 1 && (hidden[0] as number) <= 200 ? 3 : 4;
}

function defaultStepShift(batch: number): number {
  return batch <= 128 ? 7 : 9;
}

/** Cross-field problems of an otherwise valid workload; empty if there are none. */
export function workloadProblems(workload: Workload): WorkloadProblem[] {
  const { weightBits, iterations } = workload.storage;
  if (iterations > weightBits) {
    const message = `${iterations} iterations need a bit a weight each, but weightBits is ${weightBits}; use at most ${weightBits} iterations`;
    return [{ path: ["storage", "iterations"], message }];
  }
  const problems: WorkloadProblem[] = [];
  const { batch } = workload.training;
  if (batch > workload.data.train) {
    const message = `a batch of ${batch} samples is larger than the training part (${workload.data.train}); no update would ever run`;
    problems.push({ path: ["training", "batch"], message });
  }
  if (workload.synthetic !== undefined && workload.dataset !== "synthetic") {
    const message = "this only applies to `dataset: synthetic`; remove it";
    problems.push({ path: ["synthetic"], message });
  }
  const stepShift = workload.numerics?.stepShift ?? defaultStepShift(batch);
  const least = stepBitsOf(stepShift, weightBits, false);
  const most = stepBitsOf(stepShift, fieldBitsOf(weightBits, iterations), true);
  if (least < STEP_BITS_MIN || most > STEP_BITS_MAX) {
    const low = STEP_BITS_MIN + weightBits - 13;
    const high = STEP_BITS_MAX - stepBitsOf(0, fieldBitsOf(weightBits, iterations), true);
    const message =
      `stepShift ${stepShift} narrows gradients by ${least} to ${most} bits over this run, ` +
      `but only ${STEP_BITS_MIN} to ${STEP_BITS_MAX} are possible; use a stepShift of ${Math.max(0, low)} to ${high}`;
    problems.push({
      path: workload.numerics?.stepShift === undefined ? ["storage"] : ["numerics", "stepShift"],
      message,
    });
  }
  return problems;
}

/**
 * Fills in the defaults of numerics.
 * @throws Error naming the first of {@link workloadProblems}, so that an unchecked workload cannot train.
 */
export function resolveNumerics(workload: Workload, shape: NetworkShape): Numerics {
  const [problem] = workloadProblems(workload);
  if (problem !== undefined) throw new Error(`${problem.path.join(".")}: ${problem.message}`);
  const { storage, training, numerics = {} } = workload;
  const notes: string[] = [];
  if (shape.inputs !== TUNED_INPUTS && workload.numerics === undefined) {
    notes.push(
      `the default shifts are tuned for ${TUNED_INPUTS} inputs and this network has ${shape.inputs}: ` +
        "it may learn badly; set numerics.inputShift and numerics.stepShift for it",
    );
  }
  return {
    inputShift: numerics.inputShift ?? 4,
    hiddenShift: numerics.hiddenShift ?? 3,
    outputShift: numerics.outputShift ?? defaultOutputShift(shape.hidden),
    stepShift: numerics.stepShift ?? defaultStepShift(training.batch),
    narrowing: Array.from(
      { length: storage.iterations },
      (_, k) =>
        numerics.narrowing ?? defaultNarrowing(training.batch, fieldBitsOf(storage.weightBits, k + 1)),
    ),
    notes,
  };
}
