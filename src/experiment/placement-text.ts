import { formatRows } from "../soc/placement/row-text.js";
import type { Experiment } from "./load.js";
import { planOf } from "./plan.js";

/** The placement of an experiment as a file that `--placement` takes (rebit/placement@1). */
export function placementText(experiment: Experiment): string {
  const { placement } = planOf(experiment);
  const sram = experiment.chip.sram.name;
  const onChip = placement.onChip
    .filter(({ component }) => component === sram)
    .map(({ tensor, rows, address }) => {
      const which = rows === undefined ? "" : `, rows: "${rows.first}-${rows.last}"`;
      return `  - {tensor: ${tensor}${which}, address: ${address}}`;
    });
  const spill = [...placement.regions.values()]
    .filter(({ tensor }) => tensor !== "samples")
    .map(({ tensor, memory, rows, sampleRows }) => {
      const which = sampleRows === undefined ? `, rows: "${formatRows([...rows.keys()])}"` : "";
      return `  ${tensor}: {component: ${memory.name}${which}}`;
    });
  return [
    "schema: rebit/placement@1",
    `name: ${JSON.stringify(experiment.name)}`,
    ...(onChip.length === 0 ? [] : ["onChip:", ...onChip]),
    ...(spill.length === 0 ? [] : ["spill:", ...spill]),
    "",
  ].join("\n");
}
