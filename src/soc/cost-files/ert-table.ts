import { ConfigError, listed, problemAt, quote } from "../../config/problem.js";
import { suggest } from "../../config/suggest.js";
import { type ListNode, type MapNode, type Node, nodeAt, type Origin, textAt } from "../../config/tree.js";
import type { CostSource } from "../from-field.js";

/** Ends reading with one problem. */
export const fail = (origin: Origin, code: string, message: string, suggestion?: string): never => {
  throw new ConfigError([problemAt(origin, code, message, suggestion)]);
};

/** An energy that a table has for an action. */
export interface ErtRow {
  readonly action: string;
  /** Values that are no scalars are undefined. */
  readonly arguments: Readonly<Record<string, unknown>>;
  /** Picojoules. */
  readonly energy: number;
  /** Where the energy is written. */
  readonly origin: Origin;
}

/** The energies of a component. */
export interface ErtTable {
  readonly name: string;
  readonly rows: readonly ErtRow[];
}

/**
 * The table that is asked for, or whose last name is the component's: "chip.PE[0..3].sram[0..1]" is of "sram". Only rows of these
 * actions are read.
 * @param asked where the component names the file
 * @throws ConfigError if there is none, or several, or it is damaged
 */
export function ertTable(
  tree: Node,
  component: string,
  actions: readonly string[],
  { table }: CostSource,
  asked: Origin,
): ErtTable {
  const tables = listAt(nodeAt(tree, ["ERT"])?.node ?? tree, "tables").items.map((node) => ({
    node,
    name: textAt(node, "name") ?? fail(node.origin, "wrong-type", "expected a table with a name and actions"),
  }));
  const wanted = table ?? component;
  const [only, ...others] = tables.filter(
    ({ name }) => (table === undefined ? lastName(name) : name) === wanted,
  );
  const choice = "from: {file, table} chooses one";
  if (only === undefined) {
    const names = tables.map(({ name }) => name);
    const message = `there is no table for ${wanted}; tables: ${listed(names)} (${choice})`;
    return fail(asked, "no-cost", message, suggest(wanted, names));
  }
  if (others.length > 0) {
    const names = [only, ...others].map(({ name }) => name);
    const isChosen = new Set(names).size === names.length;
    const message = `several tables are called ${wanted}: ${listed(names)}; ${isChosen ? choice : "a name must be that of one table"}`;
    return fail(asked, "ambiguous-cost", message);
  }
  const rows = listAt(only.node, "actions").items.filter((row) =>
    actions.includes(textAt(row, "name") ?? ""),
  );
  return { name: only.name, rows: rows.map(rowOf) };
}

const lastName = (name: string): string | undefined =>
  name
    .replaceAll(/\[[^\]]*\]/g, "")
    .split(".")
    .at(-1);

function listAt(node: Node, key: string): ListNode {
  const found = nodeAt(node, [key])?.node;
  return found?.type === "list"
    ? found
    : fail(found?.origin ?? node.origin, "wrong-type", `expected a list under ${key}`);
}

function rowOf(row: Node): ErtRow {
  const given = nodeAt(row, ["arguments"])?.node;
  return {
    action: textAt(row, "name") ?? "",
    arguments: given?.type === "map" ? valuesOf(given) : {},
    ...energyOf(row),
  };
}

const valuesOf = (map: MapNode): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    [...map.entries].map(([key, { value }]) => [key, value.type === "scalar" ? value.value : undefined]),
  );

function energyOf(row: Node): Pick<ErtRow, "energy" | "origin"> {
  const found = nodeAt(row, ["energy"])?.node;
  const value = found?.type === "scalar" ? found.value : undefined;
  if (found !== undefined && typeof value === "number" && Number.isFinite(value) && value >= 0) {
    return { energy: value, origin: found.origin };
  }
  const shown = typeof value === "string" ? `the text ${quote(value)}` : String(value ?? "nothing");
  const what = found === undefined || found.type === "scalar" ? shown : `a ${found.type}`;
  const message = `expected the energy of an action in picojoules, a number of at least 0; found ${what}`;
  return fail(found?.origin ?? row.origin, "wrong-type", message);
}
