/** `value / 2^shift` rounded to the nearest integer, halves up; `shift` 0 changes nothing (docs/numerics.md). */
export function roundShift(value: number, shift: number): number {
  return shift === 0 ? value : (value + (1 << (shift - 1))) >> shift;
}

/** `value` limited to `low .. high`, both included. */
export function clamp(value: number, low: number, high: number): number {
  if (value < low) return low;
  return value > high ? high : value;
}

/** The smallest and largest activation, input and delta: signed 8 bit (docs/numerics.md). */
export const INT8_MIN = -128;
export const INT8_MAX = 127;
