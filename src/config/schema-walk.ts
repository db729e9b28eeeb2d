import * as z from "zod";
import { fieldInfo } from "./field.js";
import type { Path } from "./tree.js";

type Schema = z.core.$ZodType;

/** Keys of a map that fit into a message beside other alternatives. */
const MAX_LISTED_KEYS = 4;

/** The member of a value at a path, or undefined. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((current, key) => {
    if (typeof current !== "object" || current === null) return undefined;
    return Object.hasOwn(current, key) ? (current as Record<string | number, unknown>)[key] : undefined;
  }, value);
}

/** The schema without wrappers such as optional and default, and the variant that fits the value. */
export function unwrap(schema: Schema, value: unknown): Schema {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodReadonly
  ) {
    return unwrap(schema.def.innerType, value);
  }
  if (schema instanceof z.ZodLazy) return unwrap(schema.def.getter(), value);
  if (schema instanceof z.ZodPipe) return unwrap(schema.def.in, value);
  if (schema instanceof z.ZodDiscriminatedUnion) {
    const { discriminator } = schema.def;
    const tag = valueAt(value, [discriminator]);
    const option = schema.def.options.find((candidate) =>
      candidate._zod.propValues?.[discriminator]?.has(tag as z.core.util.Primitive),
    );
    return option === undefined ? schema : unwrap(option, value);
  }
  return schema;
}

/** As `unwrap`, and of alternatives the map that shares most keys with the value. */
function nearestMap(schema: Schema, value: unknown): Schema {
  const unwrapped = unwrap(schema, value);
  if (!(unwrapped instanceof z.ZodUnion) || typeof value !== "object" || value === null) return unwrapped;
  const options: readonly Schema[] = unwrapped.def.options;
  const [nearest] = options
    .map((option) => {
      const keys = allowedKeys(option, value);
      return { option, keys, foreign: Object.keys(value).filter((key) => !keys.includes(key)).length };
    })
    .filter(({ keys }) => keys.length > 0)
    .sort((a, b) => a.foreign - b.foreign);
  return nearest === undefined ? unwrapped : nearestMap(nearest.option, value);
}

function memberSchema(schema: Schema, key: string | number): Schema | undefined {
  if (schema instanceof z.ZodObject) {
    return Object.hasOwn(schema.shape, key) ? schema.shape[key] : undefined;
  }
  if (schema instanceof z.ZodRecord) return schema.valueType;
  return schema instanceof z.ZodArray ? schema.element : undefined;
}

/** The schema of the member at a path, with its wrappers. */
export function schemaAt(schema: Schema, value: unknown, path: Path): Schema | undefined {
  let current: Schema | undefined = schema;
  let currentValue = value;
  for (const key of path) {
    if (current === undefined) return undefined;
    current = memberSchema(nearestMap(current, currentValue), key);
    currentValue = valueAt(currentValue, [key]);
  }
  return current;
}

/** Keys that a map may have; none if it is not a map of fixed keys. */
export function allowedKeys(schema: Schema | undefined, value: unknown): string[] {
  const unwrapped = schema && nearestMap(schema, value);
  return unwrapped instanceof z.ZodObject ? Object.keys(unwrapped.shape) : [];
}

/** "one of a, b" or "a": a choice as it continues "expected". */
export function describeChoice(values: readonly unknown[]): string {
  return values.length === 1 ? String(values[0]) : `one of ${values.join(", ")}`;
}

/** Among alternatives a small map is told by its keys. */
function describeOption(schema: Schema): string {
  const keys = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  const isSmall = keys.length > 0 && keys.length <= MAX_LISTED_KEYS;
  return isSmall ? `a map of ${keys.join(", ")}` : describeSchema(schema);
}

/** What one writes for a schema, as it continues "expected". */
export function describeSchema(schema: Schema | undefined): string {
  if (schema === undefined) return "a value";
  const info = fieldInfo(schema);
  if (info !== undefined) return info.expected;
  const inner = unwrap(schema, undefined);
  if (inner !== schema) return describeSchema(inner);
  if (schema instanceof z.ZodArray) return "a list";
  if (schema instanceof z.ZodObject || schema instanceof z.ZodRecord) return "a map";
  if (schema instanceof z.ZodDiscriminatedUnion) return "a map";
  if (schema instanceof z.ZodUnion) return [...new Set(schema.options.map(describeOption))].join(", or ");
  if (schema instanceof z.ZodLiteral) return describeChoice([...schema.values]);
  if (schema instanceof z.ZodEnum) return describeChoice(schema.options);
  if (schema instanceof z.ZodBoolean) return "true or false";
  if (schema instanceof z.ZodNumber) return "a number";
  return schema instanceof z.ZodString ? "text" : "a value";
}
