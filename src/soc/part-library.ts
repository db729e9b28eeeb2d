import type { Files } from "../config/source.js";
import type { Node } from "../config/tree.js";
import { type DerivedFigure, derivedFigures } from "./derived-figures.js";
import { PARTS_FOLDER } from "./library.js";
import { loadPart } from "./parts.js";

/** A part of the library, with its figures flattened for people. */
export interface Part {
  readonly name: string;
  readonly description: string;
  readonly source: string;
  readonly kind: string;
  readonly path: string;
  readonly figures: readonly PartFigure[];
  /** What a chip makes of them; empty unless it is an off-chip memory. */
  readonly derived: readonly DerivedFigure[];
}

export interface PartFigure {
  readonly name: string;
  /** As written. */
  readonly value: string;
  readonly status: string;
  readonly source: string;
}

/** The parts of a folder, by name. @throws ConfigError if one is invalid */
export function listParts(files: Files, folder: string = PARTS_FOLDER): Part[] {
  const names = (files.list?.(folder) ?? []).filter((name) => name.endsWith(".yaml"));
  return names.map((file) => {
    const path = `${folder}${file}`;
    const { value, component } = loadPart(files, path);
    const { name, description, source } = value;
    return {
      name,
      description,
      source,
      kind: value.component.kind,
      path,
      figures: figuresOf(component, "").filter((figure) => figure.name !== "kind"),
      derived: derivedFigures(name, value.component),
    };
  });
}

interface Provenance {
  readonly status: string;
  readonly source: string;
}

/** One figure a scalar or cost; a map that is no cost, such as a burst, tells where all that it holds is from. */
function figuresOf(node: Node, name: string, around: Provenance = { status: "", source: "" }): PartFigure[] {
  if (node.type === "scalar") return [{ name, value: String(node.value), ...around }];
  if (node.type === "list") {
    return node.items.flatMap((item, index) => figuresOf(item, `${name}[${index}]`, around));
  }
  const text = (key: string, fallback = ""): string => {
    const value = node.entries.get(key)?.value;
    return value?.type === "scalar" ? String(value.value) : fallback;
  };
  const provenance = { status: text("status", around.status), source: text("source", around.source) };
  if (node.entries.has("typical")) {
    const value = `${text("typical")} (${text("low")} to ${text("high")})`;
    return [{ name, value, ...provenance }];
  }
  if (node.entries.get("value")?.value.type === "scalar") {
    return [{ name, value: text("value"), ...provenance }];
  }
  return [...node.entries]
    .filter(([key]) => key !== "status" && key !== "source")
    .flatMap(([key, entry]) => figuresOf(entry.value, name === "" ? key : `${name}.${key}`, provenance));
}
