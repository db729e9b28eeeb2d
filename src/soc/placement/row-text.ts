/** Rows as a placement file writes them: "50-109", "0-3, 9". Ascending, without repetition; undefined if it is no such text. */
export function parseRows(text: string): number[] | undefined {
  const rows: number[] = [];
  for (const part of text.split(",")) {
    const match = /^\s*(\d{1,7})(?:\s*-\s*(\d{1,7}))?\s*$/.exec(part);
    if (match === null) return undefined;
    const first = Number(match[1]);
    const last = Number(match[2] ?? match[1]);
    if (last < first || first <= (rows.at(-1) ?? -1)) return undefined;
    for (let row = first; row <= last; row += 1) rows.push(row);
  }
  return rows;
}

/** Ascending rows as text: "0-3, 9". */
export function formatRows(rows: readonly number[]): string {
  const parts: string[] = [];
  for (let start = 0; start < rows.length; ) {
    let end = start;
    while (rows[end + 1] === (rows[end] as number) + 1) end += 1;
    parts.push(start === end ? `${rows[start]}` : `${rows[start]}-${rows[end]}`);
    start = end + 1;
  }
  return parts.join(", ");
}
