import { GROUPS, ONE_IN } from "./config.js";
import { type GroupResult, killedOf, totalOf } from "./results.js";

const percent = (part: number, whole: number): string =>
  whole === 0 ? "-" : `${((100 * part) / whole).toFixed(1)} %`;

/** Twice the standard error of a share of a sample. */
const margin = (share: number, of: number): string =>
  `${(200 * Math.sqrt((share * (1 - share)) / of)).toFixed(1)}`;

const cell = (text: string): string => {
  const line = text.replaceAll(/\s+/g, " ").replaceAll("|", "\\|");
  return line.length > 90 ? `${line.slice(0, 87)}...` : line;
};

/** docs/mutation.md, of docs/mutation.json. */
export function mutationPage(results: readonly GroupResult[]): string {
  const total = totalOf(results);
  const { mutants, static: fixed, sampled, byTests, byCompiler, byTimeout, survived } = total;
  const killed = killedOf(total);
  const missing = GROUPS.filter((group) => !results.some((result) => result.group === group));
  return [
    "# Mutation testing",
    "",
    "Does anything notice when the cost model is broken? `npm run mutate` changes `src/soc` and `src/firmware` in small ways (an operator, a condition, a",
    "block left out: [Stryker](https://stryker-mutator.io) 9.6.1) and runs the tests against each. This page is written by it, from docs/mutation.json.",
    "",
    `**${killed} of ${sampled} mutants killed: ${percent(killed, sampled)}** (± ${margin(killed / sampled, sampled)} percentage points, two standard errors of a sample of this size).`,
    ...(missing.length === 0
      ? []
      : [
          "",
          `Not run yet: ${missing.map((group) => `\`${group}\``).join(", ")}. \`npm run mutate -- --reuse\` runs them and keeps the others.`,
        ]),
    "",
    `- ${mutants} mutants in all, without those of texts (messages and documentation). ${fixed} of them change what runs only while modules load; they are left out. Of the others one in`,
    `  ${ONE_IN} is tried, chosen by a hash of what it changes. Tests were written with another sample in view.`,
    `- Killed by a test ${byTests}, by the compiler, which \`npm test\` runs first, ${byCompiler}, by running too long ${byTimeout}; survived ${survived}.`,
    "- Tests are those of test/firmware, soc, experiment, studies and report, and the goldens of configs/suites/shipped.yaml as `rebit check` holds them. Those of the command line",
    "  run other processes and are not among them, so a survivor may still be noticed by `npm test`.",
    "",
    "| mutated | mutants | tried | killed | survived | |",
    "|---|---:|---:|---:|---:|---:|",
    ...results.map((result) => {
      const dead = killedOf(result);
      return `| \`${result.group}\` | ${result.mutants} | ${result.sampled} | ${dead} | ${result.survived} | ${percent(dead, result.sampled)} |`;
    }),
    "",
    "## Survivors",
    "",
    "| where | replaced | with | why |",
    "|---|---|---|---|",
    ...results.flatMap(({ survivors }) =>
      survivors.map(
        ({ file, line, replaced, replacement, why }) =>
          `| ${file.replace("src/", "")}:${line} | \`${cell(replaced)}\` | \`${cell(replacement)}\` | ${cell(why)} |`,
      ),
    ),
    "",
  ].join("\n");
}
