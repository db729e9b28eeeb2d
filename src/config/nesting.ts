import { Lexer } from "yaml";

/** Deeper than anything one would write; the parser's recursion stays far from the end of the stack. */
export const MAX_DEPTH = 32;

/** Words and signs of a file; the largest hand-written configurations have some thousands. */
const MAX_TOKENS = 200_000;

/** The lexer announces a plain or block scalar with this character (yaml, cst.ts: SCALAR). */
const SCALAR_MARK = "\u001f";

const MARKS_WITHOUT_TEXT: ReadonlySet<string> = new Set(["\ufeff", "\u0002", "\u0018"]);
const BLANK = /^[ \t]*$/;

/** What is wrong with the shape of a text, and at which offset. */
export interface ShapeProblem {
  readonly code: "too-deep" | "file-too-large";
  readonly message: string;
  readonly offset: number;
}

/** Open brackets and the columns of open block lists and maps. */
class Nesting {
  private flow = 0;
  private readonly columns: number[] = [];

  get depth(): number {
    return this.flow + this.columns.length;
  }

  /** A token at the start of a line, or a list or key indicator: opens a level if further right than all. */
  block(column: number): void {
    if (this.flow > 0) return;
    while ((this.columns.at(-1) ?? -1) > column) this.columns.pop();
    if ((this.columns.at(-1) ?? -1) < column) this.columns.push(column);
  }

  bracket(token: string): void {
    if (token === "[" || token === "{") this.flow += 1;
    if (token === "]" || token === "}") this.flow = Math.max(0, this.flow - 1);
  }
}

/**
 * Looks at the tokens of a YAML text one after another, without recursion, and stops at the first sign that
 * parsing it would overflow the stack or take long. Undercounts `- key:` on one line by one level at most.
 */
export function findShapeProblem(text: string): ShapeProblem | undefined {
  const nesting = new Nesting();
  let offset = 0;
  let lineStart = 0;
  let isFirst = true;
  let isScalar = false;
  let tokens = 0;
  for (const token of new Lexer().lex(text)) {
    if (MARKS_WITHOUT_TEXT.has(token)) continue;
    if (token === SCALAR_MARK && !isScalar) {
      isScalar = true;
      continue;
    }
    tokens += 1;
    const isIndicator = !isScalar && (token === "-" || token === "?");
    if (!BLANK.test(token) && (isFirst || isIndicator) && !/^[\r\n#[{]/.test(token)) {
      nesting.block(offset - lineStart);
      isFirst = false;
    }
    if (!isScalar) nesting.bracket(token);
    if (nesting.depth > MAX_DEPTH) {
      return { code: "too-deep", message: `more than ${MAX_DEPTH} levels of nesting`, offset };
    }
    if (tokens > MAX_TOKENS) {
      const message = `more than ${MAX_TOKENS} words and signs are too many for a configuration file`;
      return { code: "file-too-large", message, offset };
    }
    offset += token.length;
    if (token.endsWith("\n")) {
      lineStart = offset;
      isFirst = true;
    }
    isScalar = false;
  }
  return undefined;
}
