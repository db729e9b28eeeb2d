import type { Layer } from "../rbnn/layers.js";
import type { Binding, Bindings } from "./binding.js";
import type { Names } from "./expression.js";
import type { TensorName } from "./names.js";
import { summedLayers } from "./tensors.js";
import type { TrainingRun } from "./training-run.js";
import { CORE_WORD_BITS } from "./words.js";

/** The tensors that a kernel of a layer may name; shapes as documented in `names.ts`. */
export function bindingsOf(run: TrainingRun, layer: Layer, names: Names): Bindings {
  const { inputs, outputs } = layer;
  const first = layer.index === 1;
  const classes = names.classes ?? 0;
  const samples = run.trainSamples + run.validationSamples;
  const summed = summedLayers(run.layers, run.gradient);
  const widest = Math.max(...summed.map((other) => other.inputs));
  const view = (tensor: string, dimensions: number[], elementBits: number): Binding => ({
    tensor,
    dimensions,
    elementBits,
    firstBit: 0,
  });
  const firstRow = run.layers
    .filter((other) => other.index < layer.index)
    .reduce((sum, other) => sum + other.outputs, 0);
  const byRow = (tensor: string, elementBits: number): Binding => ({
    ...view(tensor, [outputs, inputs], elementBits),
    firstBit: layer.firstCell * elementBits,
    rows: { first: firstRow, count: outputs },
  });
  const bySample = (tensor: string, width: number, elementBits: number): Binding => ({
    ...view(tensor, [samples, width], elementBits),
    rows: "sample",
  });
  const hidden = view("activations", [names.outputColumns ?? 1, outputs], 8);
  const inputTensor = first ? "input" : "activations";
  const rowBits = byRow("weights", run.cellBits);
  const always: Partial<Record<TensorName | "stack", Binding>> = {
    weights: rowBits,
    planes: { ...rowBits, dimensions: [outputs, run.cellBits * inputs], elementBits: 1 },
    "activations.in": view(inputTensor, [names.inputColumns ?? 1, inputs], 8),
    "activations.out": layer.isOutput ? view("logits", [1, outputs], 32) : hidden,
    "deltas.in": view("deltas", [inputs], 8),
    "deltas.out": view("deltas", [outputs], 8),
    accumulator: view("accumulator", [widest], 32),
    stack: view("stack", [1], CORE_WORD_BITS),
    sums: view("sums", [run.iterations], 32),
    logits: view("logits", [classes], 32),
    label: view("label", [1], 8),
    input: view("input", [run.layers[0]?.inputs ?? 0], 8),
    snapshot: byRow("snapshot", 1),
    samples: bySample("samples", (run.layers[0]?.inputs ?? 0) + 1, 8),
  };
  if (run.gradient === "accumulate") {
    always.gradient = byRow("gradient", 32);
    always.touched = view("touched", [outputs], 8);
  }
  if (run.gradient === "replay") {
    always["activations.batch"] = view(inputTensor, [run.batch, inputs], 8);
    always["deltas.batch"] = view("deltas", [run.batch, outputs], 8);
  }
  if (run.frozen === "cachedLogits") always.cachedLogits = bySample("cachedLogits", classes, 32);
  return always;
}
