import * as z from "zod";
import { type JsonSchema, leaf } from "../config/field.js";
import { strict, text } from "../config/fields.js";

import { toJsonSchema } from "../config/json-schema.js";
import { firmwareSchema } from "../firmware/schema.js";
import { workloadSchema } from "../rbnn/workload-schema.js";
import { chipSchema } from "../soc/chip-schema.js";
import { partSchema } from "../soc/part-schema.js";
import { placementSchema } from "../soc/placement/file-schema.js";
import { dutySchema } from "./duty-schema.js";
import { suiteSchema } from "./suite-schema.js";

const anyValue = leaf(
  { expected: "a value" },
  { description: "The value, as YAML." },
  (value): unknown => value,
);

/** rebit/experiment@1 */
export const experimentSchema = strict(
  {
    name: text({ doc: "Name in reports; by default the name of the file." }).optional(),
    chip: text({ doc: "Path of the chip, relative to this file." }),
    firmware: text({ doc: "Path of the firmware model, relative to this file." }),
    workload: text({ doc: "Path of the workload, relative to this file." }),
    set: z
      .record(z.string(), anyValue)
      .meta({ description: "Values that replace those of the files, by path: chip.clocks.core: 24 MHz." })
      .optional(),
    duty: dutySchema.optional(),
  },
  { doc: "A chip, a firmware model and a workload." },
);

export type ExperimentDocument = z.infer<typeof experimentSchema>;

/** Every kind of document, in the order in which the configuration reference lists them. */
export const documentSchemas = {
  chip: chipSchema,
  firmware: firmwareSchema,
  workload: workloadSchema,
  experiment: experimentSchema,
  part: partSchema,
  placement: placementSchema,
  suite: suiteSchema,
} as const;

export type DocumentKind = keyof typeof documentSchemas;

/** The `schema:` line of a kind. */
export function schemaLine(kind: DocumentKind): string {
  return `rebit/${kind}@1`;
}

/** Schemas by their `schema:` line. */
export const schemasByLine: Readonly<Record<string, z.ZodType>> = Object.fromEntries(
  Object.entries(documentSchemas).map(([kind, schema]) => [schemaLine(kind as DocumentKind), schema]),
);

/** The JSON Schema (draft-07) of a kind of document, for editors. */
export function jsonSchemaOf(kind: DocumentKind): JsonSchema {
  return toJsonSchema(documentSchemas[kind], {
    id: schemaLine(kind),
    title: `rebit ${kind}`,
    ...(kind === "chip" ? { supplier: "part" } : {}),
  });
}
