import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Slice } from "./slices.js";

/** A program that trains for as long as it is told. */
export interface Command {
  readonly program: string;
  readonly parameters: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** A started contender: warm, and idle between slices. */
export interface Contender {
  /** What it runs, in words. */
  readonly version: string;
  /** Trains for at least `seconds`. @throws NotMeasuredError if it cannot */
  train(seconds: number): Promise<Slice>;
  end(): void;
}

/** Why there is no number of a contender. */
export class NotMeasuredError extends Error {
  override readonly name = "NotMeasuredError";
}

/** Loading and warming up take seconds; this is for what hangs. */
const ANSWER_TIMEOUT_MS = 120_000;
const MAX_REASON_LENGTH = 200;

/** Starts a contender and waits until it is warm. @throws NotMeasuredError if it does not start */
export async function startContender({ program, parameters, environment }: Command): Promise<Contender> {
  const child = spawn(program, parameters, {
    env: { ...process.env, ...environment },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const answers = answersOf(child);
  try {
    const { version } = (await answers()) as { version: string };
    return {
      version,
      async train(seconds) {
        child.stdin.write(`${seconds}\n`);
        return (await answers()) as Slice;
      },
      end: () => child.kill(),
    };
  } catch (error) {
    child.kill();
    throw error;
  }
}

/** A function that waits for the next line of JSON that `child` prints. */
function answersOf(child: ChildProcess): () => Promise<unknown> {
  let complaints = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    complaints += text;
  });
  child.stdin?.on("error", () => {}); // a child that has ended says so below
  const ended = new Promise<never>((_, reject) => {
    child.on("error", (error) => reject(new NotMeasuredError(error.message)));
    child.on("close", (code, signal) => {
      reject(new NotMeasuredError(reasonIn(complaints) ?? `it ended with ${code ?? signal}`));
    });
  });
  ended.catch(() => {}); // between answers nobody listens
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]();
  return async () => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const reason = `no answer within ${ANSWER_TIMEOUT_MS / 1000} s`;
      timer = setTimeout(() => reject(new NotMeasuredError(reason)), ANSWER_TIMEOUT_MS);
    });
    try {
      const line = await Promise.race([lines.next(), late, ended]);
      return line.done === true ? await ended : JSON.parse(line.value);
    } finally {
      clearTimeout(timer);
    }
  };
}

/** The line that names an error in what a program wrote on stderr: the last such of Python, the only one of Node. */
export function reasonIn(complaints: string): string | undefined {
  const lines = complaints.split("\n").filter((line) => /^\w*(Error|Exception)\b.*:/.test(line));
  return lines.at(-1)?.slice(0, MAX_REASON_LENGTH);
}
