/**
 * Builds the firmware of every model for every core with make, beside its model, and firmware-build.json with what it was built with.
 * With --check it builds in a temporary folder instead and exits 1 if a byte differs from what is there. Exit 2: a compiler is
 * missing.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const models = ["packed-fields", "bit-planes"].map((name) =>
  resolve(import.meta.dirname, "../firmware-models", name),
);
const TARGETS = ["cortex-m0plus", "cortex-m3", "cortex-m4", "rv32imc"];
const RECORD = "firmware-build.json";

/** The options that make compiles a target with: those of its command, without the files. */
function flagsOf(model: string, target: string, out: string): string[] {
  const file = join(out, `${target}.elf`);
  const text = execFileSync("make", ["-n", "-B", `OUT=${out}`, file], { cwd: model, encoding: "utf8" });
  const words = text.replaceAll("\\\n", " ").trim().split(/\s+/).slice(1);
  return words
    .filter((word) => word !== "-o" && word !== file && !word.endsWith(".c"))
    .map((word) => word.replaceAll(model, "$(CURDIR)"));
}

function describe(model: string, target: string, out: string) {
  const compiler = target.startsWith("cortex") ? "arm-none-eabi-gcc" : "riscv64-unknown-elf-gcc";
  const [version] = execFileSync(compiler, ["--version"], { encoding: "utf8" }).split("\n");
  const bytes = readFileSync(join(out, `${target}.elf`));
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { compiler: version, flags: flagsOf(model, target, out), sha256, bytes: bytes.length };
}

function build(model: string, out: string): void {
  execFileSync("make", ["-B", `OUT=${out}`], { cwd: model, stdio: ["ignore", "ignore", "inherit"] });
  const targets = Object.fromEntries(TARGETS.map((target) => [target, describe(model, target, out)]));
  writeFileSync(join(out, RECORD), `${JSON.stringify({ targets }, undefined, 2)}\n`);
}

const missing = ["make", "arm-none-eabi-gcc", "riscv64-unknown-elf-gcc"].filter(
  (tool) => spawnSync(tool, ["--version"]).error !== undefined,
);
if (missing.length > 0) {
  process.stderr.write(
    `${missing.join(", ")} not found; on Debian: apt-get install make gcc-arm-none-eabi gcc-riscv64-unknown-elf\n`,
  );
  process.exit(2);
}

for (const model of models) {
  if (!process.argv.includes("--check")) {
    build(model, model);
    continue;
  }
  const out = mkdtempSync(join(tmpdir(), "rebit-firmware-"));
  build(model, out);
  for (const name of [...TARGETS.map((target) => `${target}.elf`), RECORD]) {
    if (readFileSync(join(out, name)).equals(readFileSync(join(model, name)))) continue;
    process.stderr.write(`${join(model, name)} differs from a new build\n`);
    process.exitCode = 1;
  }
  rmSync(out, { recursive: true });
}
