import * as z from "zod";
import { formatQuantity } from "../units/format.js";
import { fieldInfo, type JsonSchema } from "./field.js";
import { shareRepeated } from "./share-schemas.js";

type Json = Record<string, unknown>;

export interface JsonSchemaOptions {
  /** The `schema:` line of the documents: "rebit/chip@1". */
  readonly id: string;
  readonly title: string;
  /** A key whose file supplies the other keys of the map that has it: `part`. */
  readonly supplier?: string;
}

/** Defaults as one would write them. zod leaves them out where what is written differs from what is read. */
function writeDefault(schema: z.core.$ZodType, json: Json): void {
  if (!(schema instanceof z.ZodDefault)) return;
  const { defaultValue, innerType } = schema.def;
  const dimension = fieldInfo(innerType)?.dimension;
  const isQuantity = dimension !== undefined && typeof defaultValue === "number";
  json.default = isQuantity ? formatQuantity(defaultValue, dimension) : defaultValue;
}

/** The word that tells a variant apart needs no sentence of its own in the source. */
function describeLiteral(schema: z.core.$ZodType, json: Json): void {
  if (schema instanceof z.ZodLiteral) json.description ??= `Always ${[...schema.values].join(" or ")}.`;
}

/** Keywords whose value is a schema or a list of schemas. `properties` is a map of them. */
const SCHEMA_KEYWORDS: ReadonlySet<string> = new Set(["items", "anyOf", "oneOf", "additionalProperties"]);

const isObject = (json: unknown): json is Json =>
  typeof json === "object" && json !== null && !Array.isArray(json);

/** A copy of a JSON Schema with `change` applied to each schema in it, innermost first. */
function mapSchema(schema: Json, change: (schema: Json) => Json): Json {
  const visit = (json: unknown): unknown => {
    if (Array.isArray(json)) return json.map(visit);
    return isObject(json) ? mapSchema(json, change) : json;
  };
  const copy = Object.entries(schema).map(([key, value]) => {
    if (key === "properties" && isObject(value)) {
      return [key, Object.fromEntries(Object.entries(value).map(([name, member]) => [name, visit(member)]))];
    }
    return [key, SCHEMA_KEYWORDS.has(key) ? visit(value) : value];
  });
  return change(Object.fromEntries(copy));
}

/** Without required keys: what a file that extends another one must still obey. */
function asPartial({ required: _, oneOf, ...rest }: Json): Json {
  // Without its tag a map may look like several variants.
  return oneOf === undefined ? rest : { ...rest, anyOf: oneOf };
}

/** A map that names a supplier must only name its kind. */
function withSupplier(supplier: string): (schema: Json) => Json {
  return (schema) => {
    const { properties, required, ...rest } = schema;
    if (!isObject(properties) || !Object.hasOwn(properties, supplier) || !Array.isArray(required))
      return schema;
    const always = required.filter((key) => key === "kind");
    return {
      ...rest,
      properties,
      required: always,
      if: { required: [supplier] },
      else: { required },
    };
  };
}

/**
 * The JSON Schema (draft-07) of the documents of one kind, for editors: every property documented, quantities
 * as text with a pattern. A file that extends another one may lack what the other one gives, so the required
 * keys stand in `definitions.complete`, which holds for all other files.
 */
export function toJsonSchema(schema: z.ZodType, { id, title, supplier }: JsonSchemaOptions): JsonSchema {
  const generated = z.toJSONSchema(schema, {
    io: "input",
    target: "draft-7",
    override: ({ zodSchema, jsonSchema }) => {
      writeDefault(zodSchema, jsonSchema);
      describeLiteral(zodSchema, jsonSchema);
    },
  });
  const { $schema, properties, required, definitions, ...rest } = generated;
  const documentProperties = {
    schema: {
      type: "string",
      const: id,
      description: "What this file is, and in which version of the format.",
    },
    extends: { type: "string", description: "A file that this one is laid over, relative to this file." },
    ...properties,
  };
  const whole = { ...rest, properties: documentProperties, required: ["schema", ...(required ?? [])] };
  const complete = supplier === undefined ? whole : mapSchema(whole, withSupplier(supplier));
  return shareRepeated({
    $schema,
    $id: id,
    title,
    ...mapSchema(whole, asPartial),
    if: { required: ["extends"] },
    else: { $ref: "#/definitions/complete" },
    // What a schema that contains itself refers to.
    definitions: { ...(isObject(definitions) ? definitions : {}), complete },
  });
}
