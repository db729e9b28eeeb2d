import { nodeAt, type Origin, type Path, toValue } from "../../config/tree.js";
import { type TreeChange, treeChanges } from "../../config/tree-diff.js";
import type { Experiment } from "../../experiment/load.js";
import { type Bill, type BillChange, billChange, billWith, type Reprice } from "./reprice.js";

/**
 * A value that the two experiments do not share, and what the first changes by with this value of the second; `null` if it cannot be changed
 * by itself.
 */
export interface InputChange extends BillChange {
  /** As `--set` takes it: `chip.clocks.core`. */
  readonly path: string;
  /** `null` where there is none. */
  readonly before: unknown;
  readonly after: unknown;
  readonly writtenBefore: Place | null;
  readonly writtenAfter: Place | null;
}

export interface Place {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** How a file is named in places. */
export type NameOf = (path: string) => string;

export interface InputChanges {
  readonly changes: readonly InputChange[];
  /** What the changes one by one do not add up to. */
  readonly interaction: BillChange;
}

/** The parts of an experiment whose values are compared, in the order in which they are shown. */
export const DOCUMENTS = ["chip", "firmware", "workload", "duty"] as const;

/** Names and texts change nothing, nor does where a firmware's cycles are from. The path begins with the document: `firmware.calibration`. */
export const isDescription = ([document, ...path]: Path): boolean =>
  ["name", "description", "source", "status"].includes(String(path.at(-1))) ||
  (document === "firmware" && path[0] === "calibration");

/**
 * Which values differ, in the order of the files, and what each contributes: the first experiment is priced with one of
 * them at a time.
 */
export function inputChanges(
  before: Experiment,
  after: Experiment,
  bills: readonly [Bill, Bill],
  reprice: Reprice,
  nameOf: NameOf = (path) => path,
): InputChanges {
  const from = { experiment: before, bill: bills[0], reprice, nameOf };
  const hasOwnData = before.dataFiles !== undefined || after.dataFiles !== undefined;
  const isOfData = ([document, key]: Path): boolean =>
    hasOwnData && document === "workload" && key === "dataset";
  const changes = DOCUMENTS.flatMap((name) => [
    ...(name === "workload" && hasOwnData ? dataChange(after, from) : []),
    ...treeChanges(before.trees[name], after.trees[name])
      .filter(({ path }) => !isDescription([name, ...path]) && !isOfData([name, ...path]))
      .map((change) => describe(name, change, from)),
  ]);
  const whole = billChange(bills[0], bills[1]);
  const rest = (name: keyof BillChange): number | null => {
    const difference = whole[name];
    return difference === null
      ? null
      : changes.reduce((left, change) => left - (change[name] ?? 0), difference);
  };
  return {
    changes,
    interaction: {
      energyJoules: rest("energyJoules"),
      timeSeconds: rest("timeSeconds"),
      dayJoules: rest("dayJoules"),
    },
  };
}

/** What is changed in, and how. */
interface From {
  readonly experiment: Experiment;
  readonly bill: Bill;
  readonly reprice: Reprice;
  readonly nameOf: NameOf;
}

/**
 * A data set of files is one value: images go with their labels, and the same names are other files in another folder.
 * Their paths are those that `--set` takes.
 */
function dataChange(after: Experiment, { experiment: before, bill, reprice, nameOf }: From): InputChange[] {
  const [was, is] = [before, after].map(({ dataFiles, workload }) => dataFiles ?? workload.dataset);
  const place = ({ trees }: Experiment): Place | null =>
    placeOf(nodeAt(trees.workload, ["dataset"])?.node.origin, nameOf);
  const named = (data: typeof is): unknown =>
    typeof data === "object"
      ? Object.fromEntries(Object.entries(data).map(([key, path]) => [key, nameOf(path)]))
      : data;
  const [shownBefore, shownAfter] = [named(was), named(is)];
  if (JSON.stringify(shownBefore) === JSON.stringify(shownAfter)) return [];
  const alone = billWith("workload", before.trees.workload, ["dataset"], is, reprice);
  return [
    {
      path: "workload.dataset",
      before: shownBefore,
      after: shownAfter,
      writtenBefore: place(before),
      writtenAfter: place(after),
      ...billChange(bill, alone),
    },
  ];
}

function describe(
  name: (typeof DOCUMENTS)[number],
  { path, before, after }: TreeChange,
  from: From,
): InputChange {
  const dotted = [name, ...path].join(".");
  const { experiment, bill, reprice, nameOf } = from;
  const alone = billWith(name, experiment.trees[name], path, after && toValue(after), reprice);
  return {
    path: dotted,
    before: before === undefined ? null : toValue(before),
    after: after === undefined ? null : toValue(after),
    writtenBefore: placeOf(before?.origin, nameOf),
    writtenAfter: placeOf(after?.origin, nameOf),
    ...billChange(bill, alone),
  };
}

const placeOf = (origin: Origin | undefined, nameOf: NameOf): Place | null =>
  origin === undefined ? null : { path: nameOf(origin.file), line: origin.line, column: origin.column };
