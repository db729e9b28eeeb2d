import { type PlannedNetwork, trainingsOf } from "../../../reproduce/plan.js";
import type { TrainingRecord } from "../../../reproduce/results.js";
import { boundActivity } from "../../../src/rbnn/activity.js";

/**
 * Records as a plan would leave them, with made-up errors: fewer the more units, and fewer with each iteration. Seed s
 * is 0.1 (s - 1) points above seed 1.
 */
export function madeUpRecords(
  plan: readonly PlannedNetwork[],
  errorPercent: (units: number, weightBits: number, iteration: number) => number,
): TrainingRecord[] {
  return trainingsOf(plan).map(({ network, seed, key, keepsActivity, workload }) => {
    const { weightBits, iterations } = workload.storage;
    const [units = 0] = workload.network.hidden;
    return {
      network,
      seed,
      key,
      iterations: Array.from({ length: iterations }, (_, index) => {
        const error = errorPercent(units, weightBits, index + 1) + 0.1 * (seed - 1);
        return {
          iteration: index + 1,
          hiddenUnits: workload.network.hidden.map((width) => width * (index + 1)),
          weights: 794 * units * (index + 1),
          plasticBits: weightBits - index,
          bitsPerWeight: weightBits / (index + 1),
          epochs: workload.training.epochs,
          bestEpoch: 1,
          trainErrorPercent: error / 2,
          validationErrorPercent: error + 0.2,
          testErrorPercent: error,
        };
      }),
      seconds: 10,
      cpuSeconds: 9,
      machine: "a machine",
      ...(keepsActivity ? { activity: boundActivity(workload) } : {}),
    };
  });
}
