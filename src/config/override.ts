import { parseYaml } from "./parse-yaml.js";
import { ConfigError, problemAt, quote } from "./problem.js";
import { isForbiddenKey, type ListNode, type MapNode, type Node, type Origin, withEntry } from "./tree.js";

/** One value that replaces what the files say. */
export interface Override {
  /** Keys and list indices with dots: "components.sram.capacity", "network.hidden.0". */
  readonly path: string;
  /** A YAML scalar, or a list or map on one line: "24 MHz", "[64, 32]". */
  readonly valueText: string;
  /** Where it was written; the file is `--set` for an argument. */
  readonly origin: Origin;
  /** The argument, for messages. */
  readonly excerpt?: string;
}

function refuse(origin: Origin, code: string, message: string): never {
  throw new ConfigError([problemAt(origin, code, message)]);
}

/** In an argument `path=value` the value starts after the equals sign. */
function originOfValue(valueText: string, origin: Origin): Origin {
  const { excerpt, column } = origin;
  const isArgument = column === 1 && excerpt?.endsWith(`=${valueText}`) === true;
  return isArgument ? { ...origin, column: excerpt.length - valueText.length + 1 } : origin;
}

function relocate(node: Node, origin: Origin): Node {
  if (node.type === "scalar") return { ...node, origin };
  if (node.type === "list")
    return { ...node, origin, items: node.items.map((item) => relocate(item, origin)) };
  const entries = new Map(
    [...node.entries].map(([key, { value }]) => [key, { keyOrigin: origin, value: relocate(value, origin) }]),
  );
  return { ...node, origin, entries };
}

function parseValue(path: string, valueText: string, origin: Origin): Node {
  if (valueText.trim() === "") return refuse(origin, "empty", `no value for ${quote(path)}`);
  try {
    return relocate(parseYaml(valueText, origin.file), origin);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new ConfigError(error.problems.map(({ code, message }) => problemAt(origin, code, message)));
  }
}

const describe = (keys: readonly string[]): string => (keys.length === 0 ? "the document" : keys.join("."));

function setInList(
  list: ListNode,
  keys: readonly string[],
  at: number,
  value: Node,
  origin: Origin,
): ListNode {
  const index = Number(keys[at]);
  const old = list.items[index];
  if (old === undefined || !/^\d+$/.test(keys[at] ?? "")) {
    const owner = describe(keys.slice(0, at));
    const range = list.items.length === 0 ? "is empty" : `has the items 0 to ${list.items.length - 1}`;
    return refuse(origin, "bad-path", `${quote(keys[at] ?? "")} is no item: the list ${owner} ${range}`);
  }
  return { ...list, items: list.items.with(index, setIn(old, keys, at + 1, value, origin)) };
}

function setInMap(map: MapNode, keys: readonly string[], at: number, value: Node, origin: Origin): MapNode {
  const key = keys[at] ?? "";
  const empty: MapNode = { type: "map", origin, entries: new Map() };
  const old = map.entries.get(key);
  const changed = setIn(old?.value ?? empty, keys, at + 1, value, origin);
  return withEntry(map, key, { keyOrigin: old === undefined ? origin : old.keyOrigin, value: changed });
}

function setIn(node: Node, keys: readonly string[], at: number, value: Node, origin: Origin): Node {
  if (at === keys.length) return value;
  if (node.type === "map") return setInMap(node, keys, at, value, origin);
  if (node.type === "list") return setInList(node, keys, at, value, origin);
  const owner = describe(keys.slice(0, at));
  return refuse(origin, "bad-path", `${owner} is a single value and has no ${quote(keys[at] ?? "")}`);
}

/**
 * A copy of the tree with one value replaced. Missing maps are created, so that validation, which knows the
 * allowed keys, reports a wrong one at `origin`.
 * @throws ConfigError `bad-path`, `forbidden-key`, or what the YAML parser finds in the value.
 */
export function setPath(tree: Node, path: string, valueText: string, origin: Origin): Node {
  const keys = path.split(".");
  if (keys.includes("")) {
    refuse(origin, "bad-path", `expected keys with dots such as clocks.core, found ${quote(path)}`);
  }
  const forbidden = keys.find(isForbiddenKey);
  if (forbidden !== undefined) refuse(origin, "forbidden-key", `${forbidden} cannot be a key`);
  const value = parseValue(path, valueText, originOfValue(valueText, origin));
  return setIn(tree, keys, 0, value, origin);
}
