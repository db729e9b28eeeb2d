import type { Binding } from "./binding.js";
import { bindingOf, type CountContext, whole } from "./context.js";
import type { Expression } from "./expression.js";
import { located } from "./located.js";
import { type Access, isEnabled, type Loop, type Statement, type Stream } from "./nest.js";
import type { LoopBody, Tally } from "./tally.js";

/**
 * Tensors that a loop walks row by row: each tile of the loop brings its rows into reach once.
 * @param extent rows of the loop
 * @param executions of the whole loop
 * @param rowTimes visits of each row in all executions, for a loop over updated rows
 */
export function recordRowWalks(
  loop: Loop,
  context: CountContext,
  extent: number,
  { executions, rowTimes }: { executions: number; rowTimes?: readonly number[] },
  body: LoopBody,
  tally: Tally,
): void {
  for (const { binding, rows, reads, writes } of rowsWalked(loop, context)) {
    const count = Math.min(extent, rows.count);
    const visits =
      rowTimes === undefined ? new Array<number>(count).fill(executions) : rowTimes.slice(0, count);
    tally.rowWalks.push({
      tensor: binding.tensor,
      reads,
      writes,
      executions,
      step: loop.step,
      firstRow: rows.first,
      visits,
      body,
    });
  }
}

/** Rows that are samples: an invocation reaches one of them once. */
export function recordSampleVisits(
  statements: readonly Statement[],
  context: CountContext,
  times: number,
  tally: Tally,
): void {
  for (const { binding, reads, writes } of samplesVisited(statements, context)) {
    tally.addSampleVisits(binding.tensor, reads ? times : 0, writes ? times : 0);
  }
}

/** A tensor that a loop walks row by row, and what its body does to the row. */
export interface WalkedRows extends Use {
  readonly rows: Exclude<Binding["rows"], "sample" | undefined>;
}

/** Tensors that may be spilled by rows and whose row is the variable of a loop. */
export function rowsWalked(loop: Loop, context: CountContext): WalkedRows[] {
  const uses = [...usesOf(loop.body, (at) => firstIndexIs(at, loop.variable), context)];
  return uses.flatMap((use) => {
    const { rows } = use.binding;
    return rows === undefined || rows === "sample" ? [] : [{ ...use, rows }];
  });
}

/** Tensors whose rows are samples that an invocation of some statements touches. */
export function samplesVisited(statements: readonly Statement[], context: CountContext): Use[] {
  const uses = [...usesOf(statements, (at) => firstIndexIs(at, "sample"), context)];
  return uses.filter(({ binding }) => binding.rows === "sample");
}

/** What statements do to a tensor. */
interface Use {
  readonly binding: Binding;
  reads: boolean;
  writes: boolean;
}

/** Tensors that statements touch at matching indexes; what never runs (no trips, no accesses, no bits) touches nothing. */
function usesOf(
  statements: readonly Statement[],
  matches: (at: readonly Expression[]) => boolean,
  context: CountContext,
): Iterable<Use> {
  const uses = new Map<string, Use>();
  const collectAll = (inner: readonly Statement[]): void => {
    for (const [position, statement] of inner.entries()) located(position, () => collect(statement));
  };
  const collect = (statement: Statement): void => {
    if (statement.kind === "loop" && whole(statement.of, context) > 0) collectAll(statement.body);
    if (statement.kind === "when" && isEnabled(statement, context.options)) collectAll(statement.body);
    if (statement.kind !== "access" && statement.kind !== "stream") return;
    if (!matches(statement.at) || isEmpty(statement, context)) return;
    const binding = bindingOf(context, statement.tensor);
    const use = uses.get(statement.tensor) ?? { binding, reads: false, writes: false };
    if (statement.action === "read") use.reads = true;
    else use.writes = true;
    uses.set(statement.tensor, use);
  };
  collectAll(statements);
  return uses.values();
}

function isEmpty(statement: Access | Stream, context: CountContext): boolean {
  if (statement.bits !== undefined && whole(statement.bits, context) === 0) return true;
  return statement.kind === "access" && whole(statement.count, context) === 0;
}

function firstIndexIs(at: readonly Expression[], name: string): boolean {
  const first = at[0];
  return first !== undefined && first.kind === "name" && first.name === name;
}
