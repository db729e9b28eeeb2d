import type * as z from "zod";
import { applyOverrides } from "./apply-overrides.js";
import { collectProblems, type Report } from "./collect.js";
import { resolveExtends } from "./extends.js";
import type { Override } from "./override.js";
import { parseTree } from "./parse-yaml.js";
import { ConfigError, type Problem, problemAt, quote } from "./problem.js";
import { decodeText, type Files, readFile } from "./source.js";
import { suggest } from "./suggest.js";
import { type MapNode, type Node, nodeAt, type Origin, type Path, withoutKeys } from "./tree.js";
import { validate } from "./validate.js";

/** A file that went into a document, as it was read. */
export interface Input {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** A validated document that remembers where its values were written. */
export interface Loaded<T> {
  /** Its `schema:` line. */
  readonly kind: string;
  readonly value: T;
  readonly path: string;
  /** What was validated, after `extends`, overrides and `transform`. */
  readonly tree: MapNode;
  /** Where the value at this path was written; undefined for defaults. */
  originOf(path: Path): Origin | undefined;
  /** The file and all files that it extends, in the order of reading. */
  readonly inputs: readonly Input[];
}

export interface LoadOptions {
  /** Writes short forms out, after `extends`, so that overrides find what they stand for. */
  readonly expand?: (tree: Node) => Node;
  /** Applied in this order, after `expand`. */
  readonly overrides?: readonly Override[];
  /** Applied after overrides, before validation; may report problems, or throw ConfigError. */
  readonly transform?: (tree: Node, report: Report) => Node;
}

/** Schemas by the `schema:` line that selects them. */
export type Kinds<T> = Readonly<Record<string, z.ZodType<T>>>;

/** Keys that belong to the document and not to its value. */
const DOCUMENT_KEYS = ["schema", "extends"];

function requireMap(tree: Node): MapNode {
  if (tree.type === "map") return tree;
  const message = `expected a map of keys, found ${tree.type === "list" ? "a list" : "a single value"}`;
  throw new ConfigError([problemAt(tree.origin, "wrong-type", message)]);
}

function unknownSchema(origin: Origin, written: string, known: readonly string[]): Problem {
  const family = written.replace(/@.*$/, "");
  const otherVersion = known.find((name) => name.replace(/@.*$/, "") === family);
  const advice =
    otherVersion === undefined
      ? `expected one of ${known.join(", ")}`
      : `this version of rebit reads ${otherVersion}`;
  const suggestion = otherVersion ?? suggest(written, known);
  return problemAt(origin, "unknown-schema", `unknown schema ${quote(written)}; ${advice}`, suggestion);
}

/** The `schema:` line of a document. */
function kindOf(tree: MapNode, known: readonly string[]): string {
  const entry = tree.entries.get("schema");
  if (entry === undefined) {
    const message = `the file does not say what it is: add a line such as "schema: ${known[0] ?? ""}"`;
    const choice = known.length > 1 ? ` (one of ${known.join(", ")})` : "";
    throw new ConfigError([problemAt(tree.origin, "missing-schema", message + choice)]);
  }
  const written = entry.value.type === "scalar" ? String(entry.value.value) : `a ${entry.value.type}`;
  if (known.includes(written)) return written;
  throw new ConfigError([unknownSchema(entry.value.origin, written, known)]);
}

/**
 * Reads a document: its file and what that extends, then overrides, then `transform`, then validation by the
 * schema that its `schema:` line names.
 * @param path as the user typed it, or resolved from there; problems repeat it.
 * @throws ConfigError with every problem of every step; a step that cannot go on is the last one.
 */
export function loadDocument<T>(
  files: Files,
  path: string,
  kinds: Kinds<T>,
  options: LoadOptions = {},
): Loaded<T> {
  return collectProblems((report) => {
    const inputs: Input[] = [];
    const read = (file: string, origin?: Origin): Node => {
      const bytes = readFile(files, file, origin);
      inputs.push({ path: file, bytes });
      const { tree, problems } = parseTree(decodeText(bytes, file), file);
      report(problems);
      return tree;
    };
    const extended = resolveExtends(read(path), path, { read, resolve: files.resolve.bind(files) });
    const kind = kindOf(requireMap(extended), Object.keys(kinds));
    const schema = kinds[kind];
    if (schema === undefined) throw new Error(`no schema for ${kind}`);
    const expanded = options.expand?.(extended) ?? extended;
    const overridden = applyOverrides(schema, expanded, options.overrides ?? [], report);
    const tree = options.transform?.(overridden, report) ?? overridden;
    const document = withoutKeys(requireMap(tree), DOCUMENT_KEYS);
    const { value } = validate(schema, document);
    return {
      kind,
      value,
      path,
      tree: document,
      originOf: (wanted) => nodeAt(tree, wanted)?.node.origin,
      inputs,
    };
  });
}
