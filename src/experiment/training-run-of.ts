import type { TrainingRun } from "../firmware/training-run.js";
import { updatesPerEpoch } from "../rbnn/activity.js";
import { layersOf } from "../rbnn/layers.js";
import { resolveNumerics, stepBitsOf } from "../rbnn/resolve-numerics.js";
import type { NetworkShape, Workload } from "../rbnn/workload.js";

/** A workload as lowering needs it, under the options of a firmware. */
export function trainingRunOf(
  workload: Workload,
  shape: NetworkShape,
  options: Pick<TrainingRun, "gradient" | "frozen">,
): TrainingRun {
  const numerics = resolveNumerics(workload, shape);
  const { weightBits, iterations } = workload.storage;
  return {
    layers: layersOf(shape.inputs, shape.hidden, shape.classes),
    cellBits: weightBits,
    iterations,
    batch: workload.training.batch,
    batchesPerEpoch: updatesPerEpoch(workload),
    trainSamples: workload.data.train,
    validationSamples: workload.data.validation,
    ...options,
    step: (fieldBits, layer) => ({
      bits: stepBitsOf(numerics.stepShift, fieldBits, layer.isOutput),
      dithered: numerics.narrowing[weightBits - fieldBits] === "dither",
    }),
  };
}
