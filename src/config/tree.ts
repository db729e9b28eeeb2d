/** Where a value was written; line and column count from 1, columns in UTF-16 units as editors do. */
export interface Origin {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The text of that line (or of the command-line argument), for messages. */
  readonly excerpt?: string;
}

/** What a YAML scalar can be. */
export type Scalar = string | number | boolean | null;

export interface ScalarNode {
  readonly type: "scalar";
  readonly origin: Origin;
  /** Its value could not be read, and that has been reported: validation says nothing more about it. */
  readonly isReported?: true;
  readonly value: Scalar;
}

export interface ListNode {
  readonly type: "list";
  readonly origin: Origin;
  readonly items: readonly Node[];
}

export interface MapEntry {
  readonly keyOrigin: Origin;
  readonly value: Node;
}

export interface MapNode {
  readonly type: "map";
  readonly origin: Origin;
  /** Why keys are missing from it has been reported: validation does not report that they are. */
  readonly isReported?: true;
  readonly entries: ReadonlyMap<string, MapEntry>;
}

/** A YAML value that knows where it was written. Trees are never changed in place. */
export type Node = MapNode | ListNode | ScalarNode;

/** The way to a value: keys of maps and indices of lists. */
export type Path = readonly (string | number)[];

/** Names that would reach into JavaScript's objects; no key may be called so. */
const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

export function isForbiddenKey(key: string): boolean {
  return FORBIDDEN_KEYS.has(key);
}

/** The node without its origins: lists, scalars and objects without a prototype. */
export function toValue(node: Node): unknown {
  switch (node.type) {
    case "scalar":
      return node.value;
    case "list":
      return node.items.map(toValue);
    case "map": {
      const value: Record<string, unknown> = Object.create(null);
      for (const [key, entry] of node.entries) value[key] = toValue(entry.value);
      return value;
    }
  }
}

/** A node and the key that names it; the root and the items of lists have no key. */
export interface Located {
  readonly node: Node;
  readonly keyOrigin?: Origin;
}

function step(node: Node, key: string | number): Located | undefined {
  if (node.type === "map") {
    const entry = node.entries.get(String(key));
    return entry && { node: entry.value, keyOrigin: entry.keyOrigin };
  }
  const item = node.type === "list" ? node.items[Number(key)] : undefined;
  return item && { node: item };
}

/** The node at a path, or undefined if there is none. */
export function nodeAt(tree: Node, path: Path): Located | undefined {
  let located: Located | undefined = { node: tree };
  for (const key of path) {
    if (located === undefined) return undefined;
    located = step(located.node, key);
  }
  return located;
}

/** What a map says in a key, if that is text. */
export function textAt(node: Node, key: string): string | undefined {
  const found = nodeAt(node, [key])?.node;
  return found?.type === "scalar" && typeof found.value === "string" ? found.value : undefined;
}

/** A copy of a map with one entry replaced, or appended. */
export function withEntry(map: MapNode, key: string, entry: MapEntry): MapNode {
  return { ...map, entries: new Map(map.entries).set(key, entry) };
}

/** A copy of a map without these keys. */
export function withoutKeys(map: MapNode, keys: readonly string[]): MapNode {
  return { ...map, entries: new Map([...map.entries].filter(([key]) => !keys.includes(key))) };
}
