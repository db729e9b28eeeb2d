import { bindingOf, type CountContext } from "./context.js";
import type { Expression } from "./expression.js";
import type { Frame } from "./frame.js";
import { type Loop, type Statement, walk } from "./nest.js";
import type { Tally } from "./tally.js";

/** Tensors that a loop walks row by row: each tile of the loop brings its rows into reach once. */
export function recordRowVisits(
  loop: Loop,
  context: CountContext,
  frame: Frame,
  outer: number,
  tally: Tally,
): void {
  for (const [name, use] of usesOf(loop.body, (at) => firstIndexIs(at, loop.variable), context)) {
    const binding = bindingOf(context, name);
    if (binding.rows === undefined || binding.rows === "sample") continue;
    const end = frame.trips === 0 ? 0 : frame.start + (frame.trips - 1) * frame.step + frame.size;
    for (let row = frame.start; row < Math.min(end, binding.rows.count); row += 1) {
      const visits = outer * (frame.rowTimes === undefined ? 1 : (frame.rowTimes[row] ?? 0));
      tally.addRowVisits(
        binding.tensor,
        binding.rows.first + row,
        use.reads ? visits : 0,
        use.writes ? visits : 0,
      );
    }
  }
}

/** Rows that are samples: an invocation reaches one of them once. */
export function recordSampleVisits(
  statements: readonly Statement[],
  context: CountContext,
  times: number,
  tally: Tally,
): void {
  for (const [name, use] of usesOf(statements, (at) => firstIndexIs(at, "sample"), context)) {
    const binding = bindingOf(context, name);
    if (binding.rows !== "sample") continue;
    tally.addSampleVisits(binding.tensor, use.reads ? times : 0, use.writes ? times : 0);
  }
}

function usesOf(
  statements: readonly Statement[],
  matches: (at: readonly Expression[]) => boolean,
  context: CountContext,
): Map<string, { reads: boolean; writes: boolean }> {
  const uses = new Map<string, { reads: boolean; writes: boolean }>();
  walk(
    statements,
    (statement) => {
      if (statement.kind !== "access" && statement.kind !== "stream") return;
      if (!matches(statement.at)) return;
      const use = uses.get(statement.tensor) ?? { reads: false, writes: false };
      if (statement.action === "read") use.reads = true;
      else use.writes = true;
      uses.set(statement.tensor, use);
    },
    context.options,
  );
  return uses;
}

function firstIndexIs(at: readonly Expression[], name: string): boolean {
  const first = at[0];
  return first !== undefined && first.kind === "name" && first.name === name;
}
