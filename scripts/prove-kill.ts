/**
 * Kills a checkpointed run with SIGKILL at random moments, resumes it each time, and compares its report with that of an
 * uninterrupted run. Needs `npm run build`.
 *
 * npm run prove:kill [-- KILLS [SEED [EXPERIMENT [OPTION OF REBIT RUN]...]]]
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import seedrandom from "seedrandom";

const [
  kills = "20",
  seed = String(Date.now()),
  experiment = "configs/experiments/quickstart.yaml",
  ...experimentOptions
] = process.argv.slice(2);
const project = resolve(import.meta.dirname, "..");
const main = join(project, "dist/cli/main.js");
const random = seedrandom(seed);
const say = (line: string) => process.stdout.write(`${line}\n`);

/** Runs the experiment, killed after `killAfter` seconds if it is not done; gives its report, undefined if killed. */
function rebit(options: readonly string[], killAfter?: number): Promise<string | undefined> {
  return new Promise((done, fail) => {
    const args = [main, "run", experiment, "--json", "--no-cache", ...experimentOptions, ...options];
    const child = spawn(process.execPath, args, { cwd: project, stdio: ["ignore", "pipe", "pipe"] });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (text) => {
      stdout += text;
    });
    child.stderr.on("data", (text) => {
      stderr += text;
    });
    const timer = killAfter && setTimeout(() => child.kill("SIGKILL"), 1000 * killAfter);
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      if (signal === "SIGKILL") done(undefined);
      else if (code === 0) done(stdout);
      else fail(new Error(`exit code ${code}: ${stderr}`));
    });
  });
}

const sha256Of = (report: string): string => JSON.parse(report).accuracy.weightsSha256;

const start = performance.now();
const whole = (await rebit([])) as string;
const seconds = (performance.now() - start) / 1000;
say(`seed ${seed}, ${experiment}: uninterrupted in ${seconds.toFixed(1)} s`);
say(`final cells, SHA-256 ${sha256Of(whole)}`);

let killed = 0;
let trainings = 0;
while (killed < Number(kills)) {
  const folder = mkdtempSync(join(tmpdir(), "rebit-kill-"));
  trainings += 1;
  try {
    for (;;) {
      // Long enough to get somewhere on average. The last process of all is left alone.
      const moment = killed < Number(kills) ? random() * 0.6 * seconds : undefined;
      const report = await rebit(["--checkpoint", folder, "--resume"], moment);
      if (report !== undefined) {
        say(
          `training ${trainings} done: SHA-256 ${sha256Of(report)}, report ${report === whole ? "the same" : "DIFFERS"}`,
        );
        if (report !== whole) process.exitCode = 1;
        break;
      }
      killed += 1;
      const saved =
        readdirSync(folder)
          .toSorted()
          .findLast((name) => name.endsWith(".checkpoint")) ?? "nothing saved yet";
      say(`kill ${String(killed).padStart(2)} after ${moment?.toFixed(3)} s: ${saved}`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}
say(
  process.exitCode === 1
    ? "NOT the same"
    : `${killed} kills, ${trainings} trainings: all the same, bit for bit`,
);
