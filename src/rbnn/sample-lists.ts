import type { KernelMemory } from "../kernels/kernels.js";
import { type DigitLists, listDigits } from "./digit-lists.js";

/**
 * Samples as lists of the inputs that differ from the background, which is what a pixel of 0 becomes: the smallest
 * input. Most pixels of MNIST are background.
 */
export interface SampleLists extends DigitLists {
  /** `[samples + 1]`: where the entries of each sample begin. */
  readonly starts: Uint32Array;
  /** `[entries]`: numbers of inputs, ascending in a sample. */
  readonly indices: Uint16Array;
  /** `[entries]`: input minus background, above 0. */
  readonly differences: Uint8Array;
  /** `[samples]`: sum of all inputs, background included, with what {@link DigitLists} adds. */
  readonly sums: Int32Array;
}

/** Inputs a sample may have: their numbers are 16 bits, and so are the counts of a unit's negative weights. */
export const MAX_LISTED_INPUTS = 65535;

/** How many entries samples of these pixels have. `table[pixel]` is the input, ascending. */
export function countEntries(pixels: Uint8Array, table: Int8Array): number {
  const differs = Uint8Array.from(table, (input) => (input === table[0] ? 0 : 1));
  let entries = 0;
  for (let i = 0; i < pixels.length; i++) entries += differs[pixels[i] as number] as number;
  return entries;
}

/** Takes the arrays for `samples` samples with `entries` entries and `listed` words of digit lists in all. */
export function takeSampleLists(
  memory: KernelMemory,
  samples: number,
  entries: number,
  listed: number,
): SampleLists {
  return {
    starts: memory.uint32(samples + 1),
    indices: memory.uint16(entries),
    differences: memory.uint8(entries),
    sums: memory.int32(samples),
    listStarts: memory.uint32(samples + 1),
    lists: memory.uint16(listed),
  };
}

/** Lists samples of `inputs` pixels each. */
export function listSamples(pixels: Uint8Array, table: Int8Array, inputs: number, lists: SampleLists): void {
  const { starts, indices, differences, sums } = lists;
  const background = table[0] as number;
  let entry = 0;
  for (let sample = 0; sample < sums.length; sample++) {
    let sum = background * inputs;
    const first = sample * inputs;
    for (let i = 0; i < inputs; i++) {
      const difference = (table[pixels[first + i] as number] as number) - background;
      if (difference === 0) continue;
      indices[entry] = i;
      differences[entry] = difference;
      sum += difference;
      entry += 1;
    }
    starts[sample + 1] = entry;
    sums[sample] = sum;
  }
  listDigits(pixels, table, inputs, lists);
}
