import { type Executions, whole } from "../../firmware/context.js";
import { exact } from "../../firmware/exact.js";
import { located } from "../../firmware/located.js";
import type { Invocation } from "../../firmware/lower.js";
import { isEnabled, type Statement } from "../../firmware/nest.js";
import { Tally } from "../../firmware/tally.js";
import { recordRowWalks, recordSampleVisits } from "../../firmware/visits.js";
import type { Chip } from "../chip.js";
import { countLocated, type Program } from "../program.js";
import type { RowUse, SampleUse, Uses } from "./uses.js";

/**
 * What the invocations of one training do with rows and samples, as counting books it, without counting anything else.
 * @throws KernelError for a kernel that cannot be counted
 */
export function usesOf(invocations: readonly Invocation[], program: Program, chip: Chip): Uses {
  const rows: RowUse[] = [];
  const samples: SampleUse[] = [];
  for (const { kernel, phase, names, bindings, options, executions } of invocations) {
    // Placement is for the training; an inference comes after it.
    const statements = program.kernels[kernel];
    if (phase === "infer" || statements === undefined) continue;
    const context = {
      names,
      bindings,
      options: { ...program.options, ...options },
      isa: chip.core.isa,
      portBits: chip.sram.widthBits,
    };
    const tally = countLocated(kernel, () => {
      const visits = new Tally();
      recordSampleVisits(statements, context, executions.times, visits);
      walkLoops(statements, context, executions, executions.times, visits);
      return visits;
    });
    for (const walk of tally.rowWalks) rows.push({ ...walk, kernel, phase });
    for (const [tensor, { reads, writes }] of tally.sampleVisits)
      samples.push({ tensor, phase, reads, writes });
  }
  return { rows, samples };
}

/** What bodies of loops take does not matter here. */
const UNCOUNTED = { cycles: 0, accesses: 0 };

function walkLoops(
  statements: readonly Statement[],
  context: Parameters<typeof recordRowWalks>[1],
  executions: Executions,
  times: number,
  tally: Tally,
): void {
  for (const [position, statement] of statements.entries()) {
    located(position, () => {
      if (statement.kind === "when" && isEnabled(statement, context.options)) {
        walkLoops(statement.body, context, executions, times, tally);
      }
      if (statement.kind !== "loop") return;
      const extent = whole(statement.of, context);
      const { rowTimes } = executions;
      if (!statement.updatedRows || rowTimes === undefined) {
        recordRowWalks(statement, context, extent, { executions: times }, UNCOUNTED, tally);
        walkLoops(
          statement.body,
          context,
          executions,
          exact(times * Math.ceil(extent / statement.step)),
          tally,
        );
        return;
      }
      const outer = executions.times === 0 ? 0 : times / executions.times;
      const visits = rowTimes.map((row) => exact(row * outer));
      recordRowWalks(statement, context, extent, { executions: times, rowTimes: visits }, UNCOUNTED, tally);
      const total = visits.reduce((sum, row) => exact(sum + row), 0);
      walkLoops(statement.body, context, executions, total, tally);
    });
  }
}
