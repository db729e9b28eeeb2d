import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { Command, Option } from "commander";
import { type Loaded, loadDocument } from "../../config/load.js";
import { ConfigError, problemAt } from "../../config/problem.js";
import { FileError, startOf } from "../../config/source.js";
import { writeAtomic } from "../../data/node-atomic.js";
import { nodeFiles, readBytes } from "../../data/node-files.js";
import { makeFolder } from "../../data/node-folder.js";
import { activitySchema } from "../../experiment/activity-schema.js";
import { outcomeCache } from "../../experiment/node-outcomes.js";
import { simulateBound } from "../../experiment/simulate-bound.js";
import { type Suite, suiteSchema } from "../../experiment/suite-schema.js";
import { type Experiment, estimate, loadExperiment, type Report, run } from "../../index.js";
import { LIBRARY_FOLDER } from "../../soc/library.js";
import { type CaseResult, checkCase } from "../../studies/check/check-case.js";
import { type Golden, goldenOf, goldenText, parseGolden } from "../../studies/check/golden.js";
import { junitXml } from "../../studies/check/junit.js";
import { inputLine, suiteMarkdown, suiteText } from "../../studies/check/result-text.js";
import { suiteResult } from "../../studies/check/suite-result.js";
import { cacheFolder } from "../cache-folder.js";
import { EXIT } from "../exit-codes.js";
import { print, printDocument } from "../output.js";

const EXAMPLES = `
Examples:
  rebit check configs/suites/shipped.yaml
  rebit check configs/suites/shipped.yaml --bless
  rebit check my-suite.yaml --junit results.xml --markdown comment.md

docs/ci.md shows how it goes into a project's CI.`;

interface CheckFlags {
  readonly bless?: boolean;
  readonly simulate?: boolean;
  readonly train?: boolean;
  readonly junit?: string;
  readonly markdown?: string;
  readonly json?: boolean;
}

type Method = "estimate" | "simulate" | "train";

interface Pricing {
  readonly report: Report;
  readonly reprice: (experiment: Experiment) => Report;
}

/** Trained activities are priced again in closed form: a changed cost does not change what is learned. */
async function priceBy(method: Method, experiment: Experiment): Promise<Pricing> {
  if (method === "estimate") return { report: estimate(experiment), reprice: (other) => estimate(other) };
  if (method === "simulate") return { report: simulateBound(experiment), reprice: simulateBound };
  const report = await run(experiment, { outcomes: outcomeCache(cacheFolder()) });
  if (report.activity === undefined) return { report, reprice: (other) => estimate(other) };
  const activity = activitySchema.parse(report.activity);
  return { report, reprice: (other) => estimate(other, { activity }) };
}

/** A trained golden is another one than that of the bound. */
const goldenPath = (path: string, method: Method): string =>
  method === "train" ? path.replace(/(\.[^./\\]*)?$/, ".trained$1") : path;

function readGolden(path: string, suite: Loaded<Suite>, index: number): Golden {
  try {
    return parseGolden(readBytes(path), path);
  } catch (error) {
    if (!(error instanceof FileError) || error.code !== "missing-file") throw error;
    const origin = suite.originOf(["cases", index, "golden"]) ?? startOf(suite.path);
    throw new ConfigError([problemAt(origin, "missing-file", `there is no ${path}; --bless writes it`)]);
  }
}

function bless(path: string, golden: Golden): void {
  makeFolder(dirname(path));
  writeAtomic(path, new TextEncoder().encode(goldenText(golden)));
}

async function checkAt(
  suite: Loaded<Suite>,
  index: number,
  method: Method,
  blesses: boolean,
): Promise<CaseResult> {
  const {
    experiment: named,
    name = named,
    golden,
    budgets,
  } = suite.value.cases[index] as Suite["cases"][number];
  const path = nodeFiles.resolve(suite.path, named);
  const experiment = loadExperiment(path);
  const { report, reprice } = await priceBy(method, experiment);
  const priced = {
    name,
    experiment,
    report,
    budgets,
    reprice: (set: readonly string[]) => reprice(loadExperiment(path, { set })),
  };
  if (golden === undefined) return checkCase(priced, undefined, suite.value.tolerance, suite.path);
  const file = goldenPath(nodeFiles.resolve(suite.path, golden), method);
  if (!blesses) return checkCase(priced, readGolden(file, suite, index), suite.value.tolerance, suite.path);
  const before = oldGolden(file);
  bless(file, goldenOf(report, experiment, suite.path));
  return checkCase(priced, before, { energy: 0, time: 0 }, suite.path);
}

/** Two cases that wrote the same golden would take turns. @throws ConfigError */
function checkGoldens(suite: Loaded<Suite>): void {
  const first = new Map<string, number>();
  for (const [index, { golden }] of suite.value.cases.entries()) {
    if (golden === undefined) continue;
    const earlier = first.get(golden);
    if (earlier === undefined) first.set(golden, index);
    else {
      const origin = suite.originOf(["cases", index, "golden"]) ?? startOf(suite.path);
      const message = `case ${earlier + 1} has this golden, too; give each case its own`;
      throw new ConfigError([problemAt(origin, "duplicate-golden", message)]);
    }
  }
}

/** What comes with rebit is `rebit/...` in goldens, wherever rebit is installed. */
const LIBRARY = "rebit/";

/** Places as the user's folder sees them, not as the suite's does. */
function placedFrom(folder: string, result: CaseResult): CaseResult {
  const placed = (at: string): string => {
    if (isAbsolute(at)) return at;
    if (!at.startsWith(LIBRARY)) return join(folder, at);
    return relative(process.cwd(), join(LIBRARY_FOLDER, at.slice(LIBRARY.length)));
  };
  return { ...result, inputs: result.inputs.map((input) => ({ ...input, at: placed(input.at) })) };
}

/** What was blessed before, if it can still be read. */
function oldGolden(path: string): Golden | undefined {
  try {
    return parseGolden(readBytes(path), path);
  } catch {
    return undefined;
  }
}

/** Workflow commands of GitHub Actions: an annotation on each line that changed. */
function annotate(cases: readonly CaseResult[]): void {
  for (const result of cases.filter(({ passed }) => !passed)) {
    const [first] = result.inputs;
    const message = first === undefined ? `rebit check: ${result.name} failed` : inputLine(first, result);
    const [file, line] = first === undefined ? [] : (/^(.*):(\d+)$/.exec(first.at)?.slice(1) ?? []);
    const place = file === undefined ? "" : ` file=${file},line=${line}`;
    process.stderr.write(`::error${place}::${message.replaceAll("%", "%25")}\n`);
  }
}

async function checkSuite(written: string, flags: CheckFlags): Promise<void> {
  // Places in goldens do not depend on how the suite is named.
  const path = relative(process.cwd(), resolve(written)) || ".";
  const suite = loadDocument<Suite>(nodeFiles, path, { "rebit/suite@1": suiteSchema });
  checkGoldens(suite);
  const method: Method = flags.train ? "train" : flags.simulate ? "simulate" : "estimate";
  const cases: CaseResult[] = [];
  for (const index of suite.value.cases.keys()) {
    cases.push(placedFrom(dirname(path), await checkAt(suite, index, method, flags.bless === true)));
  }
  const result = suiteResult(path, method, cases);
  if (flags.junit !== undefined) writeAtomic(flags.junit, new TextEncoder().encode(junitXml(result)));
  if (flags.markdown !== undefined)
    writeAtomic(flags.markdown, new TextEncoder().encode(suiteMarkdown(result)));
  if (flags.json) printDocument(result);
  else print(flags.bless ? blessText(cases) : suiteText(result));
  if (flags.bless) return;
  if (process.env.GITHUB_ACTIONS === "true") annotate(cases);
  if (!result.passed) process.exitCode = EXIT.checkFailed;
}

function blessText(cases: readonly CaseResult[]): string {
  const moved = cases.filter(({ differences }) => differences.length > 0);
  const lines = moved.flatMap((result) => [
    `moved ${result.name}`,
    ...result.inputs.map((input) => `  ${inputLine(input, result)}`),
    ...result.differences.slice(0, 3).map(({ what, golden, found }) => `  ${what}: ${golden} -> ${found}`),
  ]);
  return [...lines, `${cases.length} goldens written, ${moved.length} of them moved`].join("\n");
}

/** `rebit check SUITE`: the regression test of a hardware cost model. */
export const checkCommand = (): Command =>
  new Command("check")
    .argument("<suite>", "a suite of experiments (YAML, schema rebit/suite@1)")
    .summary("hold experiments to their goldens and budgets; what changed, where, and by how much")
    .description(
      "Prices the experiments of a suite and holds them to their goldens, to the last of 12 digits unless the suite allows for more, and to " +
        "their budgets. What differs is attributed: the input lines that changed, what each contributes, and which counts and costs moved.",
    )
    .option("--bless", "write the goldens anew, and print what moved")
    .addOption(
      new Option("--simulate", "simulate tile by tile in place of the closed form").conflicts("train"),
    )
    .option("--train", "train, or take trainings from the cache, and price what they did")
    .option("--junit <file>", "also write the result for a CI server")
    .option("--markdown <file>", "also write the result as a comment for a pull request")
    .option("--json", "print as one JSON document (rebit/check@1)")
    .addHelpText("after", EXAMPLES)
    .action(checkSuite);
