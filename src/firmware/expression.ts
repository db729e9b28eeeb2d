import { exact } from "./exact.js";

/**
 * Integer expressions of firmware models: whole numbers, names, `+ - *`, parentheses,
 * `ceil(a / b)`, `floor(a / b)`, `min(a, b, ...)` and `max(a, b, ...)`. A quotient exists only inside
 * `ceil` or `floor`, so that every value is a whole number.
 */
export type Expression =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "name"; readonly name: string }
  | {
      readonly kind: "+" | "-" | "*" | "ceil" | "floor";
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: "min" | "max"; readonly values: readonly Expression[] };

/**
 * An expression that cannot be parsed or counted; `message` says what was expected and where.
 * `path` leads to the statement that cannot be counted from the list around it, as in `[2, "do", 0]`.
 */
export class ExpressionError extends Error {
  override readonly name = "ExpressionError";
  constructor(
    message: string,
    readonly path: readonly (string | number)[] = [],
  ) {
    super(message);
  }
}

/** Far beyond what a size or an index needs; keeps nesting within the stack. */
const MAX_LENGTH = 1000;

/** Values of the names in an expression. */
export type Names = Readonly<Record<string, number>>;

/**
 * Parses an expression.
 *
 * @example
 * parseExpression("ceil(inputs / 32) * 4");
 * @throws ExpressionError naming the column of the first problem.
 */
export function parseExpression(source: string): Expression {
  if (source.length > MAX_LENGTH) {
    throw new ExpressionError(`an expression has at most ${MAX_LENGTH} characters; found ${source.length}`);
  }
  const tokens = tokenize(source);
  let next = 0;
  const fail = (expected: string): never => {
    const token = tokens[next];
    const found = token === undefined ? "the end" : `"${token.text}"`;
    const column = (token?.at ?? source.length) + 1;
    throw new ExpressionError(`expected ${expected} at column ${column} of "${source}", found ${found}`);
  };
  const take = (text: string): boolean => {
    if (tokens[next]?.text !== text) return false;
    next += 1;
    return true;
  };
  const need = (text: string): void => {
    if (!take(text)) fail(`"${text}"`);
  };

  const primary = (): Expression => {
    const token = tokens[next];
    if (token === undefined) return fail("a number, a name or a parenthesis");
    if (/^\d/.test(token.text)) {
      next += 1;
      const value = Number(token.text);
      return Number.isSafeInteger(value) ? { kind: "number", value } : fail("a smaller whole number");
    }
    if (take("(")) {
      const inner = sum();
      need(")");
      return inner;
    }
    if (/^[A-Za-z]/.test(token.text)) {
      next += 1;
      return tokens[next]?.text === "(" ? call(token.text) : { kind: "name", name: token.text };
    }
    return fail("a number, a name or a parenthesis");
  };
  const call = (name: string): Expression => {
    need("(");
    if (name === "ceil" || name === "floor") {
      // A sum needs parentheses here, so that nobody has to guess what a quotient divides.
      const left = product();
      need("/");
      const right = primary();
      need(")");
      return { kind: name, left, right };
    }
    if (name !== "min" && name !== "max") {
      next -= 2;
      return fail("one of the functions ceil, floor, min, max");
    }
    const values = [sum()];
    while (take(",")) values.push(sum());
    need(")");
    return { kind: name, values };
  };
  const product = (): Expression => {
    let left = primary();
    while (take("*")) left = { kind: "*", left, right: primary() };
    return left;
  };
  const sum = (): Expression => {
    let left: Expression = take("-")
      ? { kind: "-", left: { kind: "number", value: 0 }, right: product() }
      : product();
    for (;;) {
      if (take("+")) left = { kind: "+", left, right: product() };
      else if (take("-")) left = { kind: "-", left, right: product() };
      else return left;
    }
  };

  const result = sum();
  if (next < tokens.length) fail("an operator (+ - *) or the end; a quotient belongs inside ceil or floor");
  return result;
}

function tokenize(source: string): { text: string; at: number }[] {
  const tokens: { text: string; at: number }[] = [];
  const pattern = /\s*(?:([A-Za-z][A-Za-z0-9]*|\d+|[-+*/(),])|(\S))/gy;
  for (let match = pattern.exec(source); match !== null; match = pattern.exec(source)) {
    const text = match[1] ?? match[2] ?? "";
    const at = pattern.lastIndex - text.length;
    if (match[2] !== undefined) {
      throw new ExpressionError(`"${text}" at column ${at + 1} of "${source}" is not part of an expression`);
    }
    tokens.push({ text, at });
  }
  return tokens;
}

/** Every name that an expression mentions. */
export function namesIn(expression: Expression): Set<string> {
  switch (expression.kind) {
    case "number":
      return new Set();
    case "name":
      return new Set([expression.name]);
    case "min":
    case "max":
      return new Set(expression.values.flatMap((value) => [...namesIn(value)]));
    default:
      return new Set([...namesIn(expression.left), ...namesIn(expression.right)]);
  }
}

/**
 * The value of an expression.
 * @throws ExpressionError for a name without a value or a division by zero; RangeError beyond 2^53 - 1.
 */
export function evaluate(expression: Expression, names: Names): number {
  switch (expression.kind) {
    case "number":
      return expression.value;
    case "name": {
      const value = Object.hasOwn(names, expression.name) ? names[expression.name] : undefined;
      if (value === undefined) throw new ExpressionError(`the name "${expression.name}" has no value here`);
      return value;
    }
    case "min":
      return Math.min(...expression.values.map((value) => evaluate(value, names)));
    case "max":
      return Math.max(...expression.values.map((value) => evaluate(value, names)));
    default: {
      const left = evaluate(expression.left, names);
      const right = evaluate(expression.right, names);
      return combine(expression.kind, left, right);
    }
  }
}

function combine(kind: "+" | "-" | "*" | "ceil" | "floor", left: number, right: number): number {
  switch (kind) {
    case "+":
      return exact(left + right);
    case "-":
      return exact(left - right);
    case "*":
      return exact(left * right);
    default:
      if (right === 0) throw new ExpressionError("division by zero");
      return kind === "ceil" ? Math.ceil(left / right) : Math.floor(left / right);
  }
}

/** An index that is linear in loop variables: `constant + sum(coefficients[v] * v)`. */
export interface AffineIndex {
  readonly constant: number;
  readonly coefficients: ReadonlyMap<string, number>;
}

/**
 * Writes an index as a linear function of the loop variables in scope.
 * @throws ExpressionError if it is not linear in them.
 */
export function affine(expression: Expression, names: Names, variables: ReadonlySet<string>): AffineIndex {
  if (![...namesIn(expression)].some((name) => variables.has(name))) {
    return { constant: evaluate(expression, names), coefficients: new Map() };
  }
  if (expression.kind === "name") return { constant: 0, coefficients: new Map([[expression.name, 1]]) };
  if (expression.kind === "+" || expression.kind === "-" || expression.kind === "*") {
    const left = affine(expression.left, names, variables);
    const right = affine(expression.right, names, variables);
    if (expression.kind === "+") return add(left, right, 1);
    if (expression.kind === "-") return add(left, right, -1);
    if (left.coefficients.size === 0) return scale(right, left.constant);
    if (right.coefficients.size === 0) return scale(left, right.constant);
  }
  throw new ExpressionError(
    "an index must be linear in the loop variables (no products, ceil, floor, min or max of them)",
  );
}

function add(left: AffineIndex, right: AffineIndex, sign: 1 | -1): AffineIndex {
  const coefficients = new Map(left.coefficients);
  for (const [name, value] of right.coefficients) {
    coefficients.set(name, (coefficients.get(name) ?? 0) + sign * value);
  }
  return { constant: left.constant + sign * right.constant, coefficients };
}

function scale(index: AffineIndex, factor: number): AffineIndex {
  return {
    constant: index.constant * factor,
    coefficients: new Map([...index.coefficients].map(([name, value]) => [name, value * factor])),
  };
}
