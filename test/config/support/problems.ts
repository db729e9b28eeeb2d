import { ConfigError, type Problem } from "../../../src/config/problem.js";

/** The problems that `action` throws. */
export function problemsOf(action: () => unknown): readonly Problem[] {
  try {
    action();
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  throw new Error("expected problems, found none");
}

/** Problems as `line:column code`, for comparing at a glance. */
export function briefly(problems: readonly Problem[]): string[] {
  return problems.map(({ line, column, code }) => `${line}:${column} ${code}`);
}
