import { CommanderError } from "commander";
import { ConfigError, renderProblem } from "../config/problem.js";
import { FileError } from "../config/source.js";
import { DataError } from "../data/data-error.js";
import { ProgramError } from "../iss/core.js";
import { EXIT } from "./exit-codes.js";

/** Something on the command line that commander cannot know to be wrong. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** True if the user stopped what was going on. */
export const isAbort = (error: unknown): boolean => error instanceof Error && error.name === "AbortError";

/** How an error ends the process: its exit code, and what to say on stderr (nothing if commander has said it). */
export function explain(error: unknown): { code: number; message: string } {
  if (error instanceof CommanderError) {
    return { code: error.exitCode === 0 ? EXIT.done : EXIT.badInput, message: "" };
  }
  if (isAbort(error)) {
    return { code: EXIT.interrupted, message: "rebit: interrupted; nothing was reported\n" };
  }
  if (error instanceof ConfigError) {
    return { code: EXIT.badInput, message: `${error.problems.map(renderProblem).join("\n\n")}\n` };
  }
  if (error instanceof DataError || error instanceof FileError || error instanceof UsageError) {
    return { code: EXIT.badInput, message: `error: ${error.message}\n` };
  }
  if (error instanceof ProgramError) {
    return { code: EXIT.badInput, message: `error: the program cannot go on ${error.message}\n` };
  }
  const [summary, trace] =
    error instanceof Error ? [error.message, error.stack ?? ""] : [String(error), "(no trace)"];
  const message = `error: ${summary}\nthis is a bug in rebit; please report it with the command and this trace:\n${trace}\n`;
  return { code: EXIT.bug, message };
}
