import type { KernelKind, KernelMemory } from "../src/kernels/kernels.js";
import { plainKernels, plainMemory } from "../src/kernels/plain-kernels.js";
import { STEP_FIELDS, wasmKernels } from "../src/kernels/wasm-kernels.js";
import { instantiate } from "../src/kernels/wasm-module.js";
import { addSampleGradient, applyBatchGradient, learnSample } from "../src/rbnn/batch-gradient.js";
import type { Layer } from "../src/rbnn/layers.js";
import { predict } from "../src/rbnn/loss.js";
import { normalise } from "../src/rbnn/normalise.js";
import { takeSampleArrays } from "../src/rbnn/sample-arrays.js";
import { backwardSample, createSamplePass, forwardSample, type SamplePass } from "../src/rbnn/sample-pass.js";
import type { KernelCase, LayerKernels } from "./kernel-case.js";

/**
 * The kernels that go sample by sample: the reference at any batch, those in WebAssembly at a batch of 1. Each sample
 * has its own activations and deltas, from a pass through the whole network before anything is measured.
 */
export function sampleKernels(kind: KernelKind, example: KernelCase): LayerKernels {
  const { task, course, weights } = example;
  const { layers, numerics, parts, batch } = task;
  const take = (memory: KernelMemory) => ({
    arrays: takeSampleArrays(memory, layers, batch),
    values: memory.int8(batch * (layers[0] as Layer).inputs),
    step: memory.uint32(STEP_FIELDS),
    passes: Array.from({ length: batch }, () => createSamplePass(layers, memory)),
  });
  const { kernels, taken } = kernelsOf(kind, take);
  const { arrays, passes } = taken;
  const inputs = {
    values: normalise(parts.train.pixels.subarray(0, taken.values.length), parts.table, taken.values),
    labels: parts.train.labels,
  };
  arrays.weights.set(weights);
  for (const [sample, pass] of passes.entries()) {
    forwardSample(kernels, layers, arrays.weights, numerics, inputs, sample, pass);
    const predicted = predict(pass.logits, 0, pass.logits.length);
    const label = inputs.labels[sample] as number;
    const dead = layers.map(() => 0);
    backwardSample(kernels, layers, arrays.weights, numerics, predicted, label, pass, dead);
  }
  return {
    forward(layer) {
      for (const [sample, pass] of passes.entries()) {
        forwardSample(kernels, [layer], arrays.weights, numerics, inputs, sample, pass);
      }
    },
    backward({ index, firstCell, outputs, inputs: length }) {
      for (const { projected, deltas } of passes) {
        const sums = projected[index - 2] as Int32Array;
        kernels.projectDeltas(
          sums,
          arrays.weights,
          firstCell,
          outputs,
          length,
          deltas[index - 1] as Int8Array,
        );
      }
    },
    update(layer) {
      if (batch === 1) {
        const pass = passes[0] as SamplePass;
        learnSample(kernels, [layer], { ...arrays, pass }, course, inputs, 0);
        return;
      }
      for (const [sample, pass] of passes.entries()) {
        addSampleGradient([layer], { ...arrays, pass }, inputs, sample);
      }
      applyBatchGradient([layer], arrays, course);
    },
  };
}

function kernelsOf<Taken extends { readonly step: Uint32Array }>(
  kind: KernelKind,
  take: (memory: KernelMemory) => Taken,
) {
  if (kind === "plain") return { kernels: plainKernels, taken: take(plainMemory) };
  const { wasm, arrays } = instantiate(take);
  return { kernels: wasmKernels(wasm, arrays.step), taken: arrays };
}
