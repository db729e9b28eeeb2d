import type { IterationErrors } from "../data/checkpoint.js";
import { weightsOf } from "./layers.js";
import type { IterationResult, TrainingRun } from "./training-run.js";

/** What an iteration reached, with the sizes that follow from the network. */
export function iterationResult(
  run: TrainingRun,
  iteration: number,
  epochs: number,
  errors: IterationErrors,
): IterationResult {
  const { weightBits } = run.workload.storage;
  return {
    iteration,
    hiddenUnits: run.shape.hidden.map((units) => units * iteration),
    weights: weightsOf(run.layers) * iteration,
    plasticBits: weightBits - iteration + 1,
    bitsPerWeight: weightBits / iteration,
    epochs,
    bestEpoch: errors.bestEpoch,
    trainErrorPercent: errors.trainErrorPercent,
    validationErrorPercent: errors.validationErrorPercent,
    testErrorPercent: errors.testErrorPercent,
  };
}
