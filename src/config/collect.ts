import { ConfigError, type Problem } from "./problem.js";

/** Takes note of problems that do not stop the search for more. */
export type Report = (problems: readonly Problem[]) => void;

const identity = ({ path, line, column, code, message }: Problem): string =>
  JSON.stringify([path, line, column, code, message]);

/** By file in the order of appearance, then by position; nothing twice. */
export function tidy(problems: readonly Problem[]): Problem[] {
  const ranks = new Map<string, number>();
  for (const { path } of problems) if (!ranks.has(path)) ranks.set(path, ranks.size);
  const rank = ({ path }: Problem): number => ranks.get(path) ?? 0;
  const unique = new Map(problems.map((problem) => [identity(problem), problem]));
  return [...unique.values()].sort((a, b) => rank(a) - rank(b) || a.line - b.line || a.column - b.column);
}

/**
 * The result of `action` if it neither reports nor throws problems.
 * @throws ConfigError with the reported and the thrown problems together, sorted, none twice.
 */
export function collectProblems<T>(action: (report: Report) => T): T {
  const problems: Problem[] = [];
  const report: Report = (found) => {
    for (const problem of found) problems.push(problem);
  };
  const result = attempt(report, () => ({ value: action(report) }));
  if (result === undefined || problems.length > 0) throw new ConfigError(tidy(problems));
  return result.value;
}

/** The result of `action`; undefined, and its problems reported, if it throws a ConfigError. */
export function attempt<T>(report: Report, action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    report(error.problems);
    return undefined;
  }
}
