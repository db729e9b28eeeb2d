import * as z from "zod";
import { describeFound, expectedButFound, type IssueParams } from "./field.js";
import { allowedKeys, describeChoice, describeSchema, schemaAt, unwrap, valueAt } from "./schema-walk.js";
import { suggest } from "./suggest.js";
import type { Path } from "./tree.js";

type Schema = z.core.$ZodType;
type UnionIssue = z.core.$ZodIssueInvalidUnion;

/** A problem of a value before it is located in a file. */
export interface Finding {
  readonly path: Path;
  readonly code: string;
  /** Does not say where: the path is put before it. */
  readonly message: string;
  readonly suggestion?: string | undefined;
}

/** Codes that say "this alternative was not even tried" when found at the top of an alternative. */
const NOT_THIS_TYPE: ReadonlySet<string> = new Set(["wrong-type", "bare-number", "missing-key"]);

/** Allowed keys in a message; longer lists are looked up in the reference. */
const MAX_LISTED = 16;

function listKeys(keys: readonly string[]): string {
  return keys.length > MAX_LISTED ? `${keys.slice(0, MAX_LISTED).join(", ")}, ...` : keys.join(", ");
}

const plainPath = (path: readonly PropertyKey[]): Path =>
  path.map((key) => (typeof key === "number" ? key : String(key)));

function unknownKeys(schema: Schema, value: unknown, path: Path, keys: readonly string[]): Finding[] {
  const allowed = allowedKeys(schemaAt(schema, value, path), valueAt(value, path));
  return keys.map((key) => ({
    path: [...path, key],
    code: "unknown-key",
    message: `unknown key; allowed here: ${listKeys(allowed)}`,
    suggestion: suggest(key, allowed),
  }));
}

function wrongType(schema: Schema, value: unknown, path: Path): Finding {
  const expected = describeSchema(schemaAt(schema, value, path));
  const found = valueAt(value, path);
  if (found === undefined) return { path, code: "missing-key", message: `expected ${expected}` };
  return { path, code: "wrong-type", message: expectedButFound(expected, found) };
}

function unknownValue(path: Path, found: unknown, values: readonly unknown[]): Finding {
  const expected = describeChoice(values);
  if (found === undefined) return { path, code: "missing-key", message: `expected ${expected}` };
  const suggestion = typeof found === "string" ? suggest(found, values.map(String)) : undefined;
  return { path, code: "unknown-value", message: expectedButFound(expected, found), suggestion };
}

function wrongSize(
  issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig,
  found: unknown,
  path: Path,
): Finding {
  const [word, bound] = issue.code === "too_small" ? ["at least", issue.minimum] : ["at most", issue.maximum];
  const message = Array.isArray(found)
    ? `expected a list of ${word} ${bound} ${Number(bound) === 1 ? "item" : "items"}, found ${found.length}`
    : `expected ${word} ${bound}, found ${describeFound(found)}`;
  return { path, code: "out-of-range", message };
}

/** No alternative fits: the findings of the one that comes nearest, or what all of them expect. */
function noAlternative(schema: Schema, value: unknown, path: Path, issue: UnionIssue): Finding[] {
  const found = valueAt(value, path);
  const at = schemaAt(schema, value, path);
  const union = at && unwrap(at, found);
  const options: readonly Schema[] = union instanceof z.ZodUnion ? union.def.options : [];
  const attempts = issue.errors.map((errors, index) => {
    const option = options[index];
    return option === undefined ? [] : errors.flatMap((error) => translate(option, found, error));
  });
  const isOffType = (one: Finding): boolean => one.path.length === 0 && NOT_THIS_TYPE.has(one.code);
  const ofType = attempts.filter((findings) => findings.length > 0 && !findings.some(isOffType));
  const [nearest] = ofType.sort((a, b) => a.length - b.length);
  const [first, ...others] = nearest ?? [];
  if (first?.code === "unknown-value" && first.path.length === 0 && others.length === 0) {
    // A word that is none of one alternative's words: the other alternatives are as good.
    return [{ ...first, path, message: expectedButFound(describeSchema(at), found) }];
  }
  if (nearest !== undefined) {
    return nearest.map((finding) => ({ ...finding, path: [...path, ...finding.path] }));
  }
  const bareNumber = attempts.flat().find((one) => one.code === "bare-number" && isOffType(one));
  return [bareNumber === undefined ? wrongType(schema, value, path) : { ...bareNumber, path }];
}

/** What one issue of zod means to somebody who does not know zod. `value` is what `schema` was given. */
export function translate(schema: Schema, value: unknown, issue: z.core.$ZodIssue): Finding[] {
  const path = plainPath(issue.path);
  const found = valueAt(value, path);
  switch (issue.code) {
    case "custom": {
      const { code = "invalid-value", suggestion }: Partial<IssueParams> = issue.params ?? {};
      return [{ path, code, message: issue.message, suggestion }];
    }
    case "invalid_type":
      return [wrongType(schema, value, path)];
    case "unrecognized_keys":
      return unknownKeys(schema, value, path, issue.keys);
    case "invalid_union":
      // Variants: zod lists the values of the key that tells them apart, and its path ends with that key.
      return "options" in issue && issue.options !== undefined
        ? [unknownValue(path, found, issue.options)]
        : noAlternative(schema, value, path, issue);
    case "invalid_value":
      return [unknownValue(path, found, issue.values)];
    case "invalid_key":
      return [
        { path, code: "bad-key", message: "expected a name of letters, digits, - and _, a letter first" },
      ];
    case "too_small":
    case "too_big":
      return [wrongSize(issue, found, path)];
    default:
      return [{ path, code: "invalid-value", message: `${describeFound(found)} cannot stand here` }];
  }
}
