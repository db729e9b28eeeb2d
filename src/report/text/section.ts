/** A titled part of the text report; lines are at most about 110 columns wide. */
export interface Section {
  readonly title: string;
  readonly lines: readonly string[];
}

/** Columns of running text. */
const WIDTH = 100;

/** Between words, but not between a number and its unit. */
const BREAK = /(?<!\d)\s+/;

/** Words filled into lines, the first behind `lead`, the others indented. */
export function wrapped(text: string, indent = "", lead = ""): string[] {
  const lines: string[] = [];
  let line = lead;
  let isStart = true;
  for (const word of text.split(BREAK)) {
    const longer = isStart ? line + word : `${line} ${word}`;
    if (longer.length > WIDTH && !isStart) {
      lines.push(line);
      line = indent + word;
    } else {
      line = longer;
    }
    isStart = false;
  }
  return [...lines, line];
}

/** "label   value" lines with the values below each other. */
export function facts(pairs: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...pairs.map(([label]) => label.length)) + 2;
  return pairs.flatMap(([label, value]) => wrapped(value, " ".repeat(width), label.padEnd(width)));
}

/** A section under its title. */
export const renderSection = ({ title, lines }: Section): string =>
  [title, ...lines.map((line) => `  ${line}`.trimEnd()), ""].join("\n");
