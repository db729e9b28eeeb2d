import { ExpressionError } from "./expression.js";

/** Runs `count` for the statement at a position of its list; what is wrong in it is thrown with the way to it. */
export function located<T>(position: number, count: () => T): T {
  try {
    return count();
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    const inner = error.path.length === 0 ? [] : ["do", ...error.path];
    throw new ExpressionError(error.message, [position, ...inner]);
  }
}
