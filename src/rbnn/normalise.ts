import { clamp, INT8_MAX, INT8_MIN } from "../kernels/fixed-point.js";

/** Mean of pixels 0 .. 255, rounded (halves up); 33 for the training part of MNIST. */
export function meanPixel(pixels: Uint8Array): number {
  let sum = 0;
  for (const pixel of pixels) sum += pixel;
  return Math.round(sum / pixels.length);
}

/** Input x of every pixel value: about 64 (p - mean) / 127.5, signed 8 bit (docs/numerics.md, "Input"). */
export function inputTable(mean: number): Int8Array {
  return Int8Array.from({ length: 256 }, (_, p) => clamp(((p - mean) * 257 + 256) >> 9, INT8_MIN, INT8_MAX));
}

/** Pixels to `inputs`, one signed byte each. */
export function normalise(pixels: Uint8Array, table: Int8Array, inputs: Int8Array): Int8Array {
  for (let i = 0; i < pixels.length; i++) inputs[i] = table[pixels[i] as number] as number;
  return inputs;
}
