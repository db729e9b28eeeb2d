import * as z from "zod";
import { DIMENSIONS, type Dimension } from "../units/dimensions.js";
import { formatQuantity } from "../units/format.js";
import { describeQuantity } from "../units/parse.js";
import { expectedButFound, leaf } from "./field.js";
import { isWithin, quantityPattern, type Range, rangeText, readQuantity } from "./quantity-text.js";
import { suggest } from "./suggest.js";

/** What every field has: one sentence for editors and the configuration reference. */
export interface Documented {
  readonly doc: string;
}

export interface NumberOptions extends Documented {
  readonly min?: number;
  readonly max?: number;
}

export interface QuantityOptions extends NumberOptions {
  /** The value must be above this; in SI base units as min and max. */
  readonly exclusiveMin?: number;
}

/**
 * A quantity with its unit, as a number in the base unit of the dimension. Bounds are in that unit too;
 * unless `min` says otherwise nothing is negative.
 */
export function quantity(dimension: Dimension, options: QuantityOptions): z.ZodType<number> {
  const { doc, max, exclusiveMin } = options;
  const range: Range = { min: options.min ?? 0, max, exclusiveMin };
  const { example, noun } = DIMENSIONS[dimension];
  const print = (value: number): string => formatQuantity(value, dimension);
  return leaf(
    { expected: describeQuantity(dimension), dimension },
    { type: "string", pattern: `^${quantityPattern(dimension)}$`, examples: [example], description: doc },
    (value, complain) => {
      const parsed = readQuantity(value, dimension, complain);
      if (typeof parsed !== "number" || isWithin(parsed, range)) return parsed;
      return complain("out-of-range", `expected ${noun}${rangeText(range, print)}, found ${value}`);
    },
  );
}

/** A whole number, written without a unit: a count. */
export function integer({ doc, min, max }: NumberOptions): z.ZodType<number> {
  const range: Range = { min: min ?? Number.MIN_SAFE_INTEGER, max: max ?? Number.MAX_SAFE_INTEGER };
  const expected = `a whole number${rangeText({ min, max }, String)}`;
  const json = { type: "integer", ...(min === undefined ? {} : { minimum: min }) };
  return leaf(
    { expected },
    { ...json, ...(max === undefined ? {} : { maximum: max }), description: doc },
    (value, complain) => {
      if (typeof value !== "number" || (Number.isFinite(value) && !Number.isInteger(value))) {
        return complain("wrong-type", expectedButFound(expected, value));
      }
      return isWithin(value, range) ? value : complain("out-of-range", expectedButFound(expected, value));
    },
  );
}

/** A finite number without a unit: a factor. */
export function number({ doc, min, max }: NumberOptions): z.ZodType<number> {
  const expected = `a number${rangeText({ min, max }, String)}`;
  const json = { type: "number", ...(min === undefined ? {} : { minimum: min }) };
  return leaf(
    { expected },
    { ...json, ...(max === undefined ? {} : { maximum: max }), description: doc },
    (value, complain) => {
      if (typeof value !== "number") return complain("wrong-type", expectedButFound(expected, value));
      const isValid = Number.isFinite(value) && isWithin(value, { min, max });
      return isValid ? value : complain("out-of-range", expectedButFound(expected, value));
    },
  );
}

/** Text that is not empty. */
export function text({ doc }: Documented): z.ZodType<string> {
  const expected = "text";
  return leaf({ expected }, { type: "string", minLength: 1, description: doc }, (value, complain) => {
    if (typeof value === "string" && value !== "") return value;
    const isPlain = typeof value === "number" || typeof value === "boolean";
    const advice = isPlain ? "; put it in quotes" : "";
    return complain("wrong-type", `${expectedButFound(expected, value)}${advice}`);
  });
}

/** true or false. */
export function flag({ doc }: Documented): z.ZodType<boolean> {
  const expected = "true or false";
  return leaf({ expected }, { type: "boolean", description: doc }, (value, complain) =>
    typeof value === "boolean" ? value : complain("wrong-type", expectedButFound(expected, value)),
  );
}

/** One of a few words. */
export function oneOf<const V extends readonly string[]>(
  values: V,
  { doc }: Documented,
): z.ZodType<V[number]> {
  const expected = values.length === 1 ? `${values[0]}` : `one of ${values.join(", ")}`;
  const isValue = (value: string): value is V[number] => values.includes(value);
  return leaf(
    { expected },
    { type: "string", enum: values, description: doc },
    (value, complain): V[number] => {
      if (typeof value !== "string") return complain("wrong-type", expectedButFound(expected, value));
      if (isValue(value)) return value;
      return complain("unknown-value", expectedButFound(expected, value), suggest(value, values));
    },
  );
}

/** A map of exactly these keys. */
export function strict<S extends z.ZodRawShape>(
  shape: S,
  { doc }: Documented,
): z.ZodObject<S, z.core.$strict> {
  return z.strictObject(shape).meta({ description: doc });
}

/** Names that a user gives to things: components, options. */
const NAME = /^[A-Za-z][A-Za-z0-9_-]*$/;

/** A map from names of the user's choice to values of one schema. */
export function record<V extends z.ZodType>(value: V, { doc }: Documented): z.ZodRecord<z.ZodString, V> {
  return z.record(z.string().regex(NAME), value).meta({ description: doc });
}

/** A list; `min` and `max` bound its length. */
export function list<I extends z.ZodType>(item: I, { doc, min, max }: NumberOptions): z.ZodArray<I> {
  let items = z.array(item);
  if (min !== undefined) items = items.min(min);
  if (max !== undefined) items = items.max(max);
  return items.meta({ description: doc });
}

/** One of several maps, told apart by the value of `key`, which each declares with z.literal. */
export function variants<
  const K extends string,
  const O extends readonly [z.core.$ZodTypeDiscriminable, ...z.core.$ZodTypeDiscriminable[]],
>(key: K, options: O, { doc }: Documented): z.ZodDiscriminatedUnion<O, K> {
  return z.discriminatedUnion(key, options).meta({ description: doc });
}

/** Alternatives of different types: a word or a map, a number or a word. */
export function either<const O extends readonly [z.ZodType, ...z.ZodType[]]>(
  options: O,
  { doc }: Documented,
): z.ZodUnion<O> {
  return z.union(options).meta({ description: doc });
}
