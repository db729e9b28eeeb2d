import { Command } from "commander";
import { type Problem, problemAt, renderProblem } from "../../config/problem.js";
import { startOf } from "../../config/source.js";
import { DataError } from "../../data/data-error.js";
import { nodeFiles } from "../../data/node-files.js";
import { lintFile } from "../../experiment/lint.js";
import { EXIT } from "../exit-codes.js";
import { print, printDocument } from "../output.js";

const EXAMPLES = `
Examples:
  rebit lint configs/chips/wearable-m3-64k.yaml
  rebit lint configs/*/*.yaml --json`;

const identity = ({ path, line, column, code, message }: Problem): string =>
  [path, line, column, code, message].join("\n");

/** A data set that an experiment needs is part of what can be wrong with it. */
function problemsOfFile(path: string): Problem[] {
  try {
    return lintFile(path, nodeFiles);
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    return [problemAt(startOf(error.path), error.code, error.message)];
  }
}

/** A file that several others name is told about once. */
function problemsOf(paths: readonly string[]): Problem[] {
  const problems = paths.flatMap(problemsOfFile);
  return [...new Map(problems.map((problem) => [identity(problem), problem])).values()];
}

function lint(paths: readonly string[], { json }: { readonly json?: boolean }): void {
  const problems = problemsOf(paths);
  if (problems.length > 0) process.exitCode = EXIT.badInput;
  if (json) {
    const listed = problems.map(({ excerpt: _, ...problem }) => problem);
    printDocument({ schema: "rebit/lint@1", problems: listed });
    return;
  }
  const files = paths.length === 1 ? "1 file" : `${paths.length} files`;
  if (problems.length === 0) print(`${files}, no problems`);
  else print(problems.map(renderProblem).join("\n\n"));
}

/** `rebit lint FILE...`: check files of any schema. */
export const lintCommand = (): Command =>
  new Command("lint")
    .argument("<file...>", "YAML files of any rebit schema; the `schema:` line of each says which")
    .summary("check YAML files and list all problems in them")
    .description(
      "Checks YAML files and lists all problems in them, each with its place and what was expected.",
    )
    .option("--json", "print the problems as one JSON document (rebit/lint@1)")
    .addHelpText("after", EXAMPLES)
    .action(lint);
