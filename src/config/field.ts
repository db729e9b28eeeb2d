import * as z from "zod";
import type { Dimension } from "../units/dimensions.js";
import { quote } from "./problem.js";

/** What the translation of errors and the JSON Schema need to know about a field. */
export interface FieldInfo {
  /** What one writes there, as in "expected ...": "a capacity such as 64 KiB". */
  readonly expected: string;
  /** Set if the value is a number that one writes as a quantity. */
  readonly dimension?: Dimension;
}

const REGISTRY = z.registry<FieldInfo>();

/** The info of a schema built by `leaf` or `described`, also through `.describe()` and the like. */
export function fieldInfo(schema: z.core.$ZodType): FieldInfo | undefined {
  return REGISTRY.get(schema);
}

/** Attaches what is expected to a composed schema. */
export function described<S extends z.ZodType>(schema: S, info: FieldInfo): S {
  REGISTRY.add(schema, info);
  return schema;
}

/** What our own issues carry; `validate` turns it into a located problem. */
export interface IssueParams {
  readonly code: string;
  readonly suggestion?: string | undefined;
}

/** Reports a problem with a value. */
export type Complain = (code: string, message: string, suggestion?: string) => never;

/** The draft-07 keywords that describe what is written. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** How a message calls what it found instead. */
export function describeFound(value: unknown): string {
  if (value === null) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a map";
  if (typeof value === "string") return quote(value);
  return typeof value === "number" ? `the number ${value}` : String(value);
}

/** "expected a whole number, found a list" */
export function expectedButFound(expected: string, value: unknown): string {
  return `expected ${expected}, found ${describeFound(value)}`;
}

/**
 * A field that is one scalar (or refused): `check` returns its value or complains.
 * The schema accepts anything, so that every refusal is worded here and not by zod.
 */
export function leaf<T>(
  info: FieldInfo,
  json: JsonSchema,
  check: (value: unknown, complain: Complain) => T,
): z.ZodType<T> {
  const schema = z
    .unknown()
    .transform((value, context): T => {
      const complain: Complain = (code, message, suggestion) => {
        const params: IssueParams = { code, suggestion };
        context.addIssue({ code: "custom", message, params });
        return z.NEVER;
      };
      if (value === undefined) return complain("missing-key", `expected ${info.expected}`);
      return check(value, complain);
    })
    .meta(json);
  return described(schema, info);
}
