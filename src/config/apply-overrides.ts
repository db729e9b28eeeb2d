import * as z from "zod";
import { attempt, type Report } from "./collect.js";
import { type Override, setPath } from "./override.js";
import { ConfigError, problemAt, quote } from "./problem.js";
import { schemaAt, unwrap, valueAt } from "./schema-walk.js";
import { suggest } from "./suggest.js";
import { type Node, nodeAt, type Origin, toValue } from "./tree.js";

/**
 * An override changes what is there. In a map of fixed keys validation reports a wrong key; in a map of free
 * names every name is right, and a misspelt one would change nothing unnoticed.
 */
function refuseNewNames(schema: z.ZodType, tree: Node, keys: readonly string[], origin: Origin): void {
  const value = toValue(tree);
  for (const [length, key] of keys.entries()) {
    const owner = keys.slice(0, length);
    const map = nodeAt(tree, owner)?.node;
    if (map?.type !== "map") return;
    if (map.entries.has(key)) continue;
    const owning = schemaAt(schema, value, owner);
    if (owning === undefined || !(unwrap(owning, valueAt(value, owner)) instanceof z.ZodRecord)) return;
    const names = [...map.entries.keys()];
    const there = names.length === 0 ? "it is empty" : `there are ${names.join(", ")}`;
    const message = `${owner.join(".")} has no ${quote(key)}; ${there}`;
    throw new ConfigError([problemAt(origin, "unknown-path", message, suggest(key, names))]);
  }
}

/** The tree with all overrides that work; the others are reported. */
export function applyOverrides(
  schema: z.ZodType,
  tree: Node,
  overrides: readonly Override[],
  report: Report,
): Node {
  return overrides.reduce((current, { path, valueText, origin: written, excerpt }) => {
    const origin = excerpt === undefined ? written : { ...written, excerpt };
    const changed = attempt(report, () => {
      refuseNewNames(schema, current, path.split("."), origin);
      return setPath(current, path, valueText, origin);
    });
    return changed ?? current;
  }, tree);
}
