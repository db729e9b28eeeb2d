import { ConfigError, problemAt } from "./problem.js";
import { type MapNode, type Node, type Origin, textAt, withEntry } from "./tree.js";

/** How `extends` gets at other files. */
export interface BaseReader {
  /** Parses a file that is named at `origin`. @throws ConfigError */
  read(path: string, origin: Origin): Node;
  /** The path of `relative` as written in the file `from`. */
  resolve(from: string, relative: string): string;
}

/** Bases of bases of bases: more than this is a mistake. */
const MAX_CHAIN = 16;

/** A cost is one value, however it is written: half of one cost and half of another would be a third. */
function isCost(node: MapNode): boolean {
  return node.entries.has("value") || node.entries.has("typical");
}

/**
 * Lays one tree over another: maps are merged key by key, everything else (costs too) is replaced.
 * What comes from `base` keeps its origin.
 */
export function mergeTrees(base: Node, over: Node): Node {
  if (base.type !== "map" || over.type !== "map" || isCost(over)) return over;
  let merged: MapNode = { ...over, entries: base.entries };
  for (const [key, entry] of over.entries) {
    const below = base.entries.get(key);
    const value = below === undefined ? entry.value : mergeTrees(below.value, entry.value);
    merged = withEntry(merged, key, { keyOrigin: entry.keyOrigin, value });
  }
  return merged;
}

function refuse(origin: Origin, code: string, message: string): never {
  throw new ConfigError([problemAt(origin, code, message)]);
}

function resolveChain(tree: Node, chain: readonly string[], reader: BaseReader): Node {
  const path = chain.at(-1) ?? "";
  const entry = tree.type === "map" ? tree.entries.get("extends") : undefined;
  if (tree.type !== "map" || entry === undefined) return tree;
  const { origin } = entry.value;
  const written = textAt(tree, "extends");
  if (written === undefined || written === "") {
    return refuse(
      origin,
      "wrong-type",
      "expected the path of a file, relative to this one, such as ./base.yaml",
    );
  }
  const basePath = reader.resolve(path, written);
  if (chain.includes(basePath)) {
    const circle = [...chain.slice(chain.indexOf(basePath)), basePath].join(" -> ");
    return refuse(origin, "extends-cycle", `a file cannot extend itself: ${circle}`);
  }
  if (chain.length >= MAX_CHAIN) {
    return refuse(origin, "extends-too-deep", `at most ${MAX_CHAIN} files may extend each other`);
  }
  const base = reader.read(basePath, origin);
  if (base.type !== "map") return refuse(base.origin, "wrong-type", "expected a map of keys to extend");
  const ours = textAt(tree, "schema");
  const theirs = textAt(base, "schema");
  if (ours !== undefined && theirs !== undefined && ours !== theirs) {
    return refuse(origin, "wrong-schema", `a ${ours} cannot extend a ${theirs} (${basePath})`);
  }
  return mergeTrees(resolveChain(base, [...chain, basePath], reader), tree);
}

/**
 * The tree of a file laid over the files that it extends. Paths are relative to the file that names them.
 * @throws ConfigError `extends-cycle`, `extends-too-deep`, `wrong-schema`, `wrong-type`, or what reading gives.
 */
export function resolveExtends(tree: Node, path: string, reader: BaseReader): Node {
  return resolveChain(tree, [path], reader);
}
