import type { Dataset } from "../src/data/dataset.js";
import { emptyIterationActivity } from "../src/rbnn/activity.js";
import { Cells } from "../src/rbnn/cells.js";
import { startColumn } from "../src/rbnn/column.js";
import type { Course, EngineTask } from "../src/rbnn/engine.js";
import { type Layer, layersOf, weightsOf } from "../src/rbnn/layers.js";
import { partsOf } from "../src/rbnn/parts.js";
import { createRandom } from "../src/rbnn/random.js";
import { resolveNumerics, stepBitsOf } from "../src/rbnn/resolve-numerics.js";
import { networkShape } from "../src/rbnn/workload.js";
import { benchmarkWorkload } from "./step.js";

/** The kernels of a layer on one batch; a layer's turn leaves what the others read as it is. */
export interface LayerKernels {
  forward(layer: Layer): void;
  /** From the deltas of a layer to those of the layer below: not for the first one. */
  backward(layer: Layer): void;
  /** The gradient of the batch, the steps and the weights. */
  update(layer: Layer): void;
}

/** A network with a batch of MNIST at the start of its training. */
export interface KernelCase {
  readonly task: EngineTask;
  readonly course: Course;
  /** Indexed by cell. */
  readonly weights: Int16Array;
}

/** Its training part is as large as the batch. */
export function kernelCase(dataset: Dataset, hidden: readonly number[], batch: number): KernelCase {
  const workload = benchmarkWorkload(hidden, batch, batch);
  const shape = networkShape(workload, dataset);
  const layers = layersOf(shape.inputs, shape.hidden, shape.classes);
  const numerics = resolveNumerics(workload, shape);
  const { chip } = createRandom(workload.training.seed);
  const { weightBits } = workload.storage;
  const column = startColumn(new Cells(weightsOf(layers), weightBits), 1, chip);
  const [narrowing = "dither"] = numerics.narrowing;
  return {
    task: { layers, numerics, parts: partsOf(workload, dataset), batch },
    course: {
      fieldBits: column.fieldBits,
      stepBits: layers.map(({ isOutput }) => stepBitsOf(numerics.stepShift, column.fieldBits, isOutput)),
      narrowing,
      chip,
      activity: emptyIterationActivity(1, shape),
    },
    weights: column.weights,
  };
}
