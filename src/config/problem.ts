import type { Origin } from "./tree.js";

/** Something wrong with an input, and where. Line and column count from 1. */
export interface Problem {
  /** The file as the user typed it, or as it was resolved from there; `--set` for an argument. */
  readonly path: string;
  readonly line: number;
  readonly column: number;
  /** Stable and short, for scripts: `unknown-key`. */
  readonly code: string;
  /** What is wrong and what would be right. */
  readonly message: string;
  /** What was probably meant, as one would write it. */
  readonly suggestion?: string;
  /** The text of the line. */
  readonly excerpt?: string;
}

/** One or more problems in what the user wrote; the command line shows them and ends with exit code 2. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";

  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(renderProblem).join("\n"));
  }
}

/** A problem located at an origin. */
export function problemAt(origin: Origin, code: string, message: string, suggestion?: string): Problem {
  const { file, line, column, excerpt } = origin;
  return {
    path: file,
    line,
    column,
    code,
    message,
    ...(suggestion === undefined ? {} : { suggestion }),
    ...(excerpt === undefined ? {} : { excerpt }),
  };
}

/** Columns of an excerpt that are shown, and how many of them before the caret. */
const WINDOW = 100;
const WINDOW_BEFORE = 60;

/** Control characters could rewrite the terminal, and tabs would misplace the caret. */
const printable = (text: string): string => text.replace(/\p{Cc}|[\u2028\u2029]/gu, " ");

/** The line, cut to a window around the column, and the caret under it. */
function renderExcerpt(excerpt: string, column: number): string {
  const at = Math.min(Math.max(column - 1, 0), excerpt.length);
  const isLong = excerpt.length > WINDOW;
  const start = isLong ? Math.max(0, Math.min(at - WINDOW_BEFORE, excerpt.length - WINDOW)) : 0;
  const end = Math.min(excerpt.length, start + WINDOW);
  const before = (start > 0 ? "..." : "") + printable(excerpt.slice(start, at));
  const after = printable(excerpt.slice(at, end)) + (end < excerpt.length ? "..." : "");
  const indent = " ".repeat([...before].length);
  return `  ${before}${after}\n  ${indent}^`;
}

/** `FILE:LINE:COL: CODE: message`, then the line, a caret under the column, and the suggestion. */
export function renderProblem(problem: Problem): string {
  const { path, line, column, code, message, suggestion, excerpt } = problem;
  const parts = [printable(`${path}:${line}:${column}: ${code}: ${message}`)];
  if (excerpt !== undefined) parts.push(renderExcerpt(excerpt, column));
  if (suggestion !== undefined) parts.push(printable(`  did you mean ${suggestion}?`));
  return parts.join("\n");
}

/** Names that a message lists before it only counts the others. */
const LISTED = 12;

/** A list for a message, short enough to read. */
export function listed(names: readonly string[]): string {
  const more = names.length - LISTED;
  return names.length === 0
    ? "none"
    : names.slice(0, LISTED).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

/** Text from a file, short enough for a message. */
export function quote(text: string): string {
  const shown = text.length > 40 ? `${text.slice(0, 40)}...` : text;
  return `"${shown}"`;
}
