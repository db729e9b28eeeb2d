import type { CaseResult } from "./check-case.js";

/** What `rebit check --json` prints. */
export interface SuiteResult {
  readonly schema: "rebit/check@1";
  readonly passed: boolean;
  readonly suite: string;
  /** `estimate`, `simulate` or `train`. */
  readonly method: string;
  readonly cases: readonly CaseResult[];
}

/** The result of a suite: all of its cases have to pass, and one that ran nothing has not. */
export function suiteResult(suite: string, method: string, cases: readonly CaseResult[]): SuiteResult {
  const passed = cases.length > 0 && cases.every((result) => result.passed);
  return { schema: "rebit/check@1", passed, suite, method, cases };
}
