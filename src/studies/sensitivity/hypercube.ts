/** Draws a number from 0 to below 1. */
export type Random = () => number;

/**
 * A Latin hypercube: so many points, of which each of so many equal slices of every axis holds one, at a random place in it.
 * Source: McKay, Beckman, Conover, Technometrics 21(2), 1979.
 * @returns `[axis][point]`, each 0 to below 1
 */
export function latinHypercube(points: number, axes: number, random: Random): Float64Array[] {
  return Array.from({ length: axes }, () => {
    const axis = Float64Array.from({ length: points }, (_, slice) => (slice + random()) / points);
    for (let last = points - 1; last > 0; last -= 1) {
      const other = Math.floor(random() * (last + 1));
      [axis[last], axis[other]] = [axis[other] as number, axis[last] as number];
    }
    return axis;
  });
}

/** How likely the values of an interval are. */
export type Distribution = "triangular" | "uniform";

/** The value of an interval below which a share of its probability lies. The triangle's peak is the typical value. */
export function valueAt(
  share: number,
  { low, typical, high }: { readonly low: number; readonly typical: number; readonly high: number },
  distribution: Distribution,
): number {
  const width = high - low;
  if (distribution === "uniform") return low + share * width;
  const rising = typical - low;
  return share * width < rising
    ? low + Math.sqrt(share * width * rising)
    : high - Math.sqrt((1 - share) * width * (high - typical));
}
