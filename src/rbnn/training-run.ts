import type { Dataset } from "../data/dataset.js";
import type { IterationActivity } from "./activity.js";
import { Cells } from "./cells.js";
import type { PlasticColumn } from "./column.js";
import { createEngine } from "./create-engine.js";
import type { Engine, EngineOptions } from "./engine.js";
import { type Layer, layersOf, weightsOf } from "./layers.js";
import { forParts, type PartName, partsOf } from "./parts.js";
import { createRandom, type HostRandom, type Xorshift32 } from "./random.js";
import { type Numerics, resolveNumerics } from "./resolve-numerics.js";
import { type NetworkShape, networkShape, type Workload } from "./workload.js";

/** What one iteration of the recursion reached, at its best validation epoch. Units and weights are cumulative. */
export interface IterationResult {
  iteration: number;
  hiddenUnits: number[];
  weights: number;
  /** n - k + 1. */
  plasticBits: number;
  /** n / k. */
  bitsPerWeight: number;
  epochs: number;
  /** The first of the epochs with the lowest validation error, from 1. */
  bestEpoch: number;
  /** Running error of the best epoch, while its weights were still changing. */
  trainErrorPercent: number;
  validationErrorPercent: number;
  testErrorPercent: number;
}

/** Everything a training run holds; what a checkpoint saves at the end of an epoch is in checkpointing.ts. */
export interface TrainingRun {
  readonly workload: Workload;
  readonly shape: NetworkShape;
  readonly layers: readonly Layer[];
  readonly numerics: Numerics;
  /** Samples of each part. */
  readonly samples: Readonly<Record<PartName, number>>;
  /** Its `order` is shuffled before each epoch from where the last one left it. */
  readonly engine: Engine;
  readonly cells: Cells;
  /** Replaced by one that goes on from a checkpoint. */
  host: HostRandom;
  readonly chip: Xorshift32;
  /** The unpacked copy of the iteration in progress, as of its last finished epoch. */
  plastic?: PlasticColumn;
  readonly iterations: IterationResult[];
  readonly activity: IterationActivity[];
}

/**
 * A run that has not begun: parts split off, inputs normalised by the mean of the training part, cells all 0.
 * `engine` changes how fast it trains and no result. Close the run's engine in the end.
 * @throws DataError if the data set has too few samples; Error if the workload's numerics are impossible
 */
export function createTrainingRun(
  workload: Workload,
  dataset: Dataset,
  engine: EngineOptions = {},
): TrainingRun {
  const shape = networkShape(workload, dataset);
  const layers = layersOf(shape.inputs, shape.hidden, shape.classes);
  const numerics = resolveNumerics(workload, shape);
  const parts = partsOf(workload, dataset);
  const cells = new Cells(weightsOf(layers), workload.storage.weightBits);
  return {
    workload,
    shape,
    layers,
    numerics,
    samples: forParts((name) => parts[name].labels.length),
    engine: createEngine({ layers, numerics, parts, batch: workload.training.batch }, engine),
    cells,
    ...createRandom(workload.training.seed),
    iterations: [],
    activity: [],
  };
}
