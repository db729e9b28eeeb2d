import { attempt, type Report } from "../config/collect.js";
import { mergeTrees } from "../config/extends.js";
import { type Input, loadDocument } from "../config/load.js";
import { ConfigError, problemAt } from "../config/problem.js";
import type { Files } from "../config/source.js";
import { readFile, resolveNamed } from "../config/source.js";
import { suggest } from "../config/suggest.js";
import {
  type MapNode,
  type Node,
  nodeAt,
  type Origin,
  type ScalarNode,
  withEntry,
  withoutKeys,
} from "../config/tree.js";
import { costsFrom } from "./cost-files/from.js";
import { PARTS_FOLDER } from "./library.js";
import { type PartDocument, partSchema } from "./part-schema.js";

/** Reads a part's tree: a shipped one by name, another by its path. */
function readPart(
  files: Files,
  written: string,
  origin: Origin,
): { component: MapNode; inputs: readonly Input[] } {
  const isPath = written.includes("/") || /\.ya?ml$/.test(written);
  const path = isPath ? resolveNamed(files, origin, written) : `${PARTS_FOLDER}${written}.yaml`;
  if (!isPath) {
    const known = partNames(files);
    if (known.length > 0 && !known.includes(written)) {
      const message = `there is no part "${written}"; parts: ${known.join(", ")} (or a path such as ./my-part.yaml)`;
      throw new ConfigError([problemAt(origin, "unknown-part", message, suggest(written, known))]);
    }
  }
  readFile(files, path, origin);
  const { component, inputs } = loadPart(files, path);
  return { component, inputs };
}

/** A part, validated on its own, so that its problems are told as such; with the tree of its component. */
export function loadPart(
  files: Files,
  path: string,
): { value: PartDocument; inputs: readonly Input[]; component: MapNode } {
  let tree: Node | undefined;
  const { value, inputs } = loadDocument<PartDocument>(
    files,
    path,
    { "rebit/part@1": partSchema },
    {
      transform: (merged) => {
        tree = merged;
        return merged;
      },
    },
  );
  const component = tree && nodeAt(tree, ["component"])?.node;
  if (component?.type !== "map") throw new Error(`${path} passed validation without a component`);
  return { value, inputs, component };
}

/** Names of the shipped parts. */
function partNames(files: Files): string[] {
  const names = files.list?.(PARTS_FOLDER) ?? [];
  return names.filter((name) => name.endsWith(".yaml")).map((name) => name.replace(/\.yaml$/, ""));
}

/**
 * Lays each component of a chip, and its battery, over the part that it names; what comes from the part keeps its origin.
 * Parts that do not exist, are invalid or of another kind are reported, and their components left without one.
 */
export function mergeParts(tree: Node, files: Files, inputs: Input[], report: Report): Node {
  if (tree.type !== "map") return tree;
  const overPart = (node: MapNode, named: ScalarNode, name: string): Node => {
    const part = readPart(files, name, named.origin);
    inputs.push(...part.inputs);
    const kinds = [part.component, node].map((map) => nodeAt(map, ["kind"])?.node);
    const [theirs, ours] = kinds.map((kind) => (kind?.type === "scalar" ? kind.value : undefined));
    if (ours !== undefined && theirs !== ours) {
      const message = `${name} is a ${theirs}, not a ${ours}`;
      throw new ConfigError([problemAt(named.origin, "wrong-part", message)]);
    }
    return mergeTrees(part.component, withoutKeys(node, ["part"]));
  };
  const merge = (node: Node): Node => {
    if (node.type !== "map") return node;
    const named = node.entries.get("part")?.value;
    if (named?.type !== "scalar" || typeof named.value !== "string") return node;
    const { value: name } = named;
    const merged = attempt(report, () => overPart(node, named, name));
    return merged ?? { ...withoutKeys(node, ["part"]), isReported: true };
  };
  /** What a part brings is under what a file has; what the component gives is over both. */
  const overFile = (name: string, own: Node, overPart: Node): Node => {
    if (overPart.type !== "map") return overPart;
    const from = attempt(report, () => ({ costs: costsFrom(name, overPart, tree, files, inputs) }));
    if (from === undefined) return { ...withoutKeys(overPart, ["from"]), isReported: true };
    if (from.costs === undefined || own.type !== "map") return overPart;
    const named = withoutKeys(own, ["part", "from"]);
    return withoutKeys(mergeTrees(mergeTrees(overPart, from.costs), named) as MapNode, ["from"]);
  };
  let result: MapNode = tree;
  const components = nodeAt(tree, ["components"])?.node;
  if (components?.type === "map") {
    let merged = components;
    for (const [name, entry] of components.entries) {
      merged = withEntry(merged, name, { ...entry, value: overFile(name, entry.value, merge(entry.value)) });
    }
    result = replace(result, "components", merged);
  }
  const supply = nodeAt(tree, ["supply"])?.node;
  const battery = nodeAt(tree, ["supply", "battery"])?.node;
  if (supply?.type === "map" && battery !== undefined) {
    result = replace(result, "supply", replace(supply, "battery", merge(asPart(battery))));
  }
  return result;
}

function replace(map: MapNode, key: string, value: Node): MapNode {
  const entry = map.entries.get(key);
  return entry === undefined ? map : withEntry(map, key, { ...entry, value });
}

/** A chip with its battery's short form written out. */
export function expandBattery(chip: Node): Node {
  const supply = nodeAt(chip, ["supply"])?.node;
  const battery = nodeAt(chip, ["supply", "battery"])?.node;
  if (chip.type !== "map" || supply?.type !== "map" || battery === undefined) return chip;
  return replace(chip, "supply", replace(supply, "battery", asPart(battery)));
}

/** `battery: CR2032` is short for `battery: {kind: battery, part: CR2032}`. */
function asPart(battery: Node): Node {
  if (battery.type !== "scalar") return battery;
  const { origin } = battery;
  const kind: Node = { type: "scalar", origin, value: "battery" };
  return {
    type: "map",
    origin,
    entries: new Map([
      ["kind", { keyOrigin: origin, value: kind }],
      ["part", { keyOrigin: origin, value: battery }],
    ]),
  };
}
