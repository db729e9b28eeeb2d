/** One weight layer of a column: `outputs` rows of `inputs` weights, no biases (arXiv 1709.05306). */
export interface Layer {
  /** 1 for the first layer, `hidden.length + 1` for the output layer. */
  readonly index: number;
  readonly inputs: number;
  readonly outputs: number;
  /** Cell of weight (row 0, input 0); weight (row j, input i) lives in cell `firstCell + j * inputs + i`. */
  readonly firstCell: number;
  readonly isOutput: boolean;
}

/** The weight layers of one column of a multi-layer perceptron inputs - hidden[0] - ... - classes. */
export function layersOf(inputs: number, hidden: readonly number[], classes: number): Layer[] {
  const widths = [...hidden, classes];
  const layers: Layer[] = [];
  let layerInputs = inputs;
  let firstCell = 0;
  for (const [position, outputs] of widths.entries()) {
    layers.push({
      index: position + 1,
      inputs: layerInputs,
      outputs,
      firstCell,
      isOutput: position === widths.length - 1,
    });
    firstCell += layerInputs * outputs;
    layerInputs = outputs;
  }
  return layers;
}

/** W: the number of weights of one column, which is also the number of storage cells. */
export function weightsOf(layers: readonly Layer[]): number {
  return layers.reduce((sum, layer) => sum + layer.inputs * layer.outputs, 0);
}
