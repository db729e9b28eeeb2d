import { failureLines } from "./result-text.js";
import type { SuiteResult } from "./suite-result.js";

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? "");

/** A result in the format of JUnit, as CI servers read it: a test case for each case. */
export function junitXml({ suite, cases }: SuiteResult): string {
  const failures = cases.filter(({ passed }) => !passed).length;
  const name = escaped(`rebit check ${suite}`);
  const tests = cases.map((result) => {
    const open = `    <testcase classname="${escaped(suite)}" name="${escaped(result.name)}"`;
    if (result.passed) return `${open}/>`;
    const lines = failureLines(result);
    const message = escaped(lines[0] ?? "failed");
    return `${open}>\n      <failure message="${message}">${escaped(lines.join("\n"))}</failure>\n    </testcase>`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    "<testsuites>",
    `  <testsuite name="${name}" tests="${cases.length}" failures="${failures}" errors="0" skipped="0">`,
    ...tests,
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}
