import { spawnSync } from "node:child_process";
import { cpus, loadavg } from "node:os";
import { machineThreads } from "../src/kernels/node-threads.js";

/** Where a benchmark ran. */
export interface Machine {
  readonly processor: string;
  readonly processors: number;
  readonly node: string;
  /** Processes that wanted to run in the last minute before the benchmark: near 0 on a quiet machine. */
  readonly loadBefore: number;
}

export function describeMachine(): Machine {
  return {
    processor: cpus()[0]?.model ?? "unknown",
    processors: machineThreads(),
    node: process.versions.node,
    loadBefore: Number((loadavg()[0] as number).toFixed(2)),
  };
}

/** Debian's python3-torch serves Debian's python3, which another one may hide. */
const PYTHONS = ["python3", "/usr/bin/python3"];

/** The first Python that imports torch; if none does, the first, whose error then says why PyTorch is not measured. */
export function findPython(chosen: string | undefined): string {
  const candidates = chosen === undefined ? PYTHONS : [chosen];
  const works = (python: string) => spawnSync(python, ["-c", "import torch"]).status === 0;
  return candidates.find(works) ?? (candidates[0] as string);
}
