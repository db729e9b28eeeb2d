import type { Binding, Bindings } from "./binding.js";
import { exact } from "./exact.js";
import { type Expression, ExpressionError, evaluate, type Names } from "./expression.js";
import type { CyclesByIsa, OptionValues, StackAccesses } from "./nest.js";

/** Where and how a kernel runs, as far as counting needs it. */
export interface CountContext {
  readonly names: Names;
  readonly bindings: Bindings;
  readonly options: OptionValues;
  /** Instruction set whose cycles are counted. */
  readonly isa: string;
  /** Port width of the on-chip memory. */
  readonly portBits: number;
}

/** How often a kernel is invoked, and for each row of its layer how often `rows: updated` bodies run. */
export interface Executions {
  readonly times: number;
  readonly rowTimes?: readonly number[];
}

/** @throws ExpressionError naming the tensors that exist. */
export function bindingOf(context: CountContext, name: string): Binding {
  const binding = Object.hasOwn(context.bindings, name) ? context.bindings[name] : undefined;
  if (binding !== undefined) return binding;
  throw new ExpressionError(
    `the tensor "${name}" does not exist in this kernel; there are ${Object.keys(context.bindings).join(", ")}`,
  );
}

/** Core cycles under the instruction set at hand. @throws ExpressionError if none are given for it */
export function cyclesOf({ byIsa }: Pick<CyclesByIsa, "byIsa">, { isa }: CountContext): number {
  const cost = byIsa.get(isa);
  if (cost !== undefined) return cost.cycles;
  throw new ExpressionError(
    `no cycles are given for the instruction set ${isa}; given: ${[...byIsa.keys()].join(", ")}`,
  );
}

const NO_ACCESSES: StackAccesses = { reads: 0, writes: 0 };

/** Accesses to the stack under the instruction set at hand; none where none are given. */
export function stackAccessesOf(
  { stackByIsa }: Pick<CyclesByIsa, "stackByIsa">,
  { isa }: CountContext,
): StackAccesses {
  return stackByIsa.get(isa) ?? NO_ACCESSES;
}

/** A count, size or extent: a whole number from 0 to 2^53 - 1. */
export function whole(expression: Expression, context: CountContext): number {
  const value = evaluate(expression, context.names);
  if (value >= 0) return exact(value);
  throw new ExpressionError(`a count, size or extent is negative (${value})`);
}
