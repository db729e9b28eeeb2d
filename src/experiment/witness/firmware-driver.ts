import type { Dataset } from "../../data/dataset.js";
import { type Layer, layersOf } from "../../rbnn/layers.js";
import { meanPixel } from "../../rbnn/normalise.js";
import { partsOf } from "../../rbnn/parts.js";
import { createRandom, shuffle } from "../../rbnn/random.js";
import { fieldBitsOf, type Numerics, resolveNumerics, stepBitsOf } from "../../rbnn/resolve-numerics.js";
import { networkShape, type Workload } from "../../rbnn/workload.js";

/** A firmware that runs somewhere: its functions and tensors by symbol. */
export interface Firmware {
  /** @returns what the function returned */
  call(symbol: string, ...args: number[]): number;
  write(symbol: string, bytes: Uint8Array, offset?: number): void;
  read(symbol: string, size: number): Uint8Array;
}

/** Word of `random` in the firmware's `network` (firmware-models/packed-fields/src/network.h). */
const RANDOM_WORD = 10;

const NARROWING_CODES = { truncate: 0, nearest: 1, dither: 2 } as const;

/**
 * Trains a workload on a firmware as the trainer does, without validation: each iteration keeps its last epoch's signs,
 * which is the trainer's result at one epoch an iteration. The samples beyond the last whole batch are left out.
 * @returns the storage of the weights, in the firmware's own layout
 */
export function trainOnFirmware(firmware: Firmware, workload: Workload, dataset: Dataset): Uint8Array {
  const shape = networkShape(workload, dataset);
  const layers = layersOf(shape.inputs, shape.hidden, shape.classes);
  const numerics = resolveNumerics(workload, shape);
  const { train } = partsOf(workload, dataset);
  const { host, chip } = createRandom(workload.training.seed);
  const order = Uint32Array.from(train.labels, (_, sample) => sample);
  const mean = meanPixel(train.pixels);
  const { batch, epochs } = workload.training;
  const steps = Math.floor(order.length / batch);
  for (let column = 1; column <= workload.storage.iterations; column++) {
    const words = networkWords(workload, layers, numerics, column, mean);
    // The generator goes on from where the last column left it, but for the first.
    firmware.write("network", bytesOf(words.subarray(0, RANDOM_WORD)));
    firmware.write("network", bytesOf(words.subarray(RANDOM_WORD + 1)), 4 * (RANDOM_WORD + 1));
    if (column === 1) firmware.write("network", bytesOf(Uint32Array.of(chip.state)), 4 * RANDOM_WORD);
    callLayers(firmware, "fw_initialise", layers);
    for (let epoch = 0; epoch < epochs; epoch++) {
      shuffle(order, host);
      for (let n = 0; n < steps * batch; n++) {
        const sample = order[n] as number;
        const pixels = train.pixels.subarray(sample * shape.inputs, (sample + 1) * shape.inputs);
        learnSample(firmware, layers, pixels, train.labels[sample] as number, batch);
        if ((n + 1) % batch === 0) callLayers(firmware, "fw_update", layers);
      }
    }
    callLayers(firmware, "fw_snapshot", layers);
    callLayers(firmware, "fw_recycle", layers);
  }
  const weights = layers.reduce((sum, { inputs, outputs }) => sum + inputs * outputs, 0);
  return firmware.read("weights", Math.ceil((weights * workload.storage.weightBits) / 8));
}

function learnSample(
  firmware: Firmware,
  layers: readonly Layer[],
  pixels: Uint8Array,
  label: number,
  batch: number,
): void {
  firmware.write("input", pixels);
  firmware.write("label", Uint8Array.of(label));
  firmware.call("fw_load");
  firmware.call("fw_loss", callLayers(firmware, "fw_forward", layers));
  for (let index = layers.length; index >= 2; index--) firmware.call("fw_backward", index);
  if (batch > 1) callLayers(firmware, "fw_accumulate", layers);
}

/** @returns the result of the last layer's call */
function callLayers(firmware: Firmware, symbol: string, layers: readonly Layer[]): number {
  let result = 0;
  for (const layer of layers) result = firmware.call(symbol, layer.index);
  return result;
}

/** `struct network` for a column; the generator's word is left 0. */
function networkWords(
  { storage, training }: Workload,
  layers: readonly Layer[],
  numerics: Numerics,
  column: number,
  mean: number,
): Uint32Array {
  const { weightBits, iterations } = storage;
  const fieldBits = fieldBitsOf(weightBits, column);
  const narrowing = NARROWING_CODES[numerics.narrowing[column - 1] as keyof typeof NARROWING_CODES];
  const { inputShift, hiddenShift, outputShift, stepShift } = numerics;
  const words = [layers.length, weightBits, column, fieldBits, inputShift, hiddenShift, outputShift];
  words.push(narrowing, training.batch, mean, 0);
  let activations = 0;
  let deltas = 0;
  for (const { inputs, outputs, firstCell, isOutput } of layers) {
    words.push(inputs, outputs, firstCell, activations, deltas, stepBitsOf(stepShift, fieldBits, isOutput));
    activations += outputs * iterations;
    deltas += outputs;
  }
  return Uint32Array.from(words);
}

function bytesOf(words: Uint32Array): Uint8Array {
  return new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
}
