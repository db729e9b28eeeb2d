import * as z from "zod";
import { DIMENSIONS, type Dimension } from "../units/dimensions.js";
import { formatQuantity } from "../units/format.js";
import { describeQuantity } from "../units/parse.js";
import { described, leaf } from "./field.js";
import { oneOf, type QuantityOptions, quantity, strict, text } from "./fields.js";
import { isWithin, quantityPattern, type Range, rangeText, readQuantity } from "./quantity-text.js";

/** How far a cost can be trusted; `given`: the user wrote a plain value without saying where it is from. */
export type CostStatus = "measured" | "datasheet" | "derived" | "estimate" | "placeholder" | "given";

/** A cost with its interval, in the base unit of its dimension; low <= value <= high. */
export interface Cost {
  readonly dimension: Dimension;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly status: CostStatus;
  /** Where the figure is from, as the file says; empty if it does not say. */
  readonly source: string;
}

const STATUSES = ["measured", "datasheet", "derived", "estimate", "placeholder"] as const;
const TOLERANCE = /\s*(?:\u00b1|\+-|\+\/-)\s*/;

const provenance = {
  status: oneOf(STATUSES, {
    doc: "How far the figure can be trusted; placeholder marks a guess.",
  }).optional(),
  source: text({ doc: "Where the figure is from: datasheet and page, table, paper." }).optional(),
};

interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** "5 pJ/access" or "5 pJ/access ± 20 %". */
function toleranced(dimension: Dimension, range: Range, doc: string): z.ZodType<Interval> {
  const { example, noun } = DIMENSIONS[dimension];
  const tolerancePattern = `(\\s*(\u00b1|\\+-|\\+/-)\\s*${quantityPattern("ratio")})?`;
  const json = {
    type: "string",
    pattern: `^${quantityPattern(dimension)}${tolerancePattern}$`,
    examples: [example, `${example} \u00b1 20 %`],
    description: doc,
  };
  return leaf({ expected: describeQuantity(dimension) }, json, (written, complain) => {
    const [typical, tolerance, ...rest] = typeof written === "string" ? written.split(TOLERANCE) : [written];
    if (rest.length > 0) return complain("not-a-quantity", "expected one tolerance such as \u00b1 20 %");
    const value = readQuantity(typical, dimension, complain);
    const ratio = tolerance === undefined ? 0 : readQuantity(tolerance, "ratio", complain);
    if (typeof value !== "number" || typeof ratio !== "number") return z.NEVER;
    const interval = { value, low: value - value * ratio, high: value + value * ratio };
    const isInside = isWithin(interval.low, range) && isWithin(interval.high, range);
    if (ratio >= 0 && isInside) return interval;
    const bounds = rangeText(range, (bound) => formatQuantity(bound, dimension));
    return complain("out-of-range", `expected ${noun}${bounds}, found ${written}`);
  });
}

/**
 * A cost: "5 pJ/access", "5 pJ/access ± 20 %" (also +- and +/-), `{value, status?, source?}` or
 * `{low, typical, high, status?, source?}`. Without a status it is `given`, without a source that is "".
 */
export function cost(
  dimension: Dimension,
  { doc, min = 0, max, exclusiveMin }: QuantityOptions,
): z.ZodType<Cost> {
  const given = { dimension, status: "given" as CostStatus, source: "" };
  const range: Range = { min, max, exclusiveMin };
  const bound = (bounds: string): z.ZodType<number> =>
    quantity(dimension, {
      doc: `${bounds} of the cost.`,
      min,
      ...(max === undefined ? {} : { max }),
      ...(exclusiveMin === undefined ? {} : { exclusiveMin }),
    });
  const plain = toleranced(dimension, range, doc).transform((interval): Cost => ({ ...interval, ...given }));
  const single = strict(
    { value: toleranced(dimension, range, "The cost, with a tolerance if there is one."), ...provenance },
    { doc: "A cost and where it is from." },
  ).transform(
    ({ value, status, source }): Cost => ({
      ...value,
      dimension,
      status: status ?? given.status,
      source: source ?? given.source,
    }),
  );
  const interval = strict(
    {
      low: bound("Lower bound"),
      typical: bound("Typical value"),
      high: bound("Upper bound"),
      ...provenance,
    },
    { doc: "A cost as an interval." },
  ).transform(({ low, typical, high, status, source }, context): Cost => {
    if (!(low <= typical && typical <= high)) {
      const params = { code: "out-of-range" };
      context.addIssue({ code: "custom", message: "expected low <= typical <= high", params });
    }
    return {
      dimension,
      value: typical,
      low,
      high,
      status: status ?? given.status,
      source: source ?? given.source,
    };
  });
  return described(z.union([plain, single, interval]).meta({ description: doc }), {
    expected: describeQuantity(dimension),
  });
}
