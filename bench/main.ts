/** Measures rebit against its own reference, TensorFlow.js and PyTorch: `npm run bench` (docs/performance.md). */
import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { program } from "commander";
import { writeAtomic } from "../src/data/node-atomic.js";
import { mnistPaths } from "../src/data/node-files.js";
import { table } from "../src/report/text/table.js";
import { measureEstimates } from "./estimates.js";
import { measureKernels } from "./kernels.js";
import { describeMachine, findPython } from "./machine.js";
import { measureScenario, type ScenarioResult } from "./measure-scenario.js";
import { loadMnist } from "./mnist.js";
import { withTables } from "./page.js";
import { type Results, shortfalls } from "./results.js";
import { scenariosFor } from "./scenarios.js";
import { measureSimulators } from "./simulators.js";
import { resultTables } from "./tables.js";

const FULL = {
  steps: { rounds: 7, seconds: 0.5 },
  kernels: { rounds: 7, seconds: 0.03 },
  estimates: { rounds: 7, seconds: 0.3 },
};
const QUICK = {
  steps: { rounds: 3, seconds: 0.2 },
  kernels: { rounds: 3, seconds: 0.01 },
  estimates: { rounds: 3, seconds: 0.1 },
};
/** A busier machine measures its other work. */
const QUIET_LOAD = 0.5;
const BAD_USAGE = 2;
const PAGE = new URL("../docs/performance.md", import.meta.url).pathname;
const DOCUMENT = new URL("../docs/performance.json", import.meta.url).pathname;

program
  .name("npm run bench --")
  .description(
    "Speed of rebit in samples/s and as ratios: fast kernels against the plain reference, and the full training step " +
      "against TensorFlow.js (wasm) and PyTorch; estimates a second, and samples a second on simulated cores. A full run writes docs/performance.json and the tables of " +
      "docs/performance.md.",
  )
  .option("--quick", "fewer and shorter rounds; writes nothing")
  .option(
    "--only <text>",
    'only steps, kernels, estimates and simulated cores whose name contains this, such as "784-800-10"; writes nothing',
  )
  .option("--python <program>", "a Python that imports torch (default: python3, then /usr/bin/python3)")
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : BAD_USAGE))
  .addHelpText(
    "after",
    "\nExit codes:\n  0  all was measured, all targets are met\n  1  a target is not met, or something was not measured: the last lines say what\n  2  bad usage",
  )
  .parse();

const { quick, only, python } = program.opts<{ quick?: boolean; only?: string; python?: string }>();
const effort = quick === true ? QUICK : FULL;
const isSelected = (name: string) => only === undefined || name.includes(only);
const say = (line: string) => process.stdout.write(`${line}\n`);

const machine = describeMachine();
if (machine.loadBefore > QUIET_LOAD) {
  say(
    `This machine is busy (load ${machine.loadBefore}): expect wide spreads, above all with several threads.`,
  );
}
const setting = { ...mnistPaths(), python: findPython(python), processors: machine.processors };
const scenarios: ScenarioResult[] = [];
for (const scenario of scenariosFor(setting).filter(({ name }) => isSelected(name))) {
  say(`measuring ${scenario.name} ...`);
  scenarios.push(await measureScenario(scenario, effort.steps));
}
say("measuring kernels ...");
const kernels = await measureKernels(loadMnist(), effort.kernels, isSelected);
say("measuring estimates ...");
const estimates = await measureEstimates(effort.estimates, isSelected);
say("measuring simulated cores ...");
const simulators = await measureSimulators(effort.estimates, isSelected);
if (scenarios.length + kernels.length + estimates.length + simulators.length === 0) {
  program.error(
    `error: no step, kernel, estimate or simulated core has "${only}" in its name; names are such as "784-100-10, batch 100"`,
  );
}
const results: Results = {
  schema: "rebit/benchmark@1",
  date: new Date().toISOString(),
  command: ["npm run bench", ...process.argv.slice(2)].join(" "),
  machine,
  effort,
  scenarios,
  kernels,
  estimates,
  simulators,
};
for (const { title, columns, rows } of resultTables(results)) {
  say(`\n${title}`);
  for (const line of table(columns, rows)) say(line);
}
if (quick === true || only !== undefined) {
  say("\nNothing was written: only a full run is kept.");
} else {
  writeAtomic(PAGE, Buffer.from(withTables(readFileSync(PAGE, "utf8"), results)));
  writeAtomic(DOCUMENT, Buffer.from(`${JSON.stringify(results, null, 2)}\n`));
  say(`\nWritten: ${[DOCUMENT, PAGE].map((path) => relative(process.cwd(), path)).join(", ")}`);
}
const short = shortfalls(results);
for (const line of short) say(line);
process.exitCode = short.length === 0 ? 0 : 1;
