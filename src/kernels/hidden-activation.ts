import { clamp } from "./fixed-point.js";

/** Largest magnitude of a hidden activation: 1.7159 in units of 2^-6, rounded (docs/numerics.md). */
export const ACTIVATION_LIMIT = 110;

/** Slope 1.7159 x 2/3 = 1.1439 of LeCun's tanh at zero, times 1024 / 4 (q has two fraction bits more than a). */
const SLOPE = 293;

/**
 * Hidden activation of pre-activation `z`: LeCun's 1.7159 tanh(2x/3) as a clipped line, -110 .. 110 in units
 * of 2^-6. `shift` >= 2 is `inputShift` after the input layer and `hiddenShift` after a hidden one.
 */
export function hiddenActivation(z: number, shift: number): number {
  const q = clamp(z >> (shift - 2), -2048, 2047);
  return clamp((SLOPE * q + 512) >> 10, -ACTIVATION_LIMIT, ACTIVATION_LIMIT);
}
