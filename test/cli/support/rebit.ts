import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** The folder of package.json, in which every command below runs. */
export const project = resolve(import.meta.dirname, "../../..");
export const QUICKSTART = "configs/experiments/quickstart.yaml";

const MAIN = join(project, "dist/cli/main.js");

/** How a command ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

type Child = ReturnType<typeof spawn>;

export interface Watch {
  /** Sees the process as soon as it is there. */
  readonly onStart?: (child: Child) => void;
  /** Sees what it says on stderr so far, to act upon it. */
  readonly onStderr?: (said: string, child: Child) => void;
  /** The folder of the outcome cache; by default a new one, so that what is to be trained is trained. */
  readonly cache?: string;
}

/** Runs the built command line, away from any terminal. */
export function rebit(args: readonly string[], watch: Watch = {}): Promise<Ended> {
  const { cache } = watch;
  return cache === undefined
    ? withFiles({}, (path) => start(args, watch, path("cache")))
    : start(args, watch, cache);
}

function start(args: readonly string[], { onStart, onStderr }: Watch, cache: string): Promise<Ended> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [MAIN, ...args], {
      cwd: project,
      env: { ...process.env, REBIT_CACHE_DIR: cache },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
      onStderr?.(stderr, child);
    });
    child.on("error", fail);
    child.on("close", (code) => done({ code, stdout, stderr }));
    onStart?.(child);
  });
}

/** Writes files into a new folder, which `use` may read until it is done. */
export async function withFiles<T>(
  files: Readonly<Record<string, string>>,
  use: (path: (name: string) => string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "rebit-cli-"));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return await use((name) => join(folder, name));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A workload that trains in a second for a few epochs, and for minutes for many. */
export const syntheticWorkload = (epochs: number): string => `schema: rebit/workload@1
name: synthetic
dataset: synthetic
data: {train: 400, validation: 100, test: 100}
network: {hidden: [8]}
storage: {weightBits: 8, iterations: 2}
training: {batch: 1, epochs: ${epochs}, seed: 1, patience: none, stopRecursion: false}
`;
