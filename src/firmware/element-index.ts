import { strides } from "./binding.js";
import { bindingOf, type CountContext } from "./context.js";
import { type AffineIndex, affine, ExpressionError } from "./expression.js";
import type { Frame } from "./frame.js";
import type { Access, Stream } from "./nest.js";

/** The element that an access starts at, checked against the tensor's extents. */
export function elementIndex(
  access: Access | Stream,
  context: CountContext,
  frames: readonly Frame[],
): { offset: AffineIndex; variables: Set<string>; innermost: Set<string> } {
  const binding = bindingOf(context, access.tensor);
  const { dimensions } = binding;
  if (access.at.length > dimensions.length) {
    throw new ExpressionError(
      `${access.tensor} has ${dimensions.length} indexes [${dimensions.join(", ")}]; ${access.at.length} are given`,
    );
  }
  if (binding.rows !== undefined && access.at.length !== dimensions.length) {
    throw new ExpressionError(
      `${access.tensor} lies in rows: give all its indexes, [row, column] of [${dimensions.join(", ")}]`,
    );
  }
  const loopVariables = new Set(frames.map((frame) => frame.variable));
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
  return { offset: { constant, coefficients }, variables: new Set(coefficients.keys()), innermost };
}

function checkRange(
  tensor: string,
  index: AffineIndex,
  frames: readonly Frame[],
  extent: number,
  dimension: number,
): void {
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
  if (low >= 0 && high < extent) return;
  throw new ExpressionError(
    `index ${dimension + 1} of ${tensor} runs from ${low} to ${high}, but its extent is ${extent} (0 to ${extent - 1})`,
  );
}
