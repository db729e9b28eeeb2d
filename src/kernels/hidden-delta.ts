import { clamp, INT8_MAX, INT8_MIN, roundShift } from "./fixed-point.js";

/** From this magnitude on an activation counts as saturated, where the clipped line has slope 0. */
const SATURATED = 109;

/** Slope of the activation, 1.1439, in units of 1/64 (docs/numerics.md, "Backward"). */
const SLOPE = 73;

/**
 * Delta of a hidden unit, signed 8 bit in units of 2^-6.
 *
 * `projected` is D = sum_j s(w_j) delta_j over the layer above, `activation` the unit's own output. `shift` is 7
 * below the output layer, whose deltas have units of 2^-7, and 6 + hiddenShift between hidden layers.
 */
export function hiddenDelta(projected: number, activation: number, shift: number): number {
  if (activation >= SATURATED || activation <= -SATURATED) return 0;
  return clamp(roundShift(SLOPE * projected, shift), INT8_MIN, INT8_MAX);
}
