import type { Layout } from "../../firmware/names.js";
import { Cells } from "../../rbnn/cells.js";
import { type Layer, weightsOf } from "../../rbnn/layers.js";

/**
 * The weights' storage of a finished training as packed cells, whatever the layout that the firmware keeps them in.
 * @param storage as the firmware has it, `[ceil(weights * weightBits / 8)]`
 * @param columns trained so far, all of them frozen
 */
export function packedCells(
  storage: Uint8Array,
  layout: Layout,
  layers: readonly Layer[],
  weightBits: number,
  columns: number,
): Uint8Array {
  return layout === "packedFields" ? storage : fromPlanes(storage, layers, weightBits, columns);
}

function fromPlanes(
  storage: Uint8Array,
  layers: readonly Layer[],
  weightBits: number,
  columns: number,
): Uint8Array {
  const bitsAt = (first: number, count: number): number => {
    let bits = 0;
    for (let k = 0; k < count; k++) {
      const bit = first + k;
      bits |= (((storage[bit >> 3] ?? 0) >> (bit & 7)) & 1) << k;
    }
    return bits;
  };
  const cells = new Cells(weightsOf(layers), weightBits);
  const dataBits = weightBits - columns;
  for (const { inputs, outputs, firstCell } of layers) {
    for (let row = 0; row < outputs; row++) {
      const first = firstCell + row * inputs;
      const start = first * weightBits;
      for (let i = 0; i < inputs; i++) {
        for (let column = 1; column <= columns; column++) {
          cells.writeSign(first + i, column, bitsAt(start + (column - 1) * inputs + i, 1));
        }
        const data = bitsAt(start + columns * inputs + i * dataBits, dataBits);
        cells.writeField(first + i, dataBits, data);
      }
    }
  }
  return cells.bytes;
}
