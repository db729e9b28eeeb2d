import { type Binding, strides } from "./binding.js";
import { bindingOf, type CountContext } from "./context.js";
import { type AffineIndex, affine, ExpressionError, namesIn } from "./expression.js";
import type { Frame } from "./frame.js";
import type { Access, Stream } from "./nest.js";

/** The element that an access starts at, checked against the tensor's extents, and the `last` of all its executions. */
export function elementIndex(
  access: Access | Stream,
  context: CountContext,
  frames: readonly Frame[],
): { offset: AffineIndex; last: number; variables: Set<string>; innermost: Set<string> } {
  const binding = bindingOf(context, access.tensor);
  const { dimensions } = binding;
  if (access.at.length > dimensions.length) {
    throw new ExpressionError(
      `${access.tensor} has ${dimensions.length} indexes [${dimensions.join(", ")}]; ${access.at.length} are given`,
    );
  }
  const loopVariables = new Set(frames.map((frame) => frame.variable));
  checkRowIndex(access, binding, loopVariables);
  const perElement = strides(dimensions);
  // Fewer indexes than dimensions are the innermost ones.
  const skipped = dimensions.length - access.at.length;
  let constant = 0;
  const coefficients = new Map<string, number>();
  const innermost = new Set<string>();
  for (const [position, expression] of access.at.entries()) {
    const dimension = position + skipped;
    const index = affine(expression, context.names, loopVariables);
    checkRange(access.tensor, index, frames, dimensions[dimension] ?? 1, dimension);
    const stride = perElement[dimension] ?? 1;
    constant += index.constant * stride;
    for (const [name, value] of index.coefficients) {
      coefficients.set(name, (coefficients.get(name) ?? 0) + value * stride);
      if (position === access.at.length - 1) innermost.add(name);
    }
  }
  const offset = { constant, coefficients };
  return { offset, last: boundsOf(offset, frames).high, variables: new Set(coefficients.keys()), innermost };
}

/** What is spilled is spilled by rows, so which row an access touches must be plain to see. */
function checkRowIndex(access: Access | Stream, binding: Binding, loopVariables: ReadonlySet<string>): void {
  if (binding.rows !== "sample" && access.at.some((index) => namesIn(index).has("sample"))) {
    throw new ExpressionError(`${access.tensor} has no index that is a sample`);
  }
  if (binding.rows === undefined) return;
  const [row] = access.at;
  const isPlain =
    row?.kind === "name" && (binding.rows === "sample" ? row.name === "sample" : loopVariables.has(row.name));
  if (isPlain && access.at.length === binding.dimensions.length) return;
  const first = binding.rows === "sample" ? "sample" : "a loop variable";
  throw new ExpressionError(
    `${access.tensor} lies in rows: give ${binding.dimensions.length} indexes, of which the first is ${first}`,
  );
}

function checkRange(
  tensor: string,
  index: AffineIndex,
  frames: readonly Frame[],
  extent: number,
  dimension: number,
): void {
  const { low, high } = boundsOf(index, frames);
  if (low >= 0 && high < extent) return;
  throw new ExpressionError(
    `index ${dimension + 1} of ${tensor} runs from ${low} to ${high}, but its extent is ${extent} (0 to ${extent - 1})`,
  );
}

/** The least and the greatest value of an index over all executions. */
function boundsOf(index: AffineIndex, frames: readonly Frame[]): { low: number; high: number } {
  let low = index.constant;
  let high = index.constant;
  for (const [variable, coefficient] of index.coefficients) {
    const frame = frames.findLast((candidate) => candidate.variable === variable);
    if (frame === undefined) continue;
    const ends = [frame.start, frame.start + (frame.trips - 1) * frame.step].map(
      (value) => value * coefficient,
    );
    low += Math.min(...ends);
    high += Math.max(...ends);
  }
  return { low, high };
}
