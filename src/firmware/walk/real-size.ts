/**
 * A number that describes full tiles, in proportion to the elements that the current tiles have, rounded up.
 * @param depths of the loops that it is scaled by
 * @param sizes elements of the current tile at each depth
 * @param steps elements of a full tile at each depth
 *
 * @example
 * realSize(45, [0], [2], [4]); // 23
 */
export function realSize(
  full: number,
  depths: readonly number[],
  sizes: readonly number[],
  steps: readonly number[],
): number {
  let numerator = full;
  let denominator = 1;
  for (const depth of depths) {
    numerator *= sizes[depth] ?? 1;
    denominator *= steps[depth] ?? 1;
  }
  return Math.ceil(numerator / denominator);
}
