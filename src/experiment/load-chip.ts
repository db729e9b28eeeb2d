import type { Report } from "../config/collect.js";
import { loadDocument } from "../config/load.js";
import { decodeText, type Files, readFile } from "../config/source.js";
import type { Node, Origin } from "../config/tree.js";
import { parseSramTables } from "../soc/cacti.js";
import { buildChip, type Chip } from "../soc/chip.js";
import { type ChipConfig, chipSchema } from "../soc/chip-schema.js";
import { SRAM_TABLE, SRAM_TEMPERATURE_TABLE } from "../soc/library.js";
import { mergeParts } from "../soc/parts.js";

/**
 * Reads a chip that no experiment names.
 * @param display how origins are shown in the sources of figures
 * @throws ConfigError with its problems
 */
export function loadChip(path: string, files: Files, display?: (origin: Origin) => Origin): Chip {
  const transform = (tree: Node, report: Report): Node => mergeParts(tree, files, [], report);
  const chip = loadDocument<ChipConfig>(files, path, { "rebit/chip@1": chipSchema }, { transform });
  const [sram = "", temperature = ""] = [SRAM_TABLE, SRAM_TEMPERATURE_TABLE].map((table) =>
    decodeText(readFile(files, table), table),
  );
  return buildChip(chip, parseSramTables(sram, temperature), display);
}
