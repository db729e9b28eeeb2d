import { cyclePaths } from "../firmware/cycle-terms.js";
import type { KernelName } from "../firmware/names.js";
import { isEnabled, type Statement } from "../firmware/nest.js";
import type { Chip } from "../soc/chip.js";
import type { Program } from "../soc/program.js";
import type { Experiment } from "./load.js";
import type { Plan } from "./plan.js";

/** Time rests on cycle figures: a note on how many of those that take part are not measured, if there are any. */
export function cycleNotes({ firmware, chip, firmwareName }: Experiment, { program }: Plan): string[] {
  const counts = new Map<string, number>();
  const { isa } = chip.core;
  const calibrated: Readonly<Record<string, { status: string } | undefined>> = firmware.calibration ?? {};
  for (const [kernel, statements] of Object.entries(firmware.kernels)) {
    if (UNUSED_UNLESS[kernel as KernelName]?.(program.options, chip) === false) continue;
    for (const { statement } of cyclePaths(enabled(statements ?? [], program.options))) {
      const cost = statement.byIsa.get(isa);
      const status = cost === undefined ? "missing" : (cost.status ?? calibrated[isa]?.status ?? "given");
      counts.set(status, (counts.get(status) ?? 0) + 1);
    }
  }
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const unmeasured = total - (counts.get("measured") ?? 0);
  if (unmeasured === 0) return [];
  const kinds = [...counts].map(([status, count]) => `${count} ${status}`).join(", ");
  return [`time rests on ${total} cycle figures of ${firmwareName} for ${isa}: ${kinds}`];
}

/** Kernels that some options or chips do not call. */
const UNUSED_UNLESS: Partial<Record<KernelName, (options: Program["options"], chip: Chip) => boolean>> = {
  accumulate: ({ gradient }) => gradient === "accumulate",
  cache: ({ frozen }) => frozen === "cachedLogits",
  copy: (_, { dma }) => dma === undefined,
};

/** The statements that the options do not switch off. */
function enabled(statements: readonly Statement[], options: Program["options"]): Statement[] {
  return statements.flatMap((statement): Statement[] => {
    if (statement.kind === "loop") return [{ ...statement, body: enabled(statement.body, options) }];
    if (statement.kind !== "when") return [statement];
    return isEnabled(statement, options) ? enabled(statement.body, options) : [];
  });
}
