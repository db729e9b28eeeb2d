import type * as z from "zod";
import { tidy } from "./collect.js";
import { ConfigError, problemAt } from "./problem.js";
import { type Finding, translate } from "./translate.js";
import { type Located, type Node, nodeAt, type Origin, type Path, toValue } from "./tree.js";

/** The innermost node on the way to a path that exists. */
function nearestNode(tree: Node, path: Path): Located {
  for (let length = path.length; length > 0; length -= 1) {
    const located = nodeAt(tree, path.slice(0, length));
    if (located !== undefined) return located;
  }
  return { node: tree };
}

/** Problems of a key are shown at the key, a missing key at the key of the map that lacks it, all else at the value. */
function originOf(tree: Node, { path, code }: Finding): Origin {
  const isMissing = code === "missing-key";
  const { node, keyOrigin } = nearestNode(tree, isMissing ? path.slice(0, -1) : path);
  const isAboutKey = isMissing || code === "unknown-key" || code === "bad-key";
  return (isAboutKey ? keyOrigin : undefined) ?? node.origin;
}

/** The message with the place in the document, in the spelling of --set. */
function messageOf({ path, code, message }: Finding): string {
  if (path.length === 0) return message;
  if (code !== "missing-key") return `${path.join(".")}: ${message}`;
  const owner = path.slice(0, -1).join(".");
  return `${owner === "" ? "the document" : owner} lacks ${path.at(-1)}: ${message}`;
}

/** Whether a finding only follows from what has been reported before. */
function isReported(tree: Node, { path, code }: Finding): boolean {
  return [...path.keys(), path.length].some((length) => {
    const node = nodeAt(tree, path.slice(0, length))?.node;
    if (node === undefined || node.type === "list" || node.isReported === undefined) return false;
    return node.type === "scalar" || code === "missing-key";
  });
}

/**
 * The value of a tree as its schema reads it.
 * @throws ConfigError with every problem, located at its node, in words of the file's author:
 *   `unknown-key`, `missing-key`, `wrong-type`, `out-of-range`, `unknown-value`, `bad-key`, the codes of UnitError,
 *   and the `params.code` of custom issues (`invalid-value` without one). Problems that follow from nodes
 *   marked as reported are left out; if there are no others, it has none.
 */
export function validate<T>(schema: z.ZodType<T>, tree: Node): { readonly value: T } {
  const value = toValue(tree);
  const result = schema.safeParse(value);
  if (result.success) return { value: result.data };
  const findings = result.error.issues.flatMap((issue) => translate(schema, value, issue));
  const news = findings.filter((finding) => !isReported(tree, finding));
  const problems = news.map((finding) =>
    problemAt(originOf(tree, finding), finding.code, messageOf(finding), finding.suggestion),
  );
  throw new ConfigError(tidy(problems));
}
