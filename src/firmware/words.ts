import type { AffineIndex } from "./expression.js";
import type { Frame } from "./frame.js";

/** Bits of a word of the cores: of an access to the stack, and of what a stream's cycles are counted by, whatever the port. */
export const CORE_WORD_BITS = 32;

/** Words of `wordBits` that `bits` consecutive bits touch when they start `offset` bits into the first word. */
export function wordsTouched(offset: number, bits: number, wordBits: number): number {
  if (bits === 0) return 0;
  return Math.floor(((offset % wordBits) + bits - 1) / wordBits) + 1;
}

/**
 * Words touched by all executions of a stream, in closed form: how often each bit offset within a word occurs
 * follows from the trip counts alone, since offsets repeat with a period of at most `wordBits`.
 *
 * @param index bit offset of the stream, linear in the loop variables
 * @param times executions of the outermost loop (1 a row if a frame carries its own row times)
 */
export function streamWords(
  index: AffineIndex,
  bits: number,
  frames: readonly Frame[],
  times: number,
  wordBits: number,
): number {
  let occurrences = new Array<number>(wordBits).fill(0);
  occurrences[modulo(index.constant, wordBits)] = frames.some((frame) => frame.rowTimes !== undefined)
    ? 1
    : times;
  for (const frame of frames) {
    occurrences = spread(occurrences, frame, index.coefficients.get(frame.variable) ?? 0, wordBits);
  }
  return occurrences.reduce((sum, count, offset) => sum + count * wordsTouched(offset, bits, wordBits), 0);
}

function spread(
  occurrences: readonly number[],
  frame: Frame,
  bitsPerStep: number,
  wordBits: number,
): number[] {
  const shifts = shiftCounts(frame, bitsPerStep, wordBits);
  const result = new Array<number>(wordBits).fill(0);
  for (const [offset, count] of occurrences.entries()) {
    if (count === 0) continue;
    for (const [shift, repeats] of shifts) {
      const target = (offset + shift) % wordBits;
      result[target] = (result[target] ?? 0) + count * repeats;
    }
  }
  return result;
}

/** How often a loop moves the offset by each amount (modulo the word). */
function shiftCounts(frame: Frame, bitsPerStep: number, wordBits: number): Map<number, number> {
  const shifts = new Map<number, number>();
  const count = (tile: number, times: number): void => {
    const shift = modulo((frame.start + tile * frame.step) * bitsPerStep, wordBits);
    shifts.set(shift, (shifts.get(shift) ?? 0) + times);
  };
  if (frame.rowTimes !== undefined) {
    for (const [row, times] of frame.rowTimes.entries()) count(row, times);
    return shifts;
  }
  const period = Math.min(wordBits, frame.trips);
  for (let tile = 0; tile < period; tile += 1) {
    count(tile, Math.floor((frame.trips - tile - 1) / period) + 1);
  }
  return shifts;
}

function modulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}
