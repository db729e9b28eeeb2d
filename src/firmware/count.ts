import { sizeOf } from "./binding.js";
import {
  bindingOf,
  type CountContext,
  cyclesOf,
  type Executions,
  stackAccessesOf,
  whole,
} from "./context.js";
import { elementIndex } from "./element-index.js";
import { exact } from "./exact.js";
import { type AffineIndex, ExpressionError } from "./expression.js";
import { type Frame, framesOf, scaleToTiles } from "./frame.js";
import { located } from "./located.js";
import { type Access, type Fetch, isEnabled, type Loop, type Statement, type Stream } from "./nest.js";
import { Tally } from "./tally.js";
import { recordRowWalks, recordSampleVisits } from "./visits.js";
import { CORE_WORD_BITS, streamWords } from "./words.js";

interface Scope {
  readonly frames: readonly Frame[];
  /** Executions of the statements in this scope. */
  readonly executions: number;
}

/**
 * Counts a loop nest in closed form, from trip counts, into `tally`.
 * @throws ExpressionError, with the path of its statement, for unknown names, indexes out of range or cycles missing
 * for the instruction set.
 */
export function countNest(
  statements: readonly Statement[],
  context: CountContext,
  executions: Executions,
  tally: Tally = new Tally(),
): Tally {
  recordSampleVisits(statements, context, executions.times, tally);
  countAll(statements, context, executions, { frames: [], executions: executions.times }, tally);
  return tally;
}

/**
 * Counts one execution of statements within loops that stand at one tile each.
 * @param frames of the loops around them, of one trip
 */
export function countOnce(
  statements: readonly Statement[],
  context: CountContext,
  frames: readonly Frame[],
): Tally {
  const tally = new Tally();
  countAll(statements, context, { times: 1 }, { frames, executions: 1 }, tally);
  return tally;
}

function countAll(
  statements: readonly Statement[],
  context: CountContext,
  executions: Executions,
  scope: Scope,
  tally: Tally,
): void {
  for (const [position, statement] of statements.entries()) {
    located(position, () => countStatement(statement, context, executions, scope, tally));
  }
}

function countStatement(
  statement: Statement,
  context: CountContext,
  executions: Executions,
  scope: Scope,
  tally: Tally,
): void {
  switch (statement.kind) {
    case "loop":
      countLoop(statement, context, executions, scope, tally);
      break;
    case "when":
      if (isEnabled(statement, context.options)) countAll(statement.body, context, executions, scope, tally);
      break;
    case "access":
      countAccess(statement, context, scope, tally);
      break;
    case "stream":
      countStream(statement, context, executions, scope, tally);
      break;
    case "fetch":
      tally.fetches.push(fetchOf(statement, context, scope));
      break;
    case "operation": {
      const count = scaleToTiles(whole(statement.count, context), scope.frames);
      tally.addOperations(statement.name, count * scope.executions);
      break;
    }
    case "cycles": {
      tally.addCycles(scaleToTiles(cyclesOf(statement, context), scope.frames) * scope.executions);
      const { reads, writes } = stackAccessesOf(statement, context);
      addStack("read", scaleToTiles(reads, scope.frames) * scope.executions, context, tally);
      addStack("write", scaleToTiles(writes, scope.frames) * scope.executions, context, tally);
      break;
    }
  }
}

function fetchOf(statement: Fetch, context: CountContext, scope: Scope): Tally["fetches"][number] {
  const source = bindingOf(context, statement.tensor);
  return {
    tensor: source.tensor,
    into: bindingOf(context, statement.into).tensor,
    count: scope.executions,
    bits: (source.dimensions.at(-1) ?? 0) * source.elementBits,
  };
}

function countLoop(
  loop: Loop,
  context: CountContext,
  executions: Executions,
  scope: Scope,
  tally: Tally,
): void {
  const extent = whole(loop.of, context);
  const body = { cycles: -tally.cycles, accesses: -tally.accessCount };
  if (loop.updatedRows) {
    checkUpdatedRows(loop, extent, executions, scope);
    const rowTimes = executions.rowTimes ?? new Array<number>(extent).fill(executions.times);
    const outer = executions.times === 0 ? 0 : exact(scope.executions / executions.times);
    const frame: Frame = { variable: loop.variable, start: 0, step: 1, trips: extent, size: 1, rowTimes };
    const visits = rowTimes.map((times) => exact(times * outer));
    recordRowWalks(loop, context, extent, { executions: scope.executions, rowTimes: visits }, body, tally);
    const total = rowTimes.reduce((sum, times) => exact(sum + times), 0);
    const inner = { frames: [...scope.frames, frame], executions: exact(total * outer) };
    countAll(loop.body, context, executions, inner, tally);
  } else {
    recordRowWalks(loop, context, extent, { executions: scope.executions }, body, tally);
    for (const frame of framesOf(loop.variable, extent, loop.step)) {
      const inner = { frames: [...scope.frames, frame], executions: exact(scope.executions * frame.trips) };
      countAll(loop.body, context, executions, inner, tally);
    }
  }
  body.cycles += tally.cycles;
  body.accesses += tally.accessCount;
}

function checkUpdatedRows(loop: Loop, extent: number, { rowTimes }: Executions, { frames }: Scope): void {
  if (frames.some((frame) => frame.rowTimes !== undefined)) {
    throw new ExpressionError(`the loop over updated rows "${loop.variable}" lies inside another one`);
  }
  if (rowTimes !== undefined && rowTimes.length !== extent) {
    throw new ExpressionError(
      `the loop over updated rows "${loop.variable}" has ${extent} rows, but ${rowTimes.length} are updated: use "of: outputs"`,
    );
  }
}

function countAccess(access: Access, context: CountContext, scope: Scope, tally: Tally): void {
  const binding = bindingOf(context, access.tensor);
  const index = elementIndex(access, context, scope.frames);
  const tiled = scope.frames.filter((frame) => index.variables.has(frame.variable));
  let bits = access.bits === undefined ? binding.elementBits : whole(access.bits, context);
  let alongCount = tiled;
  if (bits > binding.elementBits) {
    // An access that packs several elements spans the innermost index: there the tail shortens the access.
    const innermost = tiled.filter((frame) => index.innermost.has(frame.variable));
    bits = scaleToTiles(bits, innermost);
    alongCount = tiled.filter((frame) => !index.innermost.has(frame.variable));
  }
  const count = scaleToTiles(whole(access.count, context), alongCount) * scope.executions;
  tally.addAccesses(binding.tensor, access.action, count * Math.ceil(bits / context.portBits), count * bits);
}

function countStream(
  stream: Stream,
  context: CountContext,
  executions: Executions,
  scope: Scope,
  tally: Tally,
): void {
  const binding = bindingOf(context, stream.tensor);
  const { offset, last, variables } = elementIndex(stream, context, scope.frames);
  const tiled = scope.frames.filter((frame) => variables.has(frame.variable));
  const bits = scaleToTiles(whole(stream.bits, context), tiled);
  const room = (sizeOf(binding) - last) * binding.elementBits;
  if (bits > room) {
    throw new ExpressionError(
      `a stream of ${bits} bits runs beyond the end of ${stream.tensor}: ${room} bits are left`,
    );
  }
  const bitIndex: AffineIndex = {
    constant: binding.firstBit + offset.constant * binding.elementBits,
    coefficients: new Map(
      [...offset.coefficients].map(([name, value]) => [name, value * binding.elementBits]),
    ),
  };
  const wordsOf = (wordBits: number): number =>
    streamWords(bitIndex, bits, scope.frames, executions.times, wordBits);
  const words = wordsOf(context.portBits);
  tally.addAccesses(binding.tensor, stream.action, words, exact(bits * scope.executions));
  if (stream.byIsa === undefined) return;
  if (bits === 0) return;
  const coreWords = context.portBits === CORE_WORD_BITS ? words : wordsOf(CORE_WORD_BITS);
  const boundaries = exact(coreWords - scope.executions);
  tally.addCycles(exact(cyclesOf({ byIsa: stream.byIsa }, context) * boundaries));
  if (stream.stackByIsa === undefined) return;
  const { reads, writes } = stackAccessesOf({ stackByIsa: stream.stackByIsa }, context);
  addStack("read", reads * boundaries, context, tally);
  addStack("write", writes * boundaries, context, tally);
}

/** Accesses of a word of the core each. */
function addStack(action: "read" | "write", count: number, context: CountContext, tally: Tally): void {
  if (count === 0) return;
  const { tensor } = bindingOf(context, "stack");
  tally.addAccesses(
    tensor,
    action,
    exact(count * Math.ceil(CORE_WORD_BITS / context.portBits)),
    exact(count * CORE_WORD_BITS),
  );
}
