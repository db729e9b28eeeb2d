/**
 * Breaks the cost model in many small ways and counts which of them the tests notice: `npm run mutate` (docs/mutation.md).
 * Stryker and the Mocha that it knows are installed into a copy of the project only.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { GROUPS, ONE_IN, SALT, strykerConfig } from "./mutation/config.js";
import { mutationPage } from "./mutation/page.js";
import {
  type GroupResult,
  killedOf,
  resultOf,
  type StrykerReport,
  totalOf,
  withReasons,
} from "./mutation/results.js";

const USAGE = "usage: npm run mutate -- [--reuse]  (--reuse: keep the groups that docs/mutation.json has)";
const FOLDER = resolve(".mutation");
const COPY = join(FOLDER, "project");
const TOOLS = [
  "mocha@11",
  ...["core", "mocha-runner", "typescript-checker"].map((name) => `@stryker-mutator/${name}@9.6.1`),
];

const { values } = parseArgs({
  options: { reuse: { type: "boolean", default: false }, help: { type: "boolean" } },
});
if (values.help) {
  process.stdout.write(`${USAGE}\n`);
  process.exit(0);
}

const run = (command: string, args: readonly string[]): void => {
  execFileSync(command, args, { cwd: COPY, stdio: ["ignore", "inherit", "inherit"] });
};

function prepare(): void {
  rmSync(FOLDER, { recursive: true, force: true });
  const files = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    encoding: "utf8",
  });
  for (const file of files.split("\0").filter((name) => name !== "" && existsSync(name))) {
    mkdirSync(dirname(join(COPY, file)), { recursive: true });
    cpSync(file, join(COPY, file));
  }
  run("npm", ["ci"]);
  run("npm", ["install", "--no-save", "--force", ...TOOLS]);
}

const reportOf = (group: string): string => join(FOLDER, `${group.replaceAll(/\W+/g, "-")}.json`);

function mutate(group: string): void {
  const report = reportOf(group);
  const config = join(COPY, "stryker.generated.json");
  writeFileSync(config, JSON.stringify(strykerConfig(group, report)));
  const env = { ...process.env, REBIT_MUTATION_ONE_IN: String(ONE_IN), REBIT_MUTATION_SALT: SALT };
  const { status } = spawnSync("npx", ["stryker", "run", config], { cwd: COPY, stdio: "inherit", env });
  if (status !== 0 || !existsSync(report)) throw new Error(`Stryker failed on ${group}`);
}

const RESULTS = "docs/mutation.json";
const readJson = <T>(path: string): T => JSON.parse(readFileSync(path, "utf8")) as T;

const known = values.reuse && existsSync(RESULTS) ? readJson<GroupResult[]>(RESULTS) : [];
const reasons = readJson<Record<string, string>>("scripts/mutation/reasons.json");
const results = new Map(known.map((result) => [result.group, withReasons(result, reasons)]));

function write(): void {
  const done = GROUPS.flatMap((name) => results.get(name) ?? []);
  writeFileSync(RESULTS, `${JSON.stringify(done, null, 1)}\n`);
  writeFileSync("docs/mutation.md", mutationPage(done));
}

const left = GROUPS.filter((group) => !results.has(group));
if (left.length > 0) prepare();
else write();
// Each group is written as it is done, so that a run that is cut off loses one at most.
for (const group of left) {
  mutate(group);
  results.set(group, resultOf(group, readJson<StrykerReport>(reportOf(group)), reasons));
  write();
}
const total = totalOf([...results.values()]);
process.stdout.write(`${killedOf(total)} of ${total.sampled} mutants killed; docs/mutation.md\n`);
