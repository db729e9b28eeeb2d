import { expect } from "chai";
import fc from "fast-check";
import type { Executions } from "../../src/firmware/context.js";
import { countNest } from "../../src/firmware/count.js";
import { ExpressionError } from "../../src/firmware/expression.js";
import type { Statement } from "../../src/firmware/nest.js";
import { talliedLines } from "./support/lines.js";
import {
  access,
  contextOf,
  costly,
  cycles,
  loop,
  operation,
  type Shape,
  stream,
  updated,
  when,
} from "./support/nests.js";
import { walked } from "./support/walked.js";

const shapes: fc.Arbitrary<Shape> = fc.record({
  inputs: fc.integer({ min: 1, max: 13 }),
  outputs: fc.integer({ min: 1, max: 6 }),
  cellBits: fc.integer({ min: 1, max: 16 }),
  columns: fc.integer({ min: 1, max: 3 }),
  classes: fc.integer({ min: 1, max: 5 }),
  firstCell: fc.integer({ min: 0, max: 40 }),
  firstRow: fc.integer({ min: 0, max: 4 }),
  portBits: fc.constantFrom(8, 16, 32, 64),
});

const step = fc.integer({ min: 1, max: 5 });
const action = fc.constantFrom("read" as const, "write" as const);
const options = { frozen: "recompute", gradient: "perSample" };

const stack = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }));

/** An index into a dimension of this extent, from one loop variable over it or from none. */
const index = (variable: string, extent: string) =>
  fc.constantFrom(
    variable,
    `${extent} - 1 - ${variable}`,
    `${extent} - (${variable} + 1)`,
    "0",
    `max(${extent} - 1, 0)`,
  );

/** Statements of a body in which `row` and `input` run; every one of them stays in range. */
const leaves: fc.Arbitrary<Statement> = fc.oneof(
  fc
    .tuple(
      action,
      fc.constantFrom("weights", "snapshot"),
      index("input", "inputs"),
      fc.integer({ min: 0, max: 3 }),
    )
    .map(([act, tensor, column, count]) => access(act, tensor, ["row", column], { count })),
  fc
    .tuple(action, index("input", "inputs"), fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1, max: 4 }))
    .map(([act, column, bits, count]) =>
      access(act, "activations.in", ["columns - 1", column], { count, bits }),
    ),
  fc
    .tuple(action, fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 4 }))
    .map(([act, bits, count]) =>
      access(act, "weights", ["row", "input"], { count, bits: `cellBits * ${bits}` }),
    ),
  fc.tuple(action, index("input", "inputs")).map(([act, column]) => access(act, "input", [column])),
  action.map((act) => access(act, "cachedLogits", ["sample", "0"], { count: "classes * outputLayer" })),
  action.map((act) => stream("weights", ["row", "input"], "cellBits", act)),
  action.map((act) => stream("snapshot", ["row", "0"], "inputs", act)),
  fc.constant(stream("activations.in", ["0", "0"], "8 * columns * inputs")),
  fc
    .tuple(fc.constantFrom("add", "shift"), fc.integer({ min: 0, max: 7 }))
    .map(([name, count]) => operation(name, count)),
  fc
    .tuple(fc.integer({ min: 0, max: 99 }), stack)
    .map(([value, accesses]) => cycles(value, undefined, accesses)),
  fc
    .tuple(fc.constantFrom("weights", "snapshot"), action, fc.integer({ min: 0, max: 99 }), stack)
    .map(([tensor, act, value, accesses]) => {
      const bits = tensor === "weights" ? "cellBits * inputs" : "inputs";
      return costly(stream(tensor, ["row", "0"], bits, act), value, undefined, accesses);
    }),
);

/** Bodies below `row` and `input`, with more loops and switches between. */
const bodies: fc.Arbitrary<Statement[]> = fc.letrec<{ body: Statement[]; statement: Statement }>((tie) => ({
  statement: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    leaves,
    fc
      .tuple(fc.constantFrom("classes", "columns", "0", "1"), step, tie("body"))
      .map(([of, by, body]) => loop("inner", of, body, by)),
    fc
      .tuple(fc.constantFrom("recompute", "cachedLogits"), tie("body"))
      .map(([frozen, body]) => when({ frozen, gradient: "perSample" }, body)),
  ),
  body: fc.array(tie("statement"), { minLength: 1, maxLength: 3 }),
})).body;

const withoutShadows = (statements: readonly Statement[], inside = false): boolean =>
  statements.every((statement) => {
    if (statement.kind === "when") return withoutShadows(statement.body, inside);
    if (statement.kind !== "loop") return true;
    const isInner = statement.variable === "inner";
    return !(isInner && inside) && withoutShadows(statement.body, inside || isInner);
  });

const nests = fc
  .tuple(
    bodies.filter((body) => withoutShadows(body)),
    step,
    step,
    fc.constantFrom("rows", "columns", "updated"),
  )
  .map(([body, rowStep, inputStep, order]) => {
    if (order === "rows")
      return [loop("row", "outputs", [loop("input", "inputs", body, inputStep)], rowStep)];
    if (order === "columns")
      return [loop("input", "inputs", [loop("row", "outputs", body, rowStep)], inputStep)];
    return [updated("row", [operation("compare"), loop("input", "inputs", body, inputStep)])];
  });

const executionsOf = (shape: Shape, times: number, seeds: readonly number[]): Executions => ({
  times,
  rowTimes: Array.from({ length: shape.outputs }, (_, row) => (seeds[row % seeds.length] ?? 0) % (times + 1)),
});

describe("counting loop nests in closed form", () => {
  it("equals walking every access one at a time", () => {
    const property = fc.property(
      shapes,
      nests,
      fc.integer({ min: 1, max: 3 }),
      fc.array(fc.nat(7), { minLength: 1, maxLength: 6 }),
      (shape, nest, times, seeds) => {
        const context = contextOf(shape, options);
        const executions = executionsOf(shape, times, seeds);
        expect(talliedLines(countNest(nest, context, executions))).to.deep.equal(
          walked(nest, context, executions).lines,
        );
      },
    );
    fc.assert(property, { seed: 1, numRuns: 500 });
  });

  it("refuses an index or a stream out of range exactly when walking leaves the tensor", () => {
    const nest = fc
      .tuple(
        step,
        step,
        fc.integer({ min: -3, max: 3 }),
        fc.integer({ min: -2, max: 2 }),
        fc.integer({ min: 0, max: 3 }),
        fc.boolean(),
      )
      .map(([rowStep, inputStep, factor, shift, rows, isStream]) => {
        const at = ["row", `${factor} * input + ${shift}`.replace("+ -", "- ")];
        const leaf = isStream ? stream("weights", at, `cellBits * ${rows}`) : access("read", "weights", at);
        return [loop("row", "outputs", [loop("input", "inputs", [leaf], inputStep)], rowStep)];
      });
    let refused = 0;
    const property = fc.property(shapes, nest, (shape, statements) => {
      const context = contextOf(shape);
      let problem: unknown;
      try {
        walked(statements, context);
      } catch (error) {
        problem = error;
      }
      const count = () => countNest(statements, context, { times: 1 });
      if (problem === undefined) expect(count).not.to.throw();
      else expect(count).to.throw(ExpressionError);
      refused += problem === undefined ? 0 : 1;
    });
    fc.assert(property, { seed: 2, numRuns: 400 });
    expect(refused).to.be.within(50, 350);
  });

  it("is linear in the number of invocations", () => {
    const property = fc.property(
      shapes,
      nests,
      fc.integer({ min: 1, max: 1_000_000 }),
      (shape, nest, times) => {
        const context = contextOf(shape, options);
        const once = talliedLines(countNest(nest, context, { times: 1 }));
        const often = talliedLines(countNest(nest, context, { times }));
        expect(often).to.deep.equal(
          Object.fromEntries(Object.entries(once).map(([key, count]) => [key, count * times])),
        );
      },
    );
    fc.assert(property, { seed: 3, numRuns: 100 });
  });
});
