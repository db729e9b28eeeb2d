import { type MapNode, type Node, type Path, toValue } from "./tree.js";

/** A value that is not the same in two trees; absent in one of them where a key was added or removed. */
export interface TreeChange {
  readonly path: Path;
  readonly before?: Node;
  readonly after?: Node;
}

/**
 * Where two trees differ, in the order of the first: single values, where maps have the same keys and lists the same length;
 * else what is there only once, and whole lists.
 */
export function treeChanges(before: MapNode, after: MapNode): TreeChange[] {
  return mapChanges(before, after, []);
}

function mapChanges(before: MapNode, after: MapNode, path: Path): TreeChange[] {
  const keys = new Set([...before.entries.keys(), ...after.entries.keys()]);
  return [...keys].flatMap((key) => {
    const [was, is] = [before.entries.get(key)?.value, after.entries.get(key)?.value];
    const here = [...path, key];
    if (was === undefined) return is === undefined ? [] : [{ path: here, after: is }];
    return is === undefined ? [{ path: here, before: was }] : nodeChanges(was, is, here);
  });
}

function nodeChanges(before: Node, after: Node, path: Path): TreeChange[] {
  if (before.type === "map" && after.type === "map") return mapChanges(before, after, path);
  if (before.type === "list" && after.type === "list" && before.items.length === after.items.length) {
    return before.items.flatMap((item, index) =>
      nodeChanges(item, after.items[index] as Node, [...path, index]),
    );
  }
  const isSame = JSON.stringify(toValue(before)) === JSON.stringify(toValue(after));
  return isSame ? [] : [{ path, before, after }];
}
