/**
 * Where a falling curve bends most: the point that lies farthest below the line from its first point to its least, both axes stretched to that line's
 * box (V. Satopaa et al., "Finding a Kneedle in a Haystack", ICDCS Workshops 2011).
 * @param xs ascending
 * @returns its index; undefined if nothing lies between the first point and the least
 */
export function kneeOf(xs: readonly number[], ys: readonly number[]): number | undefined {
  const least = ys.indexOf(Math.min(...ys));
  const [x0, y0, x1, y1] = [xs[0], ys[0], xs[least], ys[least]] as [number, number, number, number];
  let knee: number | undefined;
  let farthest = 0;
  for (let index = 1; index < least; index += 1) {
    const along = ((xs[index] as number) - x0) / (x1 - x0);
    const fallen = (y0 - (ys[index] as number)) / (y0 - y1);
    if (fallen - along > farthest) {
      farthest = fallen - along;
      knee = index;
    }
  }
  return knee;
}
