import * as z from "zod";
import { fieldInfo } from "../../src/config/field.js";
import { peel, type Schema } from "./peel.js";
import { writingOf } from "./writing.js";

/** One line of the reference. */
export interface Row {
  readonly path: string;
  readonly writing: string;
  readonly fallback: string;
  readonly doc: string;
}

/** Maps that have a table of their own: the variants of a field, or what a list nests without end. */
export interface Detail {
  readonly path: string;
  /** The word that tells a variant; undefined for entries that nest. */
  readonly tag: string | undefined;
  readonly schema: z.ZodObject;
}

export interface Reference {
  readonly rows: Row[];
  readonly details: Detail[];
}

/** Every field below a map, in the order of its schema. */
export function referenceOf(map: z.ZodObject): Reference {
  const reference: Reference = { rows: [], details: [] };
  for (const [key, schema] of Object.entries(map.shape)) visit(schema as Schema, key, reference);
  return reference;
}

function visit(schema: Schema, path: string, reference: Reference): void {
  const { core, doc, fallback } = peel(schema);
  const meaning = core instanceof z.ZodLiteral ? "Tells which of the maps this is." : doc;
  reference.rows.push({ path, writing: writingOf(core), fallback, doc: meaning });
  visitMembers(core, path, reference);
}

function visitMembers(core: Schema, path: string, reference: Reference): void {
  if (fieldInfo(core) !== undefined) return;
  if (core instanceof z.ZodObject) {
    for (const [key, member] of Object.entries(core.shape))
      visit(member as Schema, `${path}.${key}`, reference);
  } else if (core instanceof z.ZodRecord) {
    const value = peel(core.valueType as Schema).core;
    if (value instanceof z.ZodDiscriminatedUnion) addVariants(value, `${path}.NAME`, reference);
    else visit(core.valueType as Schema, `${path}.NAME`, reference);
  } else if (core instanceof z.ZodArray) {
    visitElement(core.element as Schema, path, reference);
  } else if (core instanceof z.ZodDiscriminatedUnion) {
    addVariants(core, path, reference);
  } else if (core instanceof z.ZodUnion) {
    for (const option of core.options) visitMembers(peel(option as Schema).core, path, reference);
  }
}

function visitElement(element: Schema, path: string, reference: Reference): void {
  const { core } = peel(element);
  if (!(core instanceof z.ZodObject)) return;
  if (element instanceof z.ZodLazy) {
    const isKnown = reference.details.some((detail) => detail.schema === core);
    if (!isKnown) reference.details.push({ path: "", tag: undefined, schema: core });
  } else visitMembers(core, `${path}[]`, reference);
}

function addVariants(union: z.ZodDiscriminatedUnion, path: string, reference: Reference): void {
  const { discriminator, options } = union.def;
  for (const option of options) {
    const { core } = peel(option);
    const tag = option._zod.propValues?.[discriminator]?.values().next().value;
    if (!(core instanceof z.ZodObject)) throw new Error(`a variant of ${path} is no map`);
    reference.details.push({ path, tag: String(tag), schema: core });
  }
}
