import * as z from "zod";
import { cost } from "../config/cost-field.js";
import { leaf } from "../config/field.js";
import { either, integer, list, oneOf, record, strict, text } from "../config/fields.js";
import { unknownNames } from "./check-names.js";
import { type Expression, ExpressionError, parseExpression } from "./expression.js";
import {
  FIRMWARE_OPTIONS,
  ISAS,
  KERNEL_NAMES,
  type KernelName,
  LAYOUTS,
  type Layout,
  OPTIONAL_KERNELS,
} from "./names.js";
import type { Statement } from "./nest.js";
import { HEADS, type StatementInput, toStatement } from "./statement.js";

/** An integer expression, or a whole number. */
function expression(doc: string): z.ZodType<Expression> {
  const expected = "a whole number or an expression such as ceil(inputs / 32)";
  return leaf(
    { expected },
    { type: ["integer", "string"], description: doc },
    (value, complain): Expression => {
      const source =
        typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? String(value) : value;
      if (typeof source !== "string") return complain("wrong-type", `expected ${expected}`);
      try {
        return parseExpression(source);
      } catch (error) {
        if (!(error instanceof ExpressionError)) throw error;
        return complain("bad-expression", error.message);
      }
    },
  );
}

const STATUSES = ["measured", "datasheet", "derived", "estimate", "placeholder"] as const;

const cycleCost = either(
  [
    integer({ doc: "Core cycles of one execution at zero wait states.", min: 0 }),
    strict(
      {
        value: integer({ doc: "Core cycles of one execution at zero wait states.", min: 0 }),
        status: oneOf(STATUSES, { doc: "How far the figure can be trusted." }).optional(),
        source: text({ doc: "Where the figure is from." }).optional(),
      },
      { doc: "Cycles and where they are from." },
    ),
  ],
  { doc: "Core cycles of one execution at zero wait states." },
);

/** One statement of a loop nest; which it is shows in its head: for, read, write, stream, fetch, op, cycles or when. */
const statement: z.ZodType<Statement> = z.lazy(() =>
  strict(
    {
      for: text({ doc: "Loop: the name of its variable." }).optional(),
      of: expression("Loop: the variable runs from 0 below this.").optional(),
      step: integer({
        doc: "Loop: elements of a tile; the tail tile uses its real size.",
        min: 1,
      }).optional(),
      rows: oneOf(["all", "updated"], {
        doc: "Loop over the rows of a layer: updated runs the body only for rows whose delta is not zero.",
      }).optional(),
      do: list(statement, { doc: "Body of a loop or of when." }).optional(),
      read: text({ doc: "Reads a tensor." }).optional(),
      write: text({ doc: "Writes a tensor." }).optional(),
      stream: text({
        doc: "Passes over consecutive bits of a tensor, costing the words that they touch.",
      }).optional(),
      action: oneOf(["read", "write"], { doc: "Stream: read (default) or write." }).optional(),
      at: list(expression("Index, linear in the loop variables."), {
        doc: "First element; the innermost indexes may do.",
      }).optional(),
      bits: expression(
        "Bits of each access (default: the tensor's element), or of the whole stream.",
      ).optional(),
      count: expression("Accesses or operations (default 1).").optional(),
      fetch: text({ doc: "Brings one sample from the sensor or its memory on chip." }).optional(),
      into: text({ doc: "Fetch: the tensor that it lands in." }).optional(),
      op: text({ doc: "Arithmetic operation: add, shift, multiply, compare, ..." }).optional(),
      cycles: record(cycleCost, {
        doc: "Core cycles by instruction set; of a stream, for each boundary between words of 32 bits that it crosses.",
      }).optional(),
      stack: record(
        list(integer({ doc: "Accesses of a word.", min: 0 }), {
          doc: "[loads, stores] of the stack and of the program's own variables.",
          min: 2,
          max: 2,
        }),
        {
          doc: "Cycles: what the compiler keeps in memory, by instruction set: [loads, stores] of a word of 32 bits, for each execution, or of a stream each boundary. Absent: none.",
        },
      ).optional(),
      status: oneOf(STATUSES, {
        doc: "Cycles: how far figures without a status of their own can be trusted.",
      }).optional(),
      source: text({ doc: "Cycles: where figures without a source of their own are from." }).optional(),
      when: record(text({ doc: "Value of the option." }), {
        doc: "Runs the body if these options have these values.",
      }).optional(),
    },
    { doc: `One statement, told by its head: ${HEADS.join(", ")}.` },
  ).transform((input, context): Statement => {
    const result = toStatement(input as StatementInput);
    if ("kind" in result) return result;
    const { code, message, key } = result;
    context.addIssue({ code: "custom", message, path: key === undefined ? [] : [key], params: { code } });
    return z.NEVER;
  }),
);

const provenance = strict(
  {
    status: oneOf(STATUSES, { doc: "How far these figures can be trusted." }),
    source: text({ doc: "Where they are from." }),
  },
  { doc: "Of the cycles of one instruction set." },
);

/** Where the cycles of an instruction set are from that do not say so themselves. */
const calibration = strict(
  Object.fromEntries(ISAS.map((isa) => [isa, provenance.optional()])) as Record<
    (typeof ISAS)[number],
    z.ZodOptional<typeof provenance>
  >,
  {
    doc: "Where cycles without a status of their own are from, by instruction set; `rebit firmware calibrate` writes it.",
  },
);

type Kernels = { readonly [K in KernelName]?: readonly Statement[] | undefined };

const kernels: z.ZodType<Kernels> = strict(
  Object.fromEntries(
    Object.entries(KERNEL_NAMES).map(([name, doc]) => {
      const kernel = list(statement, { doc: `Loop nest: ${doc}.` });
      return [name, OPTIONAL_KERNELS.has(name) ? kernel.optional() : kernel];
    }),
  ),
  { doc: "What each kernel does, as loop nests. An empty list costs nothing." },
).superRefine(
  (nests: Kernels | null, context) => {
    for (const [name, statements] of Object.entries(nests ?? {})) {
      // Statements that are wrong themselves have no kind and are passed over.
      for (const { path, message, code } of unknownNames(Array.isArray(statements) ? statements : [], [
        name,
      ])) {
        context.addIssue({ code: "custom", message, path, params: { code } });
      }
    }
  },
  // Also beside other problems, so that a file shows all of them at once.
  { when: () => true },
);

/** rebit/firmware@1 */
export const firmwareSchema = strict(
  {
    name: text({ doc: "Name in reports." }).optional(),
    description: text({ doc: "What this firmware is." }).optional(),
    options: strict(
      {
        gradient: oneOf(FIRMWARE_OPTIONS.gradient, {
          doc: "perSample: batch 1, no buffer (default there). accumulate: an int32 a plastic weight (default above batch 1). replay: activations, deltas and inputs of the batch buffered, one int32 row live.",
        }).optional(),
        frozen: oneOf(FIRMWARE_OPTIONS.frozen, {
          doc: "recompute: every frozen column in every forward pass. cachedLogits: int32 x classes x samples off chip, written once an iteration, read once a sample.",
        }).default("recompute"),
        buffering: oneOf(FIRMWARE_OPTIONS.buffering, {
          doc: "single: a transfer and the work on it do not overlap. double: two row buffers for each spilled tensor, so that a DMA engine moves rows beside the computing.",
        }).default("single"),
        wait: oneOf(FIRMWARE_OPTIONS.wait, {
          doc: "What the core does while a transfer, program or erase runs.",
        }).default("sleep"),
        placement: oneOf(FIRMWARE_OPTIONS.placement, {
          doc: "What the choice of rows that lie off chip makes least: the energy or the time of one training, at the bound of its activity.",
        }).default("energy"),
        offChipIdle: oneOf(FIRMWARE_OPTIONS.offChipIdle, {
          doc: "State of an idle off-chip memory.",
        }).default("standby"),
      },
      { doc: "Choices that change the answer." },
    ).prefault({}),
    layout: oneOf(Object.keys(LAYOUTS) as [Layout, ...Layout[]], {
      doc: `How a row keeps its weights: ${Object.entries(LAYOUTS)
        .map(([name, doc]) => `${name}: ${doc}`)
        .join(
          "; ",
        )}. Counts follow from the kernels; verify --iss reads the weights of the executable by it.`,
    }).default("packedFields"),
    samples: strict(
      {
        from: text({ doc: "sensor, or the name of an off-chip memory component with room for the samples." }),
      },
      { doc: "Where samples come from." },
    ).prefault({ from: "sensor" }),
    memory: strict(
      {
        code: cost("capacity", { doc: "Code and constants." }),
        stack: cost("capacity", { doc: "Stack." }),
      },
      { doc: "Memory of the program itself." },
    ),
    calibration: calibration.optional(),
    kernels,
  },
  { doc: "A firmware model: what the trainer's kernels cost, as loop nests." },
);

export type FirmwareModel = z.infer<typeof firmwareSchema>;
