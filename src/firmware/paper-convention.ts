import type { Activity } from "../rbnn/activity.js";
import { countNest } from "./count.js";
import { parseExpression } from "./expression.js";
import { lower } from "./lower.js";
import type { Statement } from "./nest.js";
import { Tally } from "./tally.js";
import type { TrainingRun } from "./training-run.js";

/** Operations of one sample as arXiv 1709.05306, Table 2, counts them. */
export interface PaperOperations {
  readonly learning: { readonly shift: number; readonly multiply: number; readonly add: number };
  readonly inference: { readonly shift: number; readonly add: number };
}

const operation = (name: string): Statement => ({ kind: "operation", name, count: parseExpression("1") });
const loop = (variable: string, of: string, body: Statement[]): Statement => ({
  kind: "loop",
  variable,
  of: parseExpression(of),
  step: 1,
  updatedRows: false,
  body,
});

/** A multiply-accumulate with a binary weight, which the paper counts as one shift and one add; every column. */
const PAPER_FORWARD = [
  loop("output", "outputs", [
    loop("input", "inputs", [loop("column", "columns", [operation("shift"), operation("add")])]),
  ]),
];

/** Gradient (delta x activation), learning rate (a shift) and subtraction; the plastic column only. */
const PAPER_UPDATE = [
  loop("output", "outputs", [
    loop("input", "inputs", [operation("multiply"), operation("shift"), operation("add")]),
  ]),
];

/**
 * Learning operations of one sample summed over the iterations of the recursion, and those of one inference, in the
 * convention of arXiv 1709.05306, Table 2: forward and update only; the backward pass through the output layer,
 * activations and loss are not counted there.
 */
export function paperOperations(run: TrainingRun): PaperOperations {
  const learning = new Tally();
  const inference = new Tally();
  const rowsOf = run.layers.map((layer) => new Array<number>(layer.outputs).fill(1));
  const oneSample: TrainingRun = {
    ...run,
    batch: 1,
    batchesPerEpoch: 1,
    gradient: "perSample",
    frozen: "recompute",
  };
  const activity: Activity = {
    iterations: Array.from({ length: run.iterations }, (_, position) => ({
      iteration: position + 1,
      epochs: 1,
      snapshots: 0,
      rowUpdates: rowsOf,
      zeroDeltaSamples: run.layers.slice(1).map(() => 0),
    })),
  };
  for (const { kernel, phase, names, bindings, executions } of lower(oneSample, activity)) {
    const nest = kernel === "update" ? PAPER_UPDATE : kernel === "forward" ? PAPER_FORWARD : undefined;
    if (nest === undefined || phase === "validate") continue;
    const tally = phase === "infer" ? inference : learning;
    countNest(nest, { names, bindings, options: {}, isa: "", portBits: 32 }, executions, tally);
  }
  const count = (tally: Tally, name: string): number => tally.operations.get(name) ?? 0;
  return {
    learning: {
      shift: count(learning, "shift"),
      multiply: count(learning, "multiply"),
      add: count(learning, "add"),
    },
    inference: { shift: count(inference, "shift"), add: count(inference, "add") },
  };
}
