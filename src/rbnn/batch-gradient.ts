import type { LayerUpdate, Narrowing } from "../kernels/kernels.js";
import type { PlasticColumn } from "./column.js";
import type { Layer } from "./layers.js";
import { stepBitsOf } from "./resolve-numerics.js";
import { layerInput } from "./sample-pass.js";
import type { TrainingRun } from "./training-run.js";

/** Adds the gradient of a training sample, whose activations and deltas are in `run.pass`, to that of its batch. */
export function addSampleGradient(run: TrainingRun, sample: number): void {
  const { arrays, kernels, layers, pass } = run;
  for (const layer of layers) {
    const { values, offset } = layerInput(layer, pass, run.train, sample);
    const touched = arrays.touched[layer.index - 1] as Uint8Array;
    const deltas = pass.deltas[layer.index - 1] as Int8Array;
    const { firstCell, inputs, outputs } = layer;
    kernels.addGradient(arrays.gradient, firstCell, touched, outputs, values, offset, inputs, deltas);
  }
}

/**
 * Updates every touched row of the plastic column, writes it through to the cells, counts it into `rowUpdates` and
 * starts the next batch.
 */
export function applyBatchGradient(run: TrainingRun, plastic: PlasticColumn, rowUpdates: number[][]): void {
  for (const layer of run.layers) {
    const touched = run.arrays.touched[layer.index - 1] as Uint8Array;
    const update = layerUpdate(run, plastic, layer);
    drawWords(run, update, touched, rowUpdates[layer.index - 1] as number[]);
    run.kernels.applyGradient(update, run.arrays.gradient, touched);
    touched.fill(0);
  }
}

/** A batch of 1: updates, packs and counts at once every row whose delta of the sample is not 0. */
export function learnSample(
  run: TrainingRun,
  plastic: PlasticColumn,
  sample: number,
  rowUpdates: number[][],
): void {
  for (const layer of run.layers) {
    const deltas = run.pass.deltas[layer.index - 1] as Int8Array;
    const update = layerUpdate(run, plastic, layer);
    drawWords(run, update, deltas, rowUpdates[layer.index - 1] as number[]);
    const { values, offset } = layerInput(layer, run.pass, run.train, sample);
    run.kernels.learnSample(update, run.arrays.gradient, values, offset, deltas);
  }
}

function layerUpdate(run: TrainingRun, plastic: PlasticColumn, layer: Layer): LayerUpdate {
  const { cells, numerics } = run;
  const { column, fieldBits, frozen, weights } = plastic;
  return {
    cells: cells.bytes,
    weightBits: cells.weightBits,
    fieldBits,
    frozen,
    weights,
    firstCell: layer.firstCell,
    rows: layer.outputs,
    length: layer.inputs,
    stepBits: stepBitsOf(numerics.stepShift, fieldBits, layer.isOutput),
    narrowing: numerics.narrowing[column - 1] as Narrowing,
    words: run.arrays.words,
  };
}

/** Counts the rows that `updated` marks and draws the dither word of each, in the order of docs/numerics.md. */
function drawWords(
  run: TrainingRun,
  { narrowing, words }: LayerUpdate,
  updated: Uint8Array | Int8Array,
  counts: number[],
): void {
  for (let row = 0; row < updated.length; row++) {
    if (updated[row] === 0) continue;
    counts[row] = (counts[row] as number) + 1;
    if (narrowing === "dither") words[row] = run.chip.next();
  }
}
