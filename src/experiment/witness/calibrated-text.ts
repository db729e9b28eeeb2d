import { isMap, isScalar, parseDocument, type YAMLMap } from "yaml";
import type { StackAccesses } from "../../firmware/nest.js";
import type { CalibratedFigure } from "./calibrate.js";

/** Where the figures of an instruction set are from. */
export interface Provenance {
  readonly status: string;
  readonly source: string;
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The text of a firmware model with calibrated figures in place of those it has, and all else as it was, comments and
 * layout included.
 * @param text of a valid model that extends no other
 * @throws RangeError for a figure that the text does not have
 */
export function calibratedText(
  text: string,
  isa: string,
  figures: readonly Pick<CalibratedFigure, "path" | "cycles" | "stack">[],
  provenance: Provenance,
): string {
  const document = parseDocument(text);
  const edits = figures.flatMap(({ path, cycles, stack }): Edit[] => {
    const statement = document.getIn(["kernels", ...path], true);
    const costs = document.getIn(["kernels", ...path, "cycles"], true);
    const cost = isMap(costs) ? costs.get(isa, true) : undefined;
    if (!isMap(statement) || cost === undefined) {
      throw new RangeError(`kernels.${path.join(".")} has no cycles for ${isa}`);
    }
    const [start, end] = rangeOf(cost);
    // A statement's own status would speak for the new figure, too.
    const isLabelled = statement.has("status") || statement.has("source");
    const cycleText = isLabelled ? inline({ value: cycles, ...provenance }) : String(cycles);
    return [{ start, end, text: cycleText }, ...stackEdits(text, statement, isa, stack)];
  });
  const root = document.contents;
  if (!isMap(root)) throw new RangeError("the model is no map");
  return applied(text, [...edits, provenanceEdit(root, isa, provenance)]);
}

/**
 * The text of a firmware model with the size of its code, where it gives one of its own.
 * @param source what the size is of
 */
export function withCodeSize(text: string, bytes: number, source: string): string {
  const size = parseDocument(text).getIn(["memory", "code"], true);
  if (size === undefined) return text;
  const [start, end] = rangeOf(size);
  return applied(text, [{ start, end, text: inline({ value: `${bytes} B`, status: "measured", source }) }]);
}

/** Writes the stack's accesses of an instruction set beside the cycles. */
function stackEdits(
  document: string,
  statement: YAMLMap,
  isa: string,
  { reads, writes }: StackAccesses,
): Edit[] {
  const before = statement.get("stack", true);
  const isKnown = isMap(before) && before.has(isa);
  if (!isKnown && reads + writes === 0) return [];
  const entries = { ...(isMap(before) ? (before.toJSON() as object) : {}), [isa]: [reads, writes] };
  const text = inline(entries);
  if (isMap(before)) {
    const [start, end] = rangeOf(before);
    return [{ start, end, text }];
  }
  const [, end] = rangeOf(statement.get("cycles", true));
  const [first] = rangeOf(statement.items[0]?.key);
  const column = first - document.lastIndexOf("\n", first) - 1;
  const separator = statement.flow ? ", " : `\n${" ".repeat(column)}`;
  return [{ start: end, end, text: `${separator}stack: ${text}` }];
}

/** Writes the entry of an instruction set into the map `calibration`, which comes before the kernels if there is none. */
function provenanceEdit(root: YAMLMap, isa: string, provenance: Provenance): Edit {
  const before =
    root.get("calibration") === undefined ? {} : (root.toJSON() as { calibration: object }).calibration;
  const entries = Object.entries({ ...before, [isa]: provenance }).map(
    ([name, value]) => `  ${name}: ${inline(value as object)}\n`,
  );
  const block = `calibration:\n${entries.join("")}`;
  const keyStart = (name: string): number => {
    const pair = root.items.find(({ key }) => isScalar(key) && key.value === name);
    return pair === undefined ? -1 : rangeOf(pair.key)[0];
  };
  const known = keyStart("calibration");
  if (known === -1) return { start: keyStart("kernels"), end: keyStart("kernels"), text: block };
  return { start: known, end: rangeOf(root.get("calibration", true))[2], text: block };
}

/** A map on one line; JSON is YAML. */
const inline = (map: object): string =>
  `{${Object.entries(map)
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
    .join(", ")}}`;

/** Where a node starts, where its value ends, and where what belongs to it ends. */
function rangeOf(node: unknown): [start: number, valueEnd: number, end: number] {
  const { range } = node as { range?: [number, number, number] | null };
  if (range === undefined || range === null) throw new RangeError("a node has no place in the text");
  return range;
}

function applied(text: string, edits: readonly Edit[]): string {
  let result = text;
  for (const { start, end, text: replacement } of edits.toSorted((a, b) => b.start - a.start)) {
    result = result.slice(0, start) + replacement + result.slice(end);
  }
  return result;
}
