import type { Report } from "../config/collect.js";
import { loadDocument } from "../config/load.js";
import { ConfigError, type Problem } from "../config/problem.js";
import type { Files } from "../config/source.js";
import type { Node } from "../config/tree.js";
import { mergeParts } from "../soc/parts.js";
import { estimate } from "./estimate.js";
import { loadExperiment } from "./load.js";
import { loadChip } from "./load-chip.js";
import { schemasByLine } from "./schemas.js";

/** Every problem of a document of any kind; for an experiment also of what it names and of how the three fit. */
export function lintFile(path: string, files: Files): Problem[] {
  try {
    const transform = (tree: Node, report: Report): Node =>
      isChip(tree) ? mergeParts(tree, files, [], report) : tree;
    const { kind } = loadDocument<unknown>(files, path, schemasByLine, { transform });
    if (kind === "rebit/chip@1") loadChip(path, files);
    if (kind === "rebit/experiment@1") estimate(loadExperiment(path, {}, files));
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return [...error.problems];
    throw error;
  }
}

function isChip(tree: Node): boolean {
  if (tree.type !== "map") return false;
  const schema = tree.entries.get("schema")?.value;
  return schema?.type === "scalar" && schema.value === "rebit/chip@1";
}
