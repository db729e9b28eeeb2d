import { Lexer } from "yaml";

/** The lexer announces a plain scalar with this character (yaml, cst.ts: SCALAR). */
const SCALAR_MARK = "\u001f";
const MARKS_WITHOUT_TEXT: ReadonlySet<string> = new Set([SCALAR_MARK, "\u0002", "\u0018"]);

/** The last of some ascending offsets that is not behind `offset`. */
export function lastUpTo(offsets: readonly number[], offset: number): number | undefined {
  let [low, high] = [0, offsets.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((offsets[middle] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return offsets[low - 1];
}

/** The offsets of all tags such as `!!str` in a YAML text, ascending. The library keeps none in its nodes. */
export function tagOffsets(text: string): number[] {
  const offsets: number[] = [];
  let offset = 0;
  let before = "";
  for (const token of new Lexer().lex(text)) {
    if (token.startsWith("!") && before !== SCALAR_MARK) offsets.push(offset);
    if (!MARKS_WITHOUT_TEXT.has(token)) offset += token.length;
    before = token;
  }
  return offsets;
}
