// How two values of YAML documents that differ are shown beside each other.

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Two values, each on one line; of two maps what is not the same in both. */
export function shownPair(before: unknown, after: unknown): [string, string] {
  if (!isMap(before) || !isMap(after)) return [shown(before), shown(after)];
  const differing = (of: typeof before, other: typeof before): unknown =>
    Object.fromEntries(
      Object.entries(of).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(other[key])),
    );
  return [shown(differing(before, after)), shown(differing(after, before))];
}

/** A value on one line; both ends of a long one, since paths differ at either. */
function shown(value: unknown): string {
  if (value === null) return "(none)";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 19)}...${text.slice(-18)}` : text;
}
