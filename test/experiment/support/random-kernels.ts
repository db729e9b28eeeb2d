import fc from "fast-check";
import { ISAS, type KERNEL_NAMES } from "../../../src/firmware/names.js";
import type { Statement } from "../../../src/firmware/nest.js";
import type { FirmwareModel } from "../../../src/firmware/schema.js";
import {
  access,
  costly,
  cycles,
  fetch,
  loop,
  operation,
  stream,
  updated,
  when,
} from "../../firmware/support/nests.js";

export type Kernels = FirmwareModel["kernels"];

const action = fc.constantFrom("read" as const, "write" as const);
const step = fc.integer({ min: 1, max: 4 });

const stack = fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 }));

/** Operations, and cycles that are the same for every core. */
const work: fc.Arbitrary<Statement> = fc.oneof(
  fc
    .tuple(fc.constantFrom("add", "shift"), fc.integer({ min: 0, max: 7 }))
    .map(([name, count]) => operation(name, count)),
  fc.tuple(fc.integer({ min: 0, max: 99 }), stack).map(([value, accesses]) => cycles(value, ISAS, accesses)),
);

/** Accesses of a loop over `input` by some step, in reach of a row: none of them leaves the row's tensor. */
const inRow = (
  by: number,
  tensors: readonly ("weights" | "snapshot" | "gradient")[],
): fc.Arbitrary<Statement> => {
  const bitsOf = { weights: "cellBits", snapshot: "1", gradient: "32" } as const;
  const tensor = fc.constantFrom(...tensors);
  return fc.oneof(
    fc.tuple(action, tensor).map(([act, name]) => access(act, name, ["row", "input"], { count: by })),
    fc
      .tuple(action, tensor)
      .map(([act, name]) => access(act, name, ["row", "input"], { bits: `${bitsOf[name]} * ${by}` })),
    fc
      .tuple(action, tensor)
      .map(([act, name]) => stream(name, ["row", "input"], `${bitsOf[name]} * ${by}`, act)),
    fc.tuple(action, tensor).map(([act, name]) => access(act, name, ["row", "inputs - 1 - input"])),
    action.map((act) => access(act, "activations.in", ["inputColumns - 1", "input"], { count: by })),
    action.map((act) => access(act, "activations.in", ["0", "input"], { bits: 8 * by })),
    work,
  );
};

const plain: fc.Arbitrary<Statement> = fc.oneof(
  action.map((act) => access(act, "deltas.out", ["0"], { count: "outputs" })),
  action.map((act) => access(act, "logits", ["0"], { bits: "32 * classes" })),
  action.map((act) =>
    loop("column", "outputColumns", [access(act, "activations.out", ["column", "outputs - 1"])]),
  ),
  work,
);

/** A loop over rows around a loop over inputs, or the other way round. */
const rowNest = (
  tensors: readonly ("weights" | "snapshot" | "gradient")[],
  rows: "all" | "updated",
): fc.Arbitrary<Statement> =>
  fc
    .tuple(step, step, fc.boolean(), fc.constantFrom("none", "columns", "frozenColumns"))
    .chain(([rowStep, inputStep, inputsOutside, around]) => {
      const body = fc.array(inRow(inputStep, tensors), { minLength: 1, maxLength: 3 });
      const costs = fc.tuple(fc.integer({ min: 0, max: 99 }), stack);
      const whole = fc
        .tuple(action, fc.constantFrom(...tensors), costs)
        .map(([act, name, [value, accesses]]): Statement => {
          const bits = { weights: "cellBits", snapshot: "1", gradient: "32" }[name];
          const all = `${bits} * inputs * ${rows === "updated" ? 1 : rowStep}`;
          return costly(stream(name, ["row", "0"], all, act), value, ISAS, accesses);
        });
      const row = fc.tuple(body, fc.array(whole, { maxLength: 2 }), fc.array(plain, { maxLength: 1 }));
      return row.map(([inner, outer, more]): Statement => {
        const inputs = loop("input", "inputs", inner, inputStep);
        if (rows === "updated") return wrapped(around, updated("row", [...outer, inputs, ...more]));
        if (inputsOutside)
          return loop("input", "inputs", [loop("row", "outputs", inner, rowStep)], inputStep);
        return wrapped(around, loop("row", "outputs", [...outer, inputs, ...more], rowStep));
      });
    });

/** A loop around a nest, which for frozen columns never runs in the first iteration. */
function wrapped(around: string, nest: Statement): Statement {
  return around === "none" ? nest : loop("again", around, [nest], 2);
}

const several = (...choices: fc.Arbitrary<Statement>[]): fc.Arbitrary<Statement[]> =>
  fc.array(fc.oneof(...choices), { minLength: 0, maxLength: 3 });

const layerKernel = several(rowNest(["weights", "snapshot"], "all"), plain);
const accumulating = rowNest(["weights", "gradient"], "all").map((nest) =>
  when({ gradient: "accumulate" }, [nest]),
);

const update = several(
  rowNest(["weights", "snapshot"], "updated"),
  rowNest(["weights", "snapshot"], "all"),
  rowNest(["gradient", "weights"], "updated").map((nest) => when({ gradient: "accumulate" }, [nest])),
  // Within an updated row all rows are walked again.
  rowNest(["snapshot"], "all").map((nest) =>
    updated("updatedRow", [
      access("read", "weights", ["updatedRow", "0"], { bits: "cellBits * inputs" }),
      nest,
      access("write", "weights", ["updatedRow", "0"]),
    ]),
  ),
  fc.constant(
    when({ gradient: "replay" }, [
      loop("replayed", "batch", [
        loop("row", "outputs", [access("read", "deltas.batch", ["replayed", "row"])]),
        loop(
          "input",
          "inputs",
          [access("read", "activations.batch", ["replayed", "input"], { count: 3 })],
          3,
        ),
      ]),
      access("write", "accumulator", ["0"], { count: "inputs" }),
    ]),
  ),
);

const backward = several(
  rowNest(["weights"], "all"),
  fc.constant(access("write", "accumulator", ["0"], { count: "inputs" })),
  action.map((act) => loop("unit", "inputs", [access(act, "deltas.in", ["unit"], { count: 2 })], 2)),
);

const load = fc
  .tuple(fc.boolean(), several(plain, work))
  .map(([reads, more]): Statement[] => [
    fetch("samples", "input"),
    loop("pixel", "inputs", [access("write", "input", ["pixel"], { bits: 32 })], 4),
    when({ frozen: "cachedLogits" }, [
      access("read", "cachedLogits", ["sample", "0"], { count: reads ? "classes * cached" : 0 }),
    ]),
    ...more,
  ]);

const loss = several(
  plain,
  action.map((act) => access(act, "label", ["0"])),
);

const cache = fc.constant<Statement[]>([
  stream("logits", ["0"], "32 * classes"),
  stream("cachedLogits", ["sample", "0"], "32 * classes", "write"),
]);

/** Nests for every kernel that access what is there, and nothing beyond it. */
export const randomKernels: fc.Arbitrary<Kernels> = fc
  .record({
    initialise: layerKernel,
    load,
    forward: layerKernel,
    loss,
    backward,
    accumulate: several(accumulating, plain),
    update,
    snapshot: layerKernel,
    recycle: layerKernel,
    cache,
  } satisfies Record<Exclude<keyof typeof KERNEL_NAMES, "copy">, fc.Arbitrary<Statement[]>>)
  .map((kernels): Kernels => kernels);
