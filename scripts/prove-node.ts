/**
 * Estimates every shipped experiment with other versions of Node and compares what is printed byte by byte, and holds the shipped suite
 * to its goldens with each: `npm run prove:node`. The versions come from npm's packages of Node's binaries.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const VERSIONS = ["20", "22", "24"];
const EXPERIMENTS = "configs/experiments";
const SUITE = "configs/suites/shipped.yaml";
const REBIT = "dist/cli/main.js";

/** The path of Node's binary, installed into a folder. */
function install(version: string, folder: string): string {
  const name = `node-${process.platform}-${process.arch}`;
  execFileSync("npm", ["install", "--no-save", "--prefix", folder, `${name}@${version}`], {
    stdio: "ignore",
  });
  return join(folder, "node_modules", name, "bin", "node");
}

/** A digest of all estimates. */
function estimates(node: string): string {
  const digest = createHash("sha256");
  for (const file of readdirSync(EXPERIMENTS).toSorted()) {
    digest.update(execFileSync(node, [REBIT, "estimate", join(EXPERIMENTS, file), "--json"]));
  }
  return digest.digest("hex");
}

const folder = mkdtempSync(join(tmpdir(), "rebit-node-"));
const found = new Set<string>();
try {
  for (const version of VERSIONS) {
    const node = install(version, join(folder, version));
    const name = execFileSync(node, ["--version"], { encoding: "utf8" }).trim();
    const digest = estimates(node);
    found.add(digest);
    const checked = execFileSync(node, [REBIT, "check", SUITE], { encoding: "utf8" }).trim();
    process.stdout.write(`${name}: estimates ${digest.slice(0, 16)}; ${checked.split("\n").at(-1)}\n`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.stdout.write(found.size === 1 ? "the same bytes from all\n" : "the bytes differ\n");
process.exitCode = found.size === 1 ? 0 : 1;
