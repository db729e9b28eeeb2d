import type { Bindings } from "../../../src/firmware/binding.js";
import type { CountContext } from "../../../src/firmware/context.js";
import { parseExpression } from "../../../src/firmware/expression.js";
import type { Statement } from "../../../src/firmware/nest.js";

type Number = string | number;

const expression = (value: Number) => parseExpression(String(value));

/** Shorthand for statements, as firmware files write them. */
export const loop = (variable: string, of: Number, body: Statement[], step = 1): Statement => ({
  kind: "loop",
  variable,
  of: expression(of),
  step,
  updatedRows: false,
  body,
});
export const updated = (variable: string, body: Statement[], of: Number = "outputs"): Statement => ({
  kind: "loop",
  variable,
  of: expression(of),
  step: 1,
  updatedRows: true,
  body,
});
export const access = (
  action: "read" | "write",
  tensor: string,
  at: Number[],
  { count = 1, bits }: { count?: Number; bits?: Number } = {},
): Statement => ({
  kind: "access",
  action,
  tensor,
  at: at.map(expression),
  bits: bits === undefined ? undefined : expression(bits),
  count: expression(count),
});
export const stream = (
  tensor: string,
  at: Number[],
  bits: Number,
  action: "read" | "write" = "read",
): Statement => ({
  kind: "stream",
  action,
  tensor,
  at: at.map(expression),
  bits: expression(bits),
});
export const operation = (name: string, count: Number = 1): Statement => ({
  kind: "operation",
  name,
  count: expression(count),
});
type Stack = readonly [reads: number, writes: number];

const costs = (value: number, isas: readonly string[], [reads, writes]: Stack) => ({
  byIsa: new Map(isas.map((isa) => [isa, { cycles: value, status: "estimate", source: "a test" }])),
  stackByIsa: new Map(isas.map((isa) => [isa, { reads, writes }])),
});

export const cycles = (
  value: number,
  isas: readonly string[] = ["cortex-m3"],
  stack: Stack = [0, 0],
): Statement => ({
  kind: "cycles",
  ...costs(value, isas, stack),
});

/** A stream that takes cycles, and accesses to the stack, at each boundary between words. */
export const costly = (
  statement: Statement,
  value: number,
  isas: readonly string[] = ["cortex-m3"],
  stack: Stack = [0, 0],
): Statement => ({ ...statement, ...costs(value, isas, stack) }) as Statement;
export const when = (options: Record<string, string>, body: Statement[]): Statement => ({
  kind: "when",
  options: new Map(Object.entries(options)),
  body,
});
export const fetch = (tensor: string, into: string): Statement => ({ kind: "fetch", tensor, into });

export interface Shape {
  readonly inputs: number;
  readonly outputs: number;
  readonly cellBits: number;
  readonly columns: number;
  readonly classes: number;
  readonly firstCell: number;
  readonly firstRow: number;
  readonly portBits: number;
}

/** A context with the tensors of a layer. */
export function contextOf(shape: Partial<Shape> = {}, options: Record<string, string> = {}): CountContext {
  const {
    inputs = 5,
    outputs = 3,
    cellBits = 12,
    columns = 2,
    classes = 4,
    firstCell = 0,
    firstRow = 0,
    portBits = 32,
  } = shape;
  const rows = { first: firstRow, count: outputs };
  const bindings: Bindings = {
    weights: {
      tensor: "weights",
      dimensions: [outputs, inputs],
      elementBits: cellBits,
      firstBit: firstCell * cellBits,
      rows,
    },
    snapshot: {
      tensor: "snapshot",
      dimensions: [outputs, inputs],
      elementBits: 1,
      firstBit: firstCell,
      rows,
    },
    "activations.in": { tensor: "activations", dimensions: [columns, inputs], elementBits: 8, firstBit: 0 },
    stack: { tensor: "stack", dimensions: [1], elementBits: 32, firstBit: 0 },
    input: { tensor: "input", dimensions: [inputs], elementBits: 8, firstBit: 0 },
    logits: { tensor: "logits", dimensions: [classes], elementBits: 32, firstBit: 0 },
    samples: { tensor: "samples", dimensions: [9, inputs + 1], elementBits: 8, firstBit: 0, rows: "sample" },
    cachedLogits: {
      tensor: "cachedLogits",
      dimensions: [9, classes],
      elementBits: 32,
      firstBit: 0,
      rows: "sample",
    },
  };
  return {
    names: {
      inputs,
      outputs,
      cellBits,
      columns,
      classes,
      sample: 0,
      hiddenLayer: 1,
      outputLayer: 0,
      batch: 3,
    },
    bindings,
    options,
    isa: "cortex-m3",
    portBits,
  };
}
