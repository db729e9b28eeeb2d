import { wrapped } from "./section.js";

/** Long texts, each shown once below a table whose cells refer to it. */
export interface Footnotes {
  /** "[2]", or nothing for an empty text. */
  reference(text: string): string;
  readonly lines: readonly string[];
}

/** Numbers different texts in the order in which they first appear. */
export function footnotes(texts: readonly string[]): Footnotes {
  const different = [...new Set(texts)].filter((text) => text !== "");
  return {
    reference: (text) => (text === "" ? "" : `[${different.indexOf(text) + 1}]`),
    lines: different.flatMap((text, position) => wrapped(`[${position + 1}] ${text}`, "    ")),
  };
}
