import Table from "cli-table3";

/** A column with its heading; numbers are aligned to the right. */
export interface Column {
  readonly title: string;
  readonly align?: "left" | "right";
}

export const left = (title: string): Column => ({ title, align: "left" });
export const right = (title: string): Column => ({ title, align: "right" });

/** Rules above, below and under the heading only: what is between them copies well into a note. */
const CHARS = {
  top: "─",
  "top-mid": "──",
  "top-left": "",
  "top-right": "",
  bottom: "─",
  "bottom-mid": "──",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  right: "",
  mid: "",
  "left-mid": "",
  "mid-mid": "",
  "right-mid": "",
  middle: "  ",
};

/** Lines of a table without colours. `total`, if given, follows the rows as the last one, after a rule. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  total?: readonly string[],
): string[] {
  const drawn = new Table({
    head: columns.map(({ title }) => title),
    colAligns: columns.map(({ align }) => align ?? "left"),
    chars: CHARS,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
  });
  drawn.push(...[...rows, ...(total === undefined ? [] : [total])].map((row) => [...row]));
  const lines = drawn.toString().split("\n");
  const rule = lines[0] ?? "";
  const [top, heading, ...body] = lines.filter((line) => line.trim() !== "");
  const bottom = body.pop();
  const last = total === undefined ? [] : [rule, body.pop()];
  return [top, heading, rule, ...body, ...last, bottom].map((line) => (line ?? "").trimEnd());
}
