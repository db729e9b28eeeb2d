import { addGradientRow, setGradientRow } from "../kernels/gradient.js";
import type { RowUpdate } from "../kernels/narrow-row.js";
import { narrowRowDither, narrowRowNearest, narrowRowTruncate } from "../kernels/narrow-row.js";
import type { Cells } from "./cells.js";
import { type PlasticColumn, storeRow } from "./column.js";
import type { Layer } from "./layers.js";
import { weightsOf } from "./layers.js";
import type { Xorshift32 } from "./random.js";
import { type Numerics, stepBitsOf } from "./resolve-numerics.js";
import { type Inputs, layerInput, type SamplePass } from "./sample-pass.js";

/** The gradient of the batch in progress. */
export interface BatchGradient {
  /** G, indexed by cell; meaningless in rows that are not touched. */
  readonly values: Int32Array;
  /** `[layer - 1][row]`: 1 if a sample of this batch had a delta other than 0 there. */
  readonly touched: Uint8Array[];
}

/** A gradient for a column of these layers, with no sample yet. */
export function createBatchGradient(layers: readonly Layer[]): BatchGradient {
  return {
    values: new Int32Array(weightsOf(layers)),
    touched: layers.map((layer) => new Uint8Array(layer.outputs)),
  };
}

/** Adds one sample's gradient; its activations and deltas are in `pass`. */
export function addSampleGradient(
  gradient: BatchGradient,
  layers: readonly Layer[],
  inputs: Inputs,
  sample: number,
  pass: SamplePass,
): void {
  for (const layer of layers) {
    const { values, offset } = layerInput(layer, pass, inputs, sample);
    const deltas = pass.deltas[layer.index - 1] as Int8Array;
    const touched = gradient.touched[layer.index - 1] as Uint8Array;
    for (let row = 0; row < layer.outputs; row++) {
      const delta = deltas[row] as number;
      if (delta === 0) continue;
      const add = touched[row] === 0 ? setGradientRow : addGradientRow;
      add(gradient.values, layer.firstCell + row * layer.inputs, values, offset, layer.inputs, delta);
      touched[row] = 1;
    }
  }
}

/**
 * Updates every touched row of the plastic column, writes it through to the cells, counts it into `rowUpdates` and
 * starts the next batch. Rows go in the order of docs/numerics.md, since dither draws a word a row.
 */
export function applyBatchGradient(
  gradient: BatchGradient,
  layers: readonly Layer[],
  cells: Cells,
  plastic: PlasticColumn,
  numerics: Numerics,
  chip: Xorshift32,
  rowUpdates: number[][],
): void {
  const { fieldBits, weights, column } = plastic;
  const narrowing = numerics.narrowing[column - 1];
  for (const layer of layers) {
    const touched = gradient.touched[layer.index - 1] as Uint8Array;
    const updates = rowUpdates[layer.index - 1] as number[];
    const stepBits = stepBitsOf(numerics.stepShift, fieldBits, layer.isOutput);
    for (let row = 0; row < layer.outputs; row++) {
      if (touched[row] === 0) continue;
      const firstCell = layer.firstCell + row * layer.inputs;
      const update: RowUpdate = {
        weights,
        weightOffset: firstCell,
        gradient: gradient.values,
        gradientOffset: firstCell,
        length: layer.inputs,
        fieldBits,
        stepBits,
      };
      if (narrowing === "dither") narrowRowDither(update, chip.next());
      else if (narrowing === "nearest") narrowRowNearest(update);
      else narrowRowTruncate(update);
      storeRow(cells, plastic, layer, row);
      updates[row] = (updates[row] as number) + 1;
      touched[row] = 0;
    }
  }
}
