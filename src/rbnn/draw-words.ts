import type { Course } from "./engine.js";
import type { Layer } from "./layers.js";

/**
 * Counts the rows of a layer that `updated` marks (not 0) and draws the dither word of each, rows ascending
 * (docs/numerics.md, "Update").
 */
export function drawWords(
  { narrowing, chip, activity }: Course,
  layer: Layer,
  updated: Uint8Array | Int8Array,
  words: Uint32Array,
): void {
  const counts = activity.rowUpdates[layer.index - 1] as number[];
  for (let row = 0; row < layer.outputs; row++) {
    if (updated[row] === 0) continue;
    counts[row] = (counts[row] as number) + 1;
    if (narrowing === "dither") words[row] = chip.next();
  }
}
