import * as z from "zod";
import type { Input } from "../../config/load.js";
import { parseYaml } from "../../config/parse-yaml.js";
import { ConfigError, problemAt } from "../../config/problem.js";
import { decodeText, type Files, readFile, resolveNamed } from "../../config/source.js";
import { type MapNode, type Node, nodeAt, textAt, withEntry } from "../../config/tree.js";
import { validate } from "../../config/validate.js";
import type { Dimension } from "../../units/dimensions.js";
import { parseQuantity, UnitError } from "../../units/parse.js";
import { type CostSource, fromSchema } from "../from-field.js";
import { type CactiBank, cactiCosts, isCactiResult } from "./cacti-result.js";
import { costTree } from "./cost-tree.js";
import { ACTION_UNITS, ertCosts, isErt } from "./ert.js";

/**
 * What a component of a chip takes from the file that its `from` names, as it would give it itself; undefined without one.
 * @throws ConfigError for a file that is missing, is no such file, or does not have it
 */
export function costsFrom(
  name: string,
  component: MapNode,
  chip: Node,
  files: Files,
  inputs: Input[],
): MapNode | undefined {
  const asked = component.entries.get("from")?.value;
  const kind = textAt(component, "kind");
  // Other kinds have no such key, which validation says.
  if (asked === undefined || kind === undefined || ACTION_UNITS[kind] === undefined) return undefined;
  const from = sourceOf(asked);
  const path = resolveNamed(files, nodeAt(asked, ["file"])?.node.origin ?? asked.origin, from.file);
  const bytes = readFile(files, path, asked.origin);
  inputs.push({ path, bytes });
  const text = decodeText(bytes, path);
  if (isCactiResult(text)) {
    if (kind !== "sram") {
      const message = `${from.file} is a result of CACTI, which is of an SRAM; ${name} is a ${kind}`;
      throw new ConfigError([problemAt(asked.origin, "wrong-file", message)]);
    }
    if (from.table !== undefined || from.arguments !== undefined) {
      const message = `${from.file} is a result of CACTI, which has no tables and arguments; leave them out`;
      throw new ConfigError([problemAt(asked.origin, "wrong-file", message)]);
    }
    const { costs, accessTime } = cactiCosts(text, path, bankOf(component), asked.origin);
    const { origin, value } = accessTime;
    const time: Node = { type: "scalar", origin, value };
    return withEntry(costTree(costs, asked.origin), "accessTime", { keyOrigin: origin, value: time });
  }
  const tree = parseYaml(text, path);
  if (!isErt(tree)) {
    const message = `${from.file} is neither an Accelergy energy reference table (ERT: ...) nor a CSV result of CACTI`;
    throw new ConfigError([problemAt(asked.origin, "wrong-file", message)]);
  }
  const nominalVolts = inCoreDomain(component, kind) ? nominalVoltsOf(chip) : undefined;
  return costTree(ertCosts(tree, { name, kind, nominalVolts }, from, asked.origin), asked.origin);
}

const inCoreDomain = (component: MapNode, kind: string): boolean =>
  kind === "cpu" || textAt(component, "domain") === "core";

/** Volts at which the chip states its core's energies. */
function nominalVoltsOf(chip: Node): number | undefined {
  const core = nodeAt(chip, ["supply", "core"])?.node;
  const volts = core === undefined ? Number.NaN : quantityAt(core, "voltage", "voltage");
  return Number.isNaN(volts) ? undefined : volts;
}

function sourceOf(asked: Node): CostSource {
  if (asked.type === "map") {
    const entries = new Map([["from", { keyOrigin: asked.origin, value: asked }]]);
    return validate(z.strictObject({ from: fromSchema }), { ...asked, entries }).value.from;
  }
  if (asked.type === "scalar" && typeof asked.value === "string" && asked.value !== "")
    return { file: asked.value };
  const message = "expected the path of a file, or {file, table, arguments}";
  throw new ConfigError([problemAt(asked.origin, "wrong-type", message)]);
}

/** One bank as the component describes it. What is no number here is not found, and validation says why. */
function bankOf(component: MapNode): CactiBank {
  const banks = nodeAt(component, ["banks"])?.node;
  const count = banks?.type === "scalar" ? Number(banks.value) : 1;
  return {
    bankBytes: quantityAt(component, "capacity", "capacity") / count,
    widthBits: quantityAt(component, "width", "width"),
    banks: count,
  };
}

function quantityAt(map: Node, key: string, dimension: Dimension): number {
  try {
    return parseQuantity(textAt(map, key) ?? "", dimension);
  } catch (error) {
    if (error instanceof UnitError) return Number.NaN;
    throw error;
  }
}
