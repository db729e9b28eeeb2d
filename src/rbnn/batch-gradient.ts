import { addGradientRow, setGradientRow } from "../kernels/gradient.js";
import type { Kernels, LayerUpdate } from "../kernels/kernels.js";
import { updateRow } from "../kernels/plain-kernels.js";
import { drawWords } from "./draw-words.js";
import type { Course } from "./engine.js";
import type { Layer } from "./layers.js";
import type { SampleArrays } from "./sample-arrays.js";
import { type Inputs, layerInput } from "./sample-pass.js";

/** Adds the gradient of a training sample, whose activations and deltas are in the pass, to that of its batch. */
export function addSampleGradient(
  layers: readonly Layer[],
  { gradient, touched, pass }: SampleArrays,
  train: Inputs,
  sample: number,
): void {
  for (const layer of layers) {
    const { values, offset } = layerInput(layer, pass, train, sample);
    const { firstCell, inputs } = layer;
    const layerTouched = touched[layer.index - 1] as Uint8Array;
    const deltas = pass.deltas[layer.index - 1] as Int8Array;
    for (let row = 0; row < deltas.length; row++) {
      const delta = deltas[row] as number;
      if (delta === 0) continue;
      const add = layerTouched[row] === 0 ? setGradientRow : addGradientRow;
      add(gradient, firstCell + row * inputs, values, offset, inputs, delta);
      layerTouched[row] = 1;
    }
  }
}

/** Updates every touched row of the column, counts it and starts the next batch. */
export function applyBatchGradient(layers: readonly Layer[], arrays: SampleArrays, course: Course): void {
  for (const layer of layers) {
    const touched = arrays.touched[layer.index - 1] as Uint8Array;
    const update = layerUpdate(arrays, course, layer);
    drawWords(course, layer, touched, update.words);
    for (let row = 0; row < update.rows; row++) {
      if (touched[row] !== 0) updateRow(update, row, arrays.gradient, layer.firstCell + row * layer.inputs);
    }
    touched.fill(0);
  }
}

/** A batch of 1: updates and counts at once every row whose delta of the sample is not 0. */
export function learnSample(
  kernels: Kernels,
  layers: readonly Layer[],
  arrays: SampleArrays,
  course: Course,
  train: Inputs,
  sample: number,
): void {
  for (const layer of layers) {
    const deltas = arrays.pass.deltas[layer.index - 1] as Int8Array;
    const update = layerUpdate(arrays, course, layer);
    drawWords(course, layer, deltas, update.words);
    const { values, offset } = layerInput(layer, arrays.pass, train, sample);
    kernels.learnSample(update, arrays.gradient, values, offset, deltas);
  }
}

function layerUpdate({ weights, words }: SampleArrays, course: Course, layer: Layer): LayerUpdate {
  const { fieldBits, narrowing, stepBits } = course;
  return {
    weights,
    firstCell: layer.firstCell,
    rows: layer.outputs,
    length: layer.inputs,
    fieldBits,
    stepBits: stepBits[layer.index - 1] as number,
    narrowing,
    words,
  };
}
