import { type Expression, ExpressionError, evaluate, type Names, namesIn } from "../expression.js";
import type { WalkIndex } from "./program.js";

/** A loop, by the name of its variable. */
interface Variable {
  readonly variable: string;
}

/**
 * An index as a linear function of the variables of the loops around it. Coefficients are found by trying: what one step of
 * each variable changes.
 * @throws ExpressionError for an index that is not linear
 */
export function walkIndexOf(
  expression: Expression,
  around: readonly Variable[],
  names: Names,
  { extent, strideBits }: Pick<WalkIndex, "extent" | "strideBits">,
): WalkIndex {
  const depths = depthsIn([expression], around);
  const at = (value: (depth: number) => number): number => {
    const variables = around.map(({ variable }, depth) => [variable, value(depth)] as const);
    return evaluate(expression, { ...names, ...Object.fromEntries(variables) });
  };
  const constant = at(() => 0);
  const terms = depths.map((depth) => ({
    depth,
    coefficient: at((other) => (other === depth ? 1 : 0)) - constant,
  }));
  const sum = terms.reduce((total, { coefficient }) => total + coefficient, 0);
  if (at(() => 2) !== constant + 2 * sum) {
    throw new ExpressionError("an index must be linear in the loop variables");
  }
  const [first = { depth: -1, coefficient: 0 }, ...others] = terms;
  return { ...first, constant, others, extent, strideBits };
}

/** Depths of the loops whose variables stand in expressions. */
export function depthsIn(expressions: readonly Expression[], around: readonly Variable[]): number[] {
  const names = new Set(expressions.flatMap((expression) => [...namesIn(expression)]));
  return around.flatMap(({ variable }, depth) => (names.has(variable) ? [depth] : []));
}
