/**
 * Adds one row's share to the projected deltas: sums[i] += s(w_i) delta for `length` weights of a row, where `delta`
 * is the delta of the unit that the row feeds. s(w) = +1 for w >= 0, else -1.
 */
export function backProjectRow(
  sums: Int32Array,
  weights: Int16Array,
  weightOffset: number,
  length: number,
  delta: number,
): void {
  for (let i = 0; i < length; i++) {
    // (delta ^ mask) - mask negates delta where the mask is all ones.
    const mask = (weights[weightOffset + i] as number) >> 15;
    sums[i] = (sums[i] as number) + ((delta ^ mask) - mask);
  }
}
