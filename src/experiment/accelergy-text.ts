import { Document, type Scalar, type YAMLMap, type YAMLSeq } from "yaml";
import type { Chip } from "../soc/chip.js";
import { ACTION_UNITS, VOLTAGE_ARGUMENT } from "../soc/cost-files/ert.js";
import type { Figure } from "../soc/costs.js";
import { actionRows, restingRows } from "../soc/energy-table.js";

/** Of the tables; their shape is that of accelergy/ERT_generator.py and ART_generator.py (docs/interop.md). */
const VERSION = 0.4;
const PICO = 1e12;
const SQUARE_MICROMETRES = 1e6;

/** Digits beyond which a figure is an artefact of binary. */
const rounded = (value: number): number => Number(value.toPrecision(12));

/**
 * A chip's energies as an Accelergy energy reference table, in picojoules an action. What an action counts, the figure's
 * status and where it is from are comments. Power at rest is the action `leak`, of a cycle of the core's clock.
 */
export function ertText(chip: Chip): string {
  const rows = actionRows(chip);
  const resting = restingRows(chip);
  const cycleSeconds = 1 / chip.core.clockHertz;
  const names = [...new Set([...rows, ...resting].map(({ component }) => component))];
  const notes: string[] = [];
  const tables = names.map((name) => ({
    name: `${tableName(chip)}.${name}`,
    actions: [
      ...rows
        .filter(({ component }) => component === name)
        .map(({ kind, action, figure, volts }) => {
          notes.push(noteOf(ACTION_UNITS[kind]?.[action] ?? "pJ", figure));
          const given = volts === undefined ? null : { [VOLTAGE_ARGUMENT]: volts };
          return { name: action, arguments: given, energy: rounded(figure.value * PICO) };
        }),
      ...resting
        .filter(({ component }) => component === name)
        .map(({ action, figure }) => {
          notes.push(noteOf(`pJ/cycle in ${action}, ${rounded(figure.value)} W`, figure));
          return {
            name: "leak",
            arguments: { global_cycle_seconds: rounded(cycleSeconds) },
            energy: rounded(figure.value * cycleSeconds * PICO),
          };
        }),
    ],
  }));
  const document = new Document({ ERT: { version: VERSION, tables } });
  const lists = (document.getIn(["ERT", "tables"]) as YAMLSeq<YAMLMap>).items;
  const actions = lists.flatMap((table) => (table.get("actions") as YAMLSeq<YAMLMap>).items);
  for (const [index, action] of actions.entries()) comment(action, "energy", notes[index] ?? "");
  return textOf(document, `${chip.name}: energies in picojoules an action`);
}

/** The areas that are known of a chip as an Accelergy area reference table, in square micrometres. */
export function artText(chip: Chip): string {
  const { sram } = chip;
  const tables =
    sram.area === undefined
      ? []
      : [
          {
            name: `${tableName(chip)}.${sram.name}`,
            area: rounded(sram.area.squareMillimetres * SQUARE_MICROMETRES),
          },
        ];
  const document = new Document({ ART: { version: VERSION, tables } });
  const [table] = (document.getIn(["ART", "tables"]) as YAMLSeq<YAMLMap>).items;
  if (table !== undefined && sram.area !== undefined) comment(table, "area", `derived: ${sram.area.source}`);
  return textOf(
    document,
    `${chip.name}: areas in square micrometres; rebit knows those of SRAMs in its table`,
  );
}

/** Dots part the levels of a name. */
const tableName = ({ name }: Chip): string => name.replaceAll(".", "_");

const noteOf = (unit: string, { status, source }: Figure): string =>
  `${unit}, ${source.startsWith(`${status}: `) || source === "" ? "" : `${status}: `}${source === "" ? status : source}`;

/** Behind a value, on its line. */
function comment(map: YAMLMap, key: string, text: string): void {
  const value = map.get(key, true) as Scalar;
  value.comment = ` ${text.replaceAll(/\s+/g, " ")}`;
}

function textOf(document: Document, title: string): string {
  document.commentBefore = ` ${title}`;
  // YAML 1.1, which Accelergy's reader follows, takes 1e-8 for text.
  return document.toString({ lineWidth: 0 }).replace(/^(\s+[a-z_]+: \d+)(e[-+]\d+)/gm, "$1.0$2");
}
