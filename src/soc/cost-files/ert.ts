import { listed, quote } from "../../config/problem.js";
import { suggest } from "../../config/suggest.js";
import type { Node, Origin } from "../../config/tree.js";
import { dynamicFactor } from "../core-domain.js";
import type { CostSource } from "../from-field.js";
import type { FileCost } from "./cost-tree.js";
import { type ErtRow, type ErtTable, ertTable, fail } from "./ert-table.js";

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

/** The argument by which an energy says at which core voltage it holds; `rebit export` writes it where that is not the nominal one. */
export const VOLTAGE_ARGUMENT = "voltage";

/** Whether a file is an energy reference table. */
export const isErt = (tree: Node): boolean => tree.type === "map" && tree.entries.has("ERT");

/** What takes energies from a table. */
export interface ErtComponent {
  readonly name: string;
  readonly kind: string;
  /** Volts at which its energies are to be stated, if it is in the core's domain. */
  readonly nominalVolts: number | undefined;
}

/**
 * The energies that a table has for a component.
 * @param asked where the component names the file
 * @throws ConfigError if the file has no such table, or several energies for an action
 */
export function ertCosts(tree: Node, component: ErtComponent, from: CostSource, asked: Origin): FileCost[] {
  const units = ACTION_UNITS[component.kind] ?? {};
  const table = ertTable(tree, component.name, Object.keys(units), from, asked);
  checkArguments(table, from, asked);
  const costs = Object.entries(units).flatMap(([action, unit]): FileCost[] => {
    const row = rowFor(action, table, component, from, asked);
    return row === undefined ? [] : [costOf(row, table, unit, component)];
  });
  if (costs.length > 0) return costs;
  const wanted = Object.keys(units).join(", ");
  return fail(asked, "no-cost", `${table.name} has no energy of ${component.name}: ${wanted}`);
}

function costOf(row: ErtRow, table: ErtTable, unit: string, component: ErtComponent): FileCost {
  const { volts, factor } = scalingOf(row, component);
  const scaling = factor === 1 ? "" : `, x (${component.nominalVolts} V / ${volts} V)^2`;
  return {
    path: ["energy", row.action],
    value: `${row.energy * factor} ${unit}`,
    status: "estimate",
    source: `Accelergy, table ${table.name}${scaling}`,
    origin: row.origin,
  };
}

/**
 * The voltage at which an energy holds, if its row says and it matters, and what makes it one at the nominal voltage.
 * @throws ConfigError `wrong-type` at the energy for what is no voltage: taken as it is, the energy would be another one
 */
function scalingOf(
  { arguments: given, origin }: ErtRow,
  { nominalVolts }: ErtComponent,
): { readonly volts?: number; readonly factor: number } {
  if (nominalVolts === undefined || !(VOLTAGE_ARGUMENT in given)) return { factor: 1 };
  const volts = given[VOLTAGE_ARGUMENT];
  if (typeof volts === "number" && Number.isFinite(volts) && volts > 0) {
    return { volts, factor: dynamicFactor({ nominalVolts: volts, volts: nominalVolts }) };
  }
  const found = typeof volts === "string" ? `the text ${quote(volts)}` : String(volts ?? "no scalar");
  const message = `expected the argument ${VOLTAGE_ARGUMENT} of this energy in volts, a number above 0 such as 1.2; found ${found}`;
  return fail(origin, "wrong-type", message);
}

/** An argument that no action has would choose nothing, without a word. */
function checkArguments({ name, rows }: ErtTable, from: CostSource, asked: Origin): void {
  const known = [...new Set(rows.flatMap((row) => Object.keys(row.arguments)))];
  for (const argument of Object.keys(from.arguments ?? {})) {
    if (known.includes(argument)) continue;
    const message = `no action of ${name} has an argument ${argument}; arguments: ${listed(known)}`;
    fail(asked, "no-cost", message, suggest(argument, known));
  }
}

/** The row of an action that the arguments choose; one without arguments holds for all. */
function rowFor(
  action: string,
  table: ErtTable,
  component: ErtComponent,
  from: CostSource,
  asked: Origin,
): ErtRow | undefined {
  const named = table.rows.filter((row) => row.action === action);
  const rows = named.filter(
    (row) =>
      Object.keys(row.arguments).length === 0 ||
      Object.entries(from.arguments ?? {}).every(([name, value]) => row.arguments[name] === value),
  );
  const known = (of: readonly ErtRow[]): string[] => [
    ...new Set(of.map((row) => JSON.stringify(row.arguments))),
  ];
  if (named.length > 0 && rows.length === 0) {
    const message = `${table.name} has no ${action} with these arguments; it has ${listed(known(named))}`;
    return fail(asked, "no-cost", message);
  }
  const [first, ...others] = rows;
  if (first === undefined) return undefined;
  // Equal energies at unequal voltages are not the same.
  const energyOf = (row: ErtRow): number => row.energy * scalingOf(row, component).factor;
  const other = others.find((row) => energyOf(row) !== energyOf(first));
  if (other === undefined) return first;
  const choices = known(rows);
  const advice =
    choices.length > 1
      ? `say which, from: {file: ${from.file}, arguments: ...}, one of ${listed(choices)}`
      : `lines ${first.origin.line} and ${other.origin.line} have the same arguments; leave one of them`;
  return fail(
    first.origin,
    "ambiguous-cost",
    `${table.name} has ${rows.length} energies for ${action}: ${advice}`,
  );
}
