import type { Workload } from "../src/rbnn/workload.js";
import { type GridPoint, gridName } from "./networks.js";

/** Iterations of an RBNN in the trade-off: those of R1, R3 and the network of two hidden layers. */
export const RBNN_ITERATIONS = 4;
/** Epochs an iteration; a conventional network has one iteration and gets twice as many. */
export const RBNN_EPOCHS = 12;
export const BNN_EPOCHS = 24;

/** Weights of so few bits are dithered, wider ones truncated as the paper does. */
export const MOST_DITHERED_BITS = 8;

/**
 * The settings of a point of the storage-error trade-off. Narrowing was chosen by validation error of one seed: with 6 bits, dither
 * instead of rounding takes 0.6 points off a BNN of 100 units and 2 off an RBNN, whose last fields have 3 bits.
 */
export function gridWorkload(point: GridPoint): Workload {
  const { method, units, weightBits } = point;
  const isRecursive = method === "rbnn";
  return {
    name: gridName(point),
    dataset: "mnist",
    data: { train: 50_000, validation: 10_000, test: 10_000 },
    network: { hidden: [units] },
    storage: { weightBits, iterations: isRecursive ? RBNN_ITERATIONS : 1 },
    training: {
      batch: 100,
      epochs: isRecursive ? RBNN_EPOCHS : BNN_EPOCHS,
      seed: 1,
      patience: "none",
      stopRecursion: false,
    },
    // R1 (200 units, recursive) is better with 4, B3 (200 units, one column) with 3: docs/numerics.md.
    numerics: {
      outputShift: units <= (isRecursive ? 100 : 200) ? 3 : 4,
      narrowing: weightBits <= MOST_DITHERED_BITS ? "dither" : "truncate",
    },
  };
}
