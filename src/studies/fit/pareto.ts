/**
 * Those of some candidates that no other is better than: in no goal worse, in one better. Of equals all stay.
 * @param goals of a candidate, each the better the less it is
 */
export function paretoFront<T>(candidates: readonly T[], goals: (candidate: T) => readonly number[]): T[] {
  const scored = candidates.map((candidate) => ({ candidate, scores: goals(candidate) }));
  return scored
    .filter(({ scores }) => !scored.some((other) => dominates(other.scores, scores)))
    .map(({ candidate }) => candidate);
}

function dominates(a: readonly number[], b: readonly number[]): boolean {
  return (
    a.every((score, goal) => score <= (b[goal] as number)) &&
    a.some((score, goal) => score < (b[goal] as number))
  );
}
