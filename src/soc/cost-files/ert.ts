import { ConfigError, problemAt } from "../../config/problem.js";
import { suggest } from "../../config/suggest.js";
import { type ListNode, type MapNode, type Node, nodeAt, type Origin, textAt } from "../../config/tree.js";
import type { CostSource } from "../from-field.js";
import type { FileCost } from "./cost-tree.js";

/**
 * What an action of a component counts, by kind. Accelergy's energies are picojoules an action (accelergy/ERT_generator.py of
 * github.com/Accelergy-Project/accelergy, commit 39bdaae), whatever the action is.
 */
export const ACTION_UNITS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  cpu: { active: "pJ/cycle" },
  sram: { read: "pJ/access", write: "pJ/access" },
  "embedded-nvm": { read: "pJ/access" },
  dma: { transfer: "pJ/byte" },
  sensor: { read: "pJ/byte" },
  "nor-flash": {
    command: "pJ/access",
    read: "pJ/byte",
    write: "pJ/byte",
    program: "pJ/page",
    erase: "pJ/sector",
  },
  "nand-flash": {
    command: "pJ/access",
    load: "pJ/page",
    read: "pJ/byte",
    write: "pJ/byte",
    program: "pJ/page",
    erase: "pJ/sector",
  },
  fram: { command: "pJ/access", read: "pJ/byte", write: "pJ/byte" },
  mram: { command: "pJ/access", read: "pJ/byte", write: "pJ/byte" },
};

const fail = (origin: Origin, code: string, message: string, suggestion?: string): never => {
  throw new ConfigError([problemAt(origin, code, message, suggestion)]);
};

/** Whether a file is an energy reference table. */
export const isErt = (tree: Node): boolean => tree.type === "map" && tree.entries.has("ERT");

/**
 * The energies that a table has for a component.
 * @param asked where the component names the file
 * @throws ConfigError if the file has no such table, or several energies for an action
 */
export function ertCosts(
  tree: Node,
  component: { readonly name: string; readonly kind: string },
  from: CostSource,
  asked: Origin,
): FileCost[] {
  const table = tableOf(tree, component.name, from, asked);
  const units = ACTION_UNITS[component.kind] ?? {};
  const actions = listAt(table, "actions");
  const costs = Object.entries(units).flatMap(([action, unit]): FileCost[] => {
    const named = actions.items.filter((row) => textAt(row, "name") === action);
    const rows = named.filter((row) => hasArguments(row, from));
    if (named.length > 0 && rows.length === 0) {
      const known = named.map((row) => JSON.stringify(argumentsOf(row))).join(", ");
      const message = `${textAt(table, "name")} has no ${action} with these arguments; it has ${known}`;
      return fail(asked, "no-cost", message);
    }
    const [first] = rows;
    if (first === undefined) return [];
    const energies = rows.map((row) => energyOf(row));
    if (energies.some(({ value }) => value !== energies[0]?.value)) {
      const known = rows.map((row) => JSON.stringify(argumentsOf(row))).join(", ");
      const message = `${textAt(table, "name")} has ${rows.length} energies for ${action}: say which, from: {file: ${from.file}, arguments: ...}, one of ${known}`;
      return fail(first.origin, "ambiguous-cost", message);
    }
    const [energy] = energies as [{ value: number; origin: Origin }];
    return [
      {
        path: ["energy", action],
        value: `${energy.value} ${unit}`,
        status: "estimate",
        source: `Accelergy, table ${textAt(table, "name")}`,
        origin: energy.origin,
      },
    ];
  });
  if (costs.length > 0) return costs;
  const wanted = Object.keys(units).join(", ");
  return fail(asked, "no-cost", `${textAt(table, "name")} has no energy of ${component.name}: ${wanted}`);
}

function listAt(node: Node, key: string): ListNode {
  const found = nodeAt(node, [key])?.node;
  return found?.type === "list"
    ? found
    : fail(found?.origin ?? node.origin, "wrong-type", `expected a list under ${key}`);
}

/** The table that is asked for, or whose last name is the component's: "chip.PE[0..3].sram[0..1]" is of "sram". */
function tableOf(tree: Node, component: string, { table }: CostSource, asked: Origin): MapNode {
  const ert = nodeAt(tree, ["ERT"])?.node ?? tree;
  const tables = listAt(ert, "tables").items;
  const nameOf = (node: Node): string => textAt(node, "name") ?? "";
  const lastName = (name: string): string =>
    name
      .replaceAll(/\[[^\]]*\]/g, "")
      .split(".")
      .at(-1) ?? "";
  const found = tables.filter((node) =>
    table === undefined ? lastName(nameOf(node)) === component : nameOf(node) === table,
  );
  const names = tables.map(nameOf);
  const [only, another] = found;
  if (only === undefined) {
    const wanted = table ?? component;
    const message = `there is no table for ${wanted}; tables: ${names.join(", ") || "none"} (from: {file, table} chooses one)`;
    return fail(asked, "no-cost", message, suggest(wanted, names));
  }
  if (another !== undefined) {
    const message = `several tables are called ${table ?? component}: ${found.map(nameOf).join(", ")}; choose one with from: {file, table}`;
    return fail(asked, "ambiguous-cost", message);
  }
  return only.type === "map"
    ? only
    : fail(only.origin, "wrong-type", "expected a table with name and actions");
}

function argumentsOf(row: Node): Readonly<Record<string, unknown>> {
  const found = nodeAt(row, ["arguments"])?.node;
  if (found?.type !== "map") return {};
  return Object.fromEntries(
    [...found.entries].map(([key, { value }]) => [key, value.type === "scalar" ? value.value : undefined]),
  );
}

function hasArguments(row: Node, from: CostSource): boolean {
  const given = argumentsOf(row);
  if (Object.keys(given).length === 0) return true;
  return Object.entries(from.arguments ?? {}).every(([name, value]) => given[name] === value);
}

function energyOf(row: Node): { readonly value: number; readonly origin: Origin } {
  const found = nodeAt(row, ["energy"])?.node;
  if (
    found?.type === "scalar" &&
    typeof found.value === "number" &&
    Number.isFinite(found.value) &&
    found.value >= 0
  ) {
    return { value: found.value, origin: found.origin };
  }
  return fail(found?.origin ?? row.origin, "wrong-type", "expected the energy of an action in picojoules");
}
