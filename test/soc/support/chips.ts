import { nodeFiles } from "../../../src/data/node-files.js";
import { parseSramTables } from "../../../src/soc/cacti.js";
import type { Chip } from "../../../src/soc/chip.js";
import { SRAM_TABLE, SRAM_TEMPERATURE_TABLE } from "../../../src/soc/library.js";
import { type ChipChoice, quickExperiment } from "../../experiment/support/experiments.js";

const text = (path: string): string => new TextDecoder().decode(nodeFiles.read(path));

/** The text of the SRAM table. */
export const sramCsv = text(SRAM_TABLE);
export const tables = parseSramTables(sramCsv, text(SRAM_TEMPERATURE_TABLE));

/** A chip of the test experiments. */
export const chipOf = (choice: Partial<ChipChoice> = {}): Chip => quickExperiment(choice, {}).chip;
