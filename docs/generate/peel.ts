import * as z from "zod";
import { fieldInfo } from "../../src/config/field.js";
import { formatQuantity } from "../../src/units/format.js";

export type Schema = z.core.$ZodType;

/** A field without its wrappers, and what they said. */
export interface Peeled {
  readonly core: Schema;
  readonly doc: string;
  /** As one would write it; `required` or `optional` without a default. */
  readonly fallback: string;
}

/** Takes optional, default, lazy and transforming wrappers off. */
export function peel(schema: Schema): Peeled {
  let core = schema;
  let doc = "";
  let fallback = "required";
  for (;;) {
    doc ||= z.globalRegistry.get(core)?.description ?? "";
    if (fieldInfo(core) !== undefined) return { core, doc, fallback };
    if (core instanceof z.ZodOptional) fallback = "optional";
    if (core instanceof z.ZodDefault || core instanceof z.ZodPrefault) fallback = defaultOf(core);
    const inner = innerOf(core);
    if (inner === undefined) return { core, doc, fallback };
    core = inner;
  }
}

function innerOf(schema: Schema): Schema | undefined {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    return schema.def.innerType;
  }
  if (schema instanceof z.ZodLazy) return schema._zod.innerType;
  return schema instanceof z.ZodPipe ? schema.def.in : undefined;
}

function defaultOf({ def }: z.ZodDefault | z.ZodPrefault): string {
  const value: unknown = def.defaultValue;
  const dimension = fieldInfo(def.innerType)?.dimension;
  if (typeof value === "number" && dimension !== undefined) return formatQuantity(value, dimension);
  if (typeof value !== "object" || value === null) return String(value);
  const entries = Object.entries(value).map(([key, member]) => `${key}: ${String(member)}`);
  return entries.length === 0 ? "optional" : `{${entries.join(", ")}}`;
}
