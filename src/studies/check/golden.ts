import * as z from "zod";
import type { MapNode, Node, Origin, Path } from "../../config/tree.js";
import { toValue } from "../../config/tree.js";
import { DataError } from "../../data/data-error.js";
import { sha256Hex, sha256OfJson } from "../../experiment/digest.js";
import type { Experiment } from "../../experiment/load.js";
import { relativeTo } from "../../experiment/paths.js";
import type { Energy } from "../../report/costs.js";
import type { Report } from "../../report/report.js";
import { DOCUMENTS, isDescription } from "../compare/input-changes.js";
import { QUANTITIES } from "../compare/quantities.js";

const SCHEMA = "rebit/golden@1";

/** A figure goes into a golden with so many digits: fewer than a float has, so that its last bits do not matter. */
const DIGITS = 12;

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const goldenShape = z.strictObject({
  schema: z.literal(SCHEMA),
  experiment: z.string(),
  totals: z.record(z.string(), z.number()),
  /** Counts with their costs, as in the report's energy bill. */
  entries: z.array(
    z.union([
      z.strictObject({
        component: z.string(),
        action: z.string(),
        count: z.number(),
        joulesPerAction: z.number(),
      }),
      z.strictObject({
        component: z.string(),
        state: z.string(),
        timeSeconds: z.number(),
        watts: z.number(),
      }),
    ]),
  ),
  phases: z.array(z.strictObject({ phase: z.string(), iteration: z.number(), cycles: z.number() })),
  /** Every value of the resolved documents, with where it was written; a kernel and a file by its digest. */
  inputs: z.array(z.strictObject({ path: z.string(), value: scalar, at: z.string() })),
});

/** What a case expects: small and readable, and enough to say what changed. */
export type Golden = z.infer<typeof goldenShape>;
export type GoldenInput = Golden["inputs"][number];

const rounded = (value: number): number => Number(value.toPrecision(DIGITS));

/**
 * What a report comes to, as a golden keeps it.
 * @param from the suite; places are relative to it, so that a golden is the same in every checkout
 */
export function goldenOf(report: Report, experiment: Experiment, from: string): Golden {
  const totals = QUANTITIES.flatMap(({ name, of }) => {
    const value = of(report);
    return value === undefined || value === null ? [] : [[name, rounded(value)] as const];
  });
  return {
    schema: SCHEMA,
    experiment: report.experiment.name,
    totals: Object.fromEntries(totals),
    entries: (report.energy?.entries ?? []).map((entry) =>
      "action" in entry
        ? {
            component: entry.component,
            action: entry.action,
            count: entry.count,
            joulesPerAction: rounded(entry.joulesPerAction),
          }
        : {
            component: entry.component,
            state: entry.state,
            timeSeconds: rounded(entry.timeSeconds),
            watts: rounded(entry.watts),
          },
    ),
    phases: (report.time?.phases ?? []).map(({ phase, iteration, cycles }) => ({ phase, iteration, cycles })),
    inputs: inputsOf(experiment, from),
  };
}

/** The bill of a golden, for attributing differences. */
export function energyOf({ entries }: Golden): Energy {
  const figures = entries.map((entry) => {
    const energyJoules =
      "action" in entry ? entry.count * entry.joulesPerAction : entry.timeSeconds * entry.watts;
    return { ...entry, energyJoules, source: "", status: "" };
  });
  const energyJoules = figures.reduce((sum, entry) => sum + entry.energyJoules, 0);
  return { energyJoules, placeholderShare: 0, entries: figures, phases: [] };
}

/** One value a line. */
export function goldenText({ entries, phases, inputs, ...head }: Golden): string {
  const lines = (items: readonly object[]): string =>
    items.map((item) => `\n    ${JSON.stringify(item)}`).join(",");
  const lists = Object.entries({ entries, phases, inputs }).map(
    ([name, items]) => `  "${name}": [${lines(items)}\n  ]`,
  );
  return `${JSON.stringify(head, undefined, 2).replace(/\n\}$/, "")},\n${lists.join(",\n")}\n}\n`;
}

/** @throws DataError for a damaged golden, one of another version, or another document */
export function parseGolden(bytes: Uint8Array, path: string): Golden {
  let document: unknown;
  try {
    document = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new DataError("damaged", path, 0, "this is no whole JSON document; --bless writes a golden anew");
  }
  const schema = String((document as { schema?: unknown } | null)?.schema);
  if (schema !== SCHEMA) {
    const code = schema.startsWith("rebit/golden@") ? "wrong-version" : "unsupported";
    const found = schema === "undefined" ? "has no schema" : `is a ${schema}`;
    throw new DataError(code, path, 0, `this ${found}; expected ${SCHEMA}, which --bless writes`);
  }
  const parsed = goldenShape.safeParse(document);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new DataError(
    "bad-shape",
    path,
    0,
    `${issue?.path.join(".")}: ${issue?.message}; --bless writes it anew`,
  );
}

function inputsOf(experiment: Experiment, from: string): GoldenInput[] {
  const { trees, inputs, path } = experiment;
  const at = ({ file, line }: Origin): string => `${relativeTo(from, file)}:${line}`;
  const values = DOCUMENTS.flatMap((name) =>
    leavesOf(trees[name], [name])
      .filter((leaf) => !isDescription(leaf.path))
      .map(({ path: keys, node, value }) => ({
        path: keys.join("."),
        value,
        at: at(node.origin),
      })),
  );
  // What is no document of these: the tables of the SRAM.
  const tables = inputs.filter((input) => !/\.ya?ml$/.test(input.path) && input.path !== path);
  return [
    ...values,
    ...dataOf(experiment, from),
    ...tables.map((input) => ({
      path: relativeTo(from, input.path),
      value: `sha256:${sha256Hex(input.bytes)}`,
      at: `${relativeTo(from, input.path)}:1`,
    })),
  ];
}

/** What the files of a data set hold, since it can change while their names do not. */
function dataOf({ dataFiles, originOf, readDataset }: Experiment, from: string): GoldenInput[] {
  if (dataFiles === undefined) return [];
  const held = readDataset();
  return (Object.keys(dataFiles) as (keyof typeof dataFiles)[]).map((key) => {
    const { file, line } = originOf("workload", ["dataset", key]);
    return {
      path: relativeTo(from, dataFiles[key]),
      value: `sha256:${sha256Hex(held[key])}`,
      at: `${relativeTo(from, file)}:${line}`,
    };
  });
}

interface Leaf {
  readonly path: Path;
  readonly node: Node;
  readonly value: GoldenInput["value"];
}

function leavesOf(node: Node, path: Path): Leaf[] {
  if (path[0] === "firmware" && path[1] === "kernels" && path.length === 3) {
    return [{ path, node, value: `sha256:${sha256OfJson(toValue(node))}` }];
  }
  if (node.type === "scalar") return [{ path, node, value: node.value }];
  if (node.type === "list") return node.items.flatMap((item, index) => leavesOf(item, [...path, index]));
  return [...(node as MapNode).entries].flatMap(([key, { value }]) => leavesOf(value, [...path, key]));
}
