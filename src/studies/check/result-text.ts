import { count, quantity, time } from "../../report/text/numbers.js";
import { DAY_ENERGY } from "../compare/quantities.js";
import type { CaseResult, ChangedInput, Difference } from "./check-case.js";
import type { SuiteResult } from "./suite-result.js";

/** Lines of one kind that anybody reads. */
const MOST_LINES = 8;

const signed = (text: string): string => (text.startsWith("-") || text.startsWith("0 ") ? text : `+${text}`);
const joules = (value: number): string => signed(quantity(value, "energy"));

const number = (value: number | null): string =>
  value === null ? "none" : count(Number(value.toPrecision(12)));

const shareOf = (part: number, whole: number): string =>
  whole === 0 ? "" : `, ${((100 * part) / whole).toFixed(1)} % of the difference`;

/** "chips/a.yaml:16: chip.x: 30 -> 60; energy +1 J, 100.0 % of the difference; time +0 s" */
export function inputLine(input: ChangedInput, { energy, differences }: CaseResult): string {
  const total = energy.reduce((sum, { differenceJoules }) => sum + differenceJoules, 0);
  const { path, at, golden, found, energyJoules, timeSeconds, dayJoules } = input;
  const change = `${at}: ${path}: ${golden ?? "(none)"} -> ${found ?? "(none)"}`;
  if (energyJoules === null || timeSeconds === null) return `${change}; cannot be set back by itself`;
  const ofDay = differences.find(({ what }) => what === DAY_ENERGY);
  const day =
    dayJoules === null || dayJoules === 0
      ? ""
      : `; energy of a day ${joules(dayJoules)}${shareOf(dayJoules, (ofDay?.found ?? 0) - (ofDay?.golden ?? 0))}`;
  return `${change}; energy ${joules(energyJoules)}${shareOf(energyJoules, total)}; time ${signed(time(timeSeconds))}${day}`;
}

function differenceLine({ what, golden, found }: Difference): string {
  const ratio =
    golden === null || found === null || golden === 0
      ? ""
      : ` (${signed(`${(100 * (found / golden - 1)).toPrecision(4)} %`)})`;
  return `${what}: ${number(found)}, golden ${number(golden)}${ratio}`;
}

function some<T>(items: readonly T[], line: (item: T) => string): string[] {
  const more = items.length - MOST_LINES;
  return [
    ...items.slice(0, MOST_LINES).map(line),
    ...(more > 0 ? [`and ${more} more; --json has them all`] : []),
  ];
}

/** What is wrong with a case, what changed first; empty if nothing is. */
export function failureLines(result: CaseResult): string[] {
  return [
    ...some(result.inputs, (input) => inputLine(input, result)),
    ...some(result.differences, differenceLine),
    ...some(
      result.energy,
      ({ component, of, differenceJoules, byCountJoules, byCostJoules }) =>
        `energy of ${component} ${of}: ${joules(differenceJoules)}, by count ${joules(byCountJoules)}, by cost ${joules(byCostJoules)}`,
    ),
    ...result.budgets
      .filter(({ passed }) => !passed)
      .map(
        ({ budget, value }) =>
          `over budget: ${budget}: ${value === null ? "the report has no such number" : `it is ${number(value)}`}`,
      ),
  ];
}

/** For people: what failed comes first. */
export function suiteText({ cases, passed, suite, method }: SuiteResult): string {
  const failed = cases.filter((result) => !result.passed);
  const lines = failed.flatMap((result) => [
    `FAILED ${result.name}`,
    ...failureLines(result).map((line) => `  ${line}`),
  ]);
  const fine = cases.filter((result) => result.passed).map(({ name }) => `passed ${name}`);
  const outcome = passed ? "all passed" : `${failed.length} of ${cases.length} FAILED`;
  return [...lines, ...fine, `${suite}: ${count(cases.length)} cases by ${method}, ${outcome}`].join("\n");
}

/** A comment for a pull request. */
export function suiteMarkdown({ cases, passed, suite, method }: SuiteResult): string {
  const outcome = passed ? "passed" : "**failed**";
  const rows = cases.map(({ name, passed: fine, differences, budgets }) => {
    const over = budgets.filter((budget) => !budget.passed).length;
    return `| ${name} | ${fine ? "passed" : "**failed**"} | ${differences.length} | ${over} of ${budgets.length} |`;
  });
  const details = cases
    .filter((result) => !result.passed)
    .flatMap((result) => [`#### ${result.name}`, "", "```text", ...failureLines(result), "```", ""]);
  return [
    `### rebit check ${suite}: ${outcome}`,
    "",
    `By ${method}.`,
    "",
    "| case | | differences | over budget |",
    "| --- | --- | ---: | ---: |",
    ...rows,
    "",
    ...details,
  ].join("\n");
}
