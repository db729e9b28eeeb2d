/** The last number from 0 to `most` for which something holds that holds up to some number only; -1 if for none. */
export function lastWhere(most: number, holds: (value: number) => boolean): number {
  let [low, high] = [-1, most];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
