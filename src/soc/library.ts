/** The folder of the chips, parts, workloads and tables that come with rebit. */
export const LIBRARY_FOLDER = decodeURIComponent(new URL("../../configs/", import.meta.url).pathname);

/** Parts that a chip may name without a path. */
export const PARTS_FOLDER = `${LIBRARY_FOLDER}parts/`;

/** SRAM costs by CACTI 7 (configs/cacti/README.md). */
export const SRAM_TABLE = `${LIBRARY_FOLDER}cacti/cacti-sram.csv`;
export const SRAM_TEMPERATURE_TABLE = `${LIBRARY_FOLDER}cacti/cacti-sram-temperature.csv`;
