import { type Dataset, type Part, splitDataset } from "../data/dataset.js";
import { createKernels } from "../kernels/create-kernels.js";
import type { KernelKind, Kernels } from "../kernels/kernels.js";
import type { IterationActivity } from "./activity.js";
import { Cells } from "./cells.js";
import type { PlasticColumn } from "./column.js";
import { type Layer, layersOf, weightsOf } from "./layers.js";
import { inputTable, meanPixel, normalise } from "./normalise.js";
import { createRandom, type HostRandom, type Xorshift32 } from "./random.js";
import { type Numerics, resolveNumerics } from "./resolve-numerics.js";
import { type RunArrays, takeRunArrays } from "./run-arrays.js";
import type { Inputs, SamplePass } from "./sample-pass.js";
import { type NetworkShape, networkShape, type Workload } from "./workload.js";

/** Samples with the logits that all frozen columns give them, kept by the host since those never change again. */
export interface EvaluatedInputs extends Inputs {
  /** Samples x classes. */
  readonly frozenLogits: Int32Array;
}

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

/** Everything a training run holds; all of it at an epoch's end is what a checkpoint would save. */
export interface TrainingRun {
  readonly workload: Workload;
  readonly shape: NetworkShape;
  readonly layers: readonly Layer[];
  readonly numerics: Numerics;
  readonly train: EvaluatedInputs;
  readonly validation: EvaluatedInputs;
  readonly test: EvaluatedInputs;
  readonly kernels: Kernels;
  readonly arrays: RunArrays;
  readonly cells: Cells;
  readonly host: HostRandom;
  readonly chip: Xorshift32;
  /** Order of the training samples, shuffled before each epoch from where the last one left it. */
  readonly order: Uint32Array;
  readonly pass: SamplePass;
  /** The unpacked copy of the iteration in progress. */
  plastic?: PlasticColumn;
  readonly iterations: IterationResult[];
  readonly activity: IterationActivity[];
}

/**
 * A run that has not begun: parts split off, inputs normalised by the mean of the training part, cells all 0.
 * `kernelKind` changes how fast it trains and no result.
 * @throws DataError if the data set has too few samples; Error if the workload's numerics are impossible
 */
export function createTrainingRun(
  workload: Workload,
  dataset: Dataset,
  kernelKind: KernelKind = "wasm",
): TrainingRun {
  const shape = networkShape(workload, dataset);
  const layers = layersOf(shape.inputs, shape.hidden, shape.classes);
  const numerics = resolveNumerics(workload, shape);
  const parts = splitDataset(dataset, workload.data);
  const table = inputTable(meanPixel(parts.train.pixels));
  const { weightBits } = workload.storage;
  const sizes = { weightBits, batch: workload.training.batch, data: workload.data };
  const { kernels, arrays } = createKernels(kernelKind, (memory) => takeRunArrays(memory, layers, sizes));
  const prepare = ({ pixels, labels }: Part, values: Int8Array): EvaluatedInputs => ({
    values: normalise(pixels, table, values),
    labels,
    frozenLogits: new Int32Array(labels.length * shape.classes),
  });
  return {
    workload,
    shape,
    layers,
    numerics,
    train: prepare(parts.train, arrays.train),
    validation: prepare(parts.validation, arrays.validation),
    test: prepare(parts.test, arrays.test),
    kernels,
    arrays,
    cells: new Cells(weightsOf(layers), weightBits, arrays.cells),
    ...createRandom(workload.training.seed),
    order: Uint32Array.from(parts.train.labels, (_, i) => i),
    pass: arrays.pass,
    iterations: [],
    activity: [],
  };
}
