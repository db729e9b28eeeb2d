import type { CountContext, Executions } from "./context.js";
import { countNest } from "./count.js";
import type { CycleCost, CyclesByIsa, StackAccesses, Statement } from "./nest.js";

/** What one execution of a statement takes under one instruction set. */
export interface Costs {
  readonly cost: CycleCost;
  readonly stack: StackAccesses;
}

const cyclesAlone = (cycles: number): Costs => ({
  cost: { cycles, status: undefined, source: undefined },
  stack: { reads: 0, writes: 0 },
});

/**
 * How often an invocation executes each statement that takes cycles, or how many boundaries of words it crosses, those that options
 * switch off too: `[statement]`, in the order of {@link cyclePaths}.
 */
export function cycleTerms(
  statements: readonly Statement[],
  context: CountContext,
  executions: Executions,
): number[] {
  return cyclePaths(statements).map(({ statement }) => {
    const alone = replaceCycles(statements, context.isa, (other) => cyclesAlone(other === statement ? 1 : 0));
    return countNest(alone, context, executions).cycles;
  });
}

/** The statements of a nest that take cycles in order, each with its path. */
export function cyclePaths(
  statements: readonly Statement[],
): { readonly path: readonly (string | number)[]; readonly statement: CyclesByIsa }[] {
  return statements.flatMap((statement, position) => {
    if ("byIsa" in statement && statement.byIsa !== undefined) {
      return [{ path: [position], statement: statement as CyclesByIsa }];
    }
    if (statement.kind !== "loop" && statement.kind !== "when") return [];
    return cyclePaths(statement.body).map((inner) => ({
      ...inner,
      path: [position, "do", ...inner.path],
    }));
  });
}

/** The nest with other costs for one instruction set. */
export function replaceCycles(
  statements: readonly Statement[],
  isa: string,
  costsOf: (statement: CyclesByIsa) => Costs,
): Statement[] {
  return statements.map((statement) => {
    if ("byIsa" in statement && statement.byIsa !== undefined) {
      const { cost, stack } = costsOf(statement as CyclesByIsa);
      return {
        ...statement,
        byIsa: new Map([...statement.byIsa, [isa, cost]]),
        stackByIsa: new Map([...(statement.stackByIsa ?? []), [isa, stack]]),
      };
    }
    if (statement.kind !== "loop" && statement.kind !== "when") return statement;
    return { ...statement, body: replaceCycles(statement.body, isa, costsOf) };
  });
}
