import { expect } from "chai";
import fc from "fast-check";
import {
  affine,
  type Expression,
  ExpressionError,
  evaluate,
  namesIn,
  parseExpression,
} from "../../src/firmware/expression.js";

const names = { inputs: 784, outputs: 32, columns: 3 };
const resultOf = (source: string): number => evaluate(parseExpression(source), names);

const number = fc.nat(50).map((value): Expression => ({ kind: "number", value }));
const name = fc.constantFrom(...Object.keys(names)).map((text): Expression => ({ kind: "name", name: text }));
const expressions = fc.letrec<{ any: Expression }>((tie) => ({
  any: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    number,
    name,
    fc
      .tuple(
        fc.constantFrom("+" as const, "-" as const, "*" as const, "ceil" as const, "floor" as const),
        tie("any"),
        tie("any"),
      )
      .map(([kind, left, right]): Expression => ({ kind, left, right })),
    fc
      .tuple(
        fc.constantFrom("min" as const, "max" as const),
        fc.array(tie("any"), { minLength: 1, maxLength: 3 }),
      )
      .map(([kind, values]): Expression => ({ kind, values })),
  ),
})).any;

/** With every parenthesis that there can be. */
function print(expression: Expression): string {
  switch (expression.kind) {
    case "number":
      return String(expression.value);
    case "name":
      return expression.name;
    case "min":
    case "max":
      return `${expression.kind}(${expression.values.map(print).join(", ")})`;
    case "ceil":
    case "floor":
      return `${expression.kind}((${print(expression.left)}) / (${print(expression.right)}))`;
    default:
      return `(${print(expression.left)} ${expression.kind} ${print(expression.right)})`;
  }
}

/** What an expression means, in exact integers. */
function meaning(expression: Expression): bigint | undefined {
  switch (expression.kind) {
    case "number":
      return BigInt(expression.value);
    case "name":
      return BigInt(names[expression.name as keyof typeof names]);
    case "min":
    case "max": {
      const values = expression.values.map(meaning);
      if (values.some((value) => value === undefined)) return undefined;
      const sorted = (values as bigint[]).toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
      return expression.kind === "min" ? sorted[0] : sorted.at(-1);
    }
    default: {
      const [left, right] = [meaning(expression.left), meaning(expression.right)];
      if (left === undefined || right === undefined) return undefined;
      if (expression.kind === "+") return left + right;
      if (expression.kind === "-") return left - right;
      if (expression.kind === "*") return left * right;
      if (right === 0n) return undefined;
      const quotient = left / right;
      const isExact = quotient * right === left;
      const isNegative = left < 0n !== right < 0n;
      if (expression.kind === "floor") return isExact || !isNegative ? quotient : quotient - 1n;
      return isExact || isNegative ? quotient : quotient + 1n;
    }
  }
}

describe("an expression of a firmware model", () => {
  it("is parsed back from its own text", () => {
    fc.assert(
      fc.property(expressions, (expression) => {
        expect(parseExpression(print(expression))).to.deep.equal(expression);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it("has the value of the same sum in whole numbers, or none", () => {
    const property = fc.property(expressions, (expression) => {
      const expected = meaning(expression);
      const isSafe = expected !== undefined && expected >= -(2n ** 40n) && expected <= 2n ** 40n;
      if (isSafe) {
        try {
          expect(evaluate(expression, names) + 0).to.equal(Number(expected));
        } catch (error) {
          // A part of it may leave the exact range although the whole does not.
          expect(error).to.be.instanceOf(RangeError);
        }
      } else if (expected === undefined)
        expect(() => evaluate(expression, names)).to.throw(/division by zero|2\^53/);
    });
    fc.assert(property, { seed: 2, numRuns: 500 });
  });

  it("binds products before sums and groups from the left", () => {
    expect(resultOf("2 + 3 * 4")).to.equal(14);
    expect(resultOf("(2 + 3) * 4")).to.equal(20);
    expect(resultOf("10 - 3 - 2")).to.equal(5);
    expect(resultOf("-2 * 3 + 10")).to.equal(4);
    expect(resultOf("2 * (-3) + 10")).to.equal(4);
  });

  it("divides inside ceil and floor only", () => {
    expect(resultOf("ceil(inputs / outputs)")).to.equal(25);
    expect(resultOf("floor(inputs / outputs)")).to.equal(24);
    expect(resultOf("ceil((inputs - 1) / (2 * 3))")).to.equal(131);
    expect(resultOf("floor(2 * inputs / 3)")).to.equal(522);
    expect(resultOf("min(inputs, 3 * 10, outputs)")).to.equal(30);
    expect(() => parseExpression("inputs / 2")).to.throw(ExpressionError, /inside ceil or floor at column 8/);
    expect(() => resultOf("floor(1 / (columns - 3))")).to.throw(ExpressionError, "division by zero");
  });

  for (const [source, expected] of [
    ["", 'expected a number, a name or a parenthesis at column 1 of "", found the end'],
    ["inputs +", "at column 9"],
    ["(inputs", 'expected ")" at column 8'],
    ["inputs)", "at column 7"],
    ["inputs outputs", "at column 8"],
    ["2 inputs", "at column 3"],
    ["inputs % 2", '"%" at column 8'],
    ["inputs ** 2", "at column 9"],
    ["abs(inputs)", "one of the functions ceil, floor, min, max"],
    ["ceil(inputs)", 'expected "/" at column 12'],
    ["ceil(inputs - 1 / 2)", 'expected "/" at column 13'],
    ["ceil(inputs / 2 * 3)", 'expected ")" at column 17'],
    ["min()", "at column 5"],
    ["1.5", '"." at column 2'],
    ["__proto__", '"_" at column 1'],
    ["99999999999999999999", "a smaller whole number"],
    ["1\n+\u00a0$", '"$"'],
  ] as const) {
    it(`${JSON.stringify(source)} is refused with the place`, () => {
      expect(() => parseExpression(source)).to.throw(ExpressionError, expected);
    });
  }

  it("nested beyond reason is refused and no stack overflow", () => {
    for (const source of [
      "(".repeat(20_000),
      `${"(".repeat(20_000)}1${")".repeat(20_000)}`,
      `1${"+1".repeat(200_000)}`,
    ]) {
      expect(() => resultOf(source), source.slice(0, 5)).to.throw(ExpressionError);
    }
  });

  it("lists its names, and a name that has no value is an error", () => {
    expect([...namesIn(parseExpression("min(row, 2) * ceil(inputs / 4) - row"))]).to.have.members([
      "row",
      "inputs",
    ]);
    expect(() => resultOf("row")).to.throw(ExpressionError, '"row" has no value');
    expect(() => resultOf("toString")).to.throw(ExpressionError, '"toString" has no value');
  });
});

describe("a linear index", () => {
  it("may have its factor on either side of a variable", () => {
    const variables = new Set(["outputs"]);
    for (const text of ["3 * outputs + 1", "outputs * 3 + 1"]) {
      const { constant, coefficients } = affine(parseExpression(text), names, variables);
      expect({ constant, factor: coefficients.get("outputs") }, text).to.deep.equal({
        constant: 1,
        factor: 3,
      });
    }
    expect(() => affine(parseExpression("outputs * outputs"), names, variables)).to.throw(/linear/);
  });

  it("has the value of its expression for all values of the variables", () => {
    const property = fc.property(expressions, fc.nat(20), fc.nat(20), (expression, outputs, columns) => {
      const variables = new Set(["outputs", "columns"]);
      let index: ReturnType<typeof affine>;
      try {
        index = affine(expression, names, variables);
      } catch (error) {
        expect((error as Error).message).to.match(/linear|division by zero|2\^53/);
        return;
      }
      const value = evaluate(expression, { ...names, outputs, columns });
      const { constant, coefficients } = index;
      expect(
        constant +
          (coefficients.get("outputs") ?? 0) * outputs +
          (coefficients.get("columns") ?? 0) * columns +
          0,
      ).to.equal(value + 0);
    });
    fc.assert(property, { seed: 3, numRuns: 400 });
  });
});
