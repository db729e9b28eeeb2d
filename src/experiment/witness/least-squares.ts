import { Matrix, SVD, solve } from "ml-matrix";

/** One measurement: how often each term happened, and what all of them took together: cycles, or accesses. */
export interface Measurement {
  readonly executions: readonly number[];
  readonly total: number;
}

/** Terms that the measurements cannot tell apart. */
export class IndistinctTerms extends Error {
  override readonly name = "IndistinctTerms";
}

/**
 * Whole costs, 0 or more, that come closest to the measurements by least squares: `[term]`, undefined for terms that
 * never happened. A cost that would be below 0 is held at 0, and the others are fitted again.
 * @throws IndistinctTerms
 */
export function fitCosts(measurements: readonly Measurement[]): (number | undefined)[] {
  const terms = measurements[0]?.executions.length ?? 0;
  const happened = Array.from({ length: terms }, (_, term) => term).filter((term) =>
    measurements.some(({ executions }) => executions[term] !== 0),
  );
  const costs = new Array<number | undefined>(terms).fill(undefined);
  for (let open = happened; open.length > 0; ) {
    const fitted = leastSquares(measurements, open);
    for (const [position, term] of open.entries())
      costs[term] = Math.max(0, Math.round(fitted[position] ?? 0));
    const kept = open.filter((_, position) => (fitted[position] ?? 0) > -0.5);
    if (kept.length === open.length) break;
    open = kept;
  }
  return costs;
}

function leastSquares(measurements: readonly Measurement[], terms: readonly number[]): number[] {
  const counts = new Matrix(measurements.map(({ executions }) => terms.map((term) => executions[term] ?? 0)));
  const { rank } = new SVD(counts);
  if (rank < terms.length) {
    throw new IndistinctTerms(
      `${terms.length} figures cannot be told apart by what they count: only ${rank} of them can`,
    );
  }
  return solve(counts, Matrix.columnVector(measurements.map(({ total }) => total)), true).to1DArray();
}
