import { setImmediate } from "node:timers/promises";
import type { Dataset } from "../src/data/dataset.js";
import { type TrainingResult, train } from "../src/rbnn/trainer.js";
import { createTrainingRun } from "../src/rbnn/training-run.js";
import type { Workload } from "../src/rbnn/workload.js";

const TURN_MILLISECONDS = 250;

/**
 * Trains a workload on one thread. Gives the event loop a turn a few times a second, so that messages come and go.
 * @param onProgress told the share that is done, 0 to 1
 */
export async function trainOne(
  workload: Workload,
  dataset: Dataset,
  onProgress: (share: number) => void,
): Promise<TrainingResult> {
  const run = createTrainingRun(workload, dataset, { threads: 1 });
  try {
    const steps = train(run);
    let turn = performance.now();
    for (;;) {
      const step = steps.next();
      if (step.done === true) return step.value;
      if (performance.now() - turn < TURN_MILLISECONDS) continue;
      onProgress(step.value.samplesDone / step.value.samplesTotal);
      await setImmediate();
      turn = performance.now();
    }
  } finally {
    run.engine.close();
  }
}
