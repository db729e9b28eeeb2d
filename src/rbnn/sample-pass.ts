import { hiddenActivation } from "../kernels/hidden-activation.js";
import { hiddenDelta } from "../kernels/hidden-delta.js";
import type { KernelMemory, Kernels } from "../kernels/kernels.js";
import type { Layer } from "./layers.js";
import { outputDeltas } from "./loss.js";
import type { Numerics } from "./resolve-numerics.js";

/** Working memory of one sample's way through one column. */
export interface SamplePass {
  /** `[layer - 1]`: z of the column's own units. */
  readonly preActivations: Int32Array[];
  /** `[hidden layer - 1]`: activations, signed 8 bit in units of 2^-6. */
  readonly activations: Int8Array[];
  /** One per class, in units of 2^-(6 + outputShift). */
  readonly logits: Int32Array;
  /** `[layer - 1]`: deltas, signed 8 bit; 2^-7 at the output, 2^-6 below. */
  readonly deltas: Int8Array[];
  /** `[hidden layer - 1]`: back-projected deltas of the layer above. */
  readonly projected: Int32Array[];
  readonly exponentials: Uint32Array;
}

/** Working memory for a column of these layers. */
export function createSamplePass(layers: readonly Layer[], memory: KernelMemory): SamplePass {
  const hidden = layers.filter((layer) => !layer.isOutput);
  const classes = (layers.at(-1) as Layer).outputs;
  return {
    preActivations: layers.map((layer) => memory.int32(layer.outputs)),
    activations: hidden.map((layer) => memory.int8(layer.outputs)),
    logits: memory.int32(classes),
    deltas: layers.map((layer) => memory.int8(layer.outputs)),
    projected: hidden.map((layer) => memory.int32(layer.outputs)),
    exponentials: memory.uint32(classes),
  };
}

/** Samples as the chip sees them: signed 8-bit inputs, sample by sample. */
export interface Inputs {
  readonly values: Int8Array;
  readonly labels: Uint8Array;
}

/** The input of a layer for sample `sample`: the sample itself, or the activations of the layer before. */
export function layerInput(layer: Layer, pass: SamplePass, inputs: Inputs, sample: number) {
  return layer.index === 1
    ? { values: inputs.values, offset: sample * layer.inputs }
    : { values: pass.activations[layer.index - 2] as Int8Array, offset: 0 };
}

/**
 * Forward through one column whose weights (or signs) are `weights`, indexed by cell. Leaves the activations and adds
 * the column's share to `pass.logits`, which the caller has set to those of the frozen columns (or 0).
 */
export function forwardSample(
  kernels: Kernels,
  layers: readonly Layer[],
  weights: Int16Array,
  numerics: Numerics,
  inputs: Inputs,
  sample: number,
  pass: SamplePass,
): void {
  for (const layer of layers) {
    const { values, offset } = layerInput(layer, pass, inputs, sample);
    const z = pass.preActivations[layer.index - 1] as Int32Array;
    kernels.signedDots(weights, layer.firstCell, layer.outputs, values, offset, layer.inputs, z);
    if (layer.isOutput) {
      for (let c = 0; c < z.length; c++) pass.logits[c] = (pass.logits[c] as number) + (z[c] as number);
    } else {
      const shift = layer.index === 1 ? numerics.inputShift : numerics.hiddenShift;
      const activations = pass.activations[layer.index - 1] as Int8Array;
      for (let j = 0; j < z.length; j++) activations[j] = hiddenActivation(z[j] as number, shift);
    }
  }
}

/**
 * Deltas of every layer of the plastic column for the sample that was just forwarded, all with the weights as they
 * are. Counts the hidden layers whose incoming delta is all zero into `zeroDeltaSamples`.
 */
export function backwardSample(
  kernels: Kernels,
  layers: readonly Layer[],
  weights: Int16Array,
  numerics: Numerics,
  predicted: number,
  label: number,
  pass: SamplePass,
  zeroDeltaSamples: number[],
): void {
  const { logits, deltas, exponentials } = pass;
  let isAlive = outputDeltas(
    logits,
    predicted,
    label,
    numerics.outputShift,
    exponentials,
    deltas[layers.length - 1] as Int8Array,
  );
  for (let hidden = layers.length - 1; hidden >= 1; hidden--) {
    const own = deltas[hidden - 1] as Int8Array;
    if (!isAlive) {
      zeroDeltaSamples[hidden - 1] = (zeroDeltaSamples[hidden - 1] as number) + 1;
      own.fill(0);
      continue;
    }
    const above = layers[hidden] as Layer;
    const projected = pass.projected[hidden - 1] as Int32Array;
    kernels.projectDeltas(
      projected,
      weights,
      above.firstCell,
      above.outputs,
      above.inputs,
      deltas[hidden] as Int8Array,
    );
    const shift = hiddenDeltaShift(above, numerics);
    isAlive = setHiddenDeltas(projected, pass.activations[hidden - 1] as Int8Array, shift, own);
  }
}

/**
 * By how much back-projected deltas of a layer are shifted. The slope has units of 1/64; output deltas have units of
 * 2^-7 and hidden ones of 2^-6, which is one bit more (docs/numerics.md, "Backward").
 */
export function hiddenDeltaShift(above: Layer, { hiddenShift }: Numerics): number {
  return above.isOutput ? 7 : 6 + hiddenShift;
}

/** @returns true if any delta differs from 0. */
function setHiddenDeltas(
  projected: Int32Array,
  activations: Int8Array,
  shift: number,
  own: Int8Array,
): boolean {
  let any = false;
  for (let i = 0; i < own.length; i++) {
    const delta = hiddenDelta(projected[i] as number, activations[i] as number, shift);
    own[i] = delta;
    if (delta !== 0) any = true;
  }
  return any;
}
