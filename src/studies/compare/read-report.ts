import * as z from "zod";
import { DataError } from "../../data/data-error.js";
import type { Report } from "../../report/report.js";

const SCHEMA = "rebit/report@1";

const figure = { component: z.string(), energyJoules: z.number(), status: z.string() };
const entry = z.union([
  z.looseObject({ ...figure, action: z.string(), count: z.number(), joulesPerAction: z.number() }),
  z.looseObject({ ...figure, state: z.string(), timeSeconds: z.number(), watts: z.number() }),
]);
const access = z.looseObject({
  ...{ component: z.string(), action: z.string(), tensor: z.string(), phase: z.string() },
  ...{ iteration: z.number(), count: z.number(), bytes: z.number() },
});
const phase = z.looseObject({ phase: z.string(), iteration: z.number(), energyJoules: z.number() });
const life = z.looseObject({ days: z.number() }).optional();

/** What comparing asks of a report; the rest is taken as it is. */
const reportShape = z.looseObject({
  experiment: z.looseObject({
    ...{ name: z.string(), chip: z.string(), firmware: z.string(), workload: z.string() },
  }),
  activity: z.looseObject({ source: z.string() }).optional(),
  accuracy: z.looseObject({ testErrorPercent: z.number().optional() }),
  storage: z.looseObject({
    weights: z.looseObject({ bits: z.number(), finalWeights: z.number() }),
    onChip: z.looseObject({ peakBytes: z.number() }),
    offChip: z.looseObject({ bytes: z.number() }),
  }),
  traffic: z.array(access),
  time: z.looseObject({ timeSeconds: z.number() }).optional(),
  energy: z
    .looseObject({ energyJoules: z.number(), entries: z.array(entry), phases: z.array(phase) })
    .optional(),
  power: z.looseObject({ averageWatts: z.number(), peakWatts: z.number() }).optional(),
  perSample: z.looseObject({ timeSeconds: z.number(), energyJoules: z.number() }).optional(),
  inference: z.looseObject({ timeSeconds: z.number(), energyJoules: z.number() }).optional(),
  wear: z.array(z.looseObject({ trainingsUntilWornOut: z.number().nullable() })),
  duty: z.looseObject({ energyJoules: z.number(), batteryLife: life, wearLife: life }).optional(),
  battery: z.looseObject({ trainingsPerCharge: z.number() }).optional(),
});

/**
 * A report that an earlier `run` or `estimate` printed with `--json`.
 * @returns undefined if the file is no JSON document of rebit's reports, but may be something else, such as an experiment
 * @throws DataError for a damaged report, one of another version, or another document of rebit
 */
export function parseReport(bytes: Uint8Array, path: string): Report | undefined {
  const text = new TextDecoder().decode(bytes);
  if (!text.trimStart().startsWith("{")) return undefined;
  const document = parseJson(text, path);
  const schema = String((document as { schema?: unknown }).schema);
  if (schema.startsWith("rebit/experiment@")) return undefined;
  if (schema !== SCHEMA) throw foreign(schema, path);
  const parsed = reportShape.safeParse(document);
  if (parsed.success) return document as Report;
  const [issue] = parsed.error.issues;
  const where = issue?.path.join(".") ?? "";
  const reason = `the report has no usable ${where === "" ? "content" : where}: ${issue?.message ?? "it is incomplete"}`;
  throw new DataError("bad-shape", path, 0, reason);
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const offset = Number(/position (\d+)/.exec(message)?.[1] ?? text.length);
    throw new DataError("damaged", path, offset, "this is no whole JSON document");
  }
}

function foreign(schema: string, path: string): DataError {
  if (schema.startsWith("rebit/report@")) {
    return new DataError(
      "wrong-version",
      path,
      0,
      `this is a ${schema}; this version of rebit reads ${SCHEMA}`,
    );
  }
  const found = schema === "undefined" ? "a JSON document without a schema" : `a ${schema} document`;
  return new DataError("unsupported", path, 0, `this is ${found}; expected an experiment or a ${SCHEMA}`);
}
