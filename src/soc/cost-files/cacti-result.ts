import { ConfigError, listed, problemAt, quote } from "../../config/problem.js";
import type { Origin } from "../../config/tree.js";
import type { FileCost } from "./cost-tree.js";

/** Columns of the CSV file that CACTI 7 writes beside its printed result, as its header names them. */
const COLUMNS = {
  node: "Tech node (nm)",
  capacity: "Capacity (bytes)",
  banks: "Number of banks",
  width: "Output width (bits)",
  access: "Access time (ns)",
  read: "Dynamic read energy (nJ)",
  write: "Dynamic write energy (nJ)",
  leakage: "Standby leakage per bank(mW)",
} as const;

type Column = keyof typeof COLUMNS;

/** A line of the file. What is no number in a line of another bank does no harm. */
interface Row {
  readonly line: number;
  /** NaN for what is no number, or none that a float holds. */
  readonly values: Readonly<Record<Column, number>>;
  readonly texts: Readonly<Record<Column, string>>;
}

/** Whether a text is CACTI's: its first line names the columns. */
export const isCactiResult = (text: string): boolean => text.trimStart().startsWith(COLUMNS.node);

/** What a component asks for: one bank of an SRAM, as often as it has banks. */
export interface CactiBank {
  readonly bankBytes: number;
  readonly widthBits: number;
  readonly banks: number;
}

/** Costs of an SRAM, and how long an access of it takes ("0.35 ns"). */
export interface CactiCosts {
  readonly costs: readonly FileCost[];
  readonly accessTime: { readonly value: string; readonly origin: Origin };
}

/**
 * The costs of an SRAM from a result of CACTI: energies are those of an access of one bank, the leakage is that of all banks. CACTI adds a line
 * for each of its runs; the last one for such a bank counts.
 * @param asked where the component names the file
 * @throws ConfigError if the file is damaged or has no such bank
 */
export function cactiCosts(text: string, path: string, bank: CactiBank, asked: Origin): CactiCosts {
  const rows = parseRows(text, path);
  const found = rows.findLast(
    ({ values: { banks, capacity, width } }) =>
      banks === 1 && capacity === bank.bankBytes && width === bank.widthBits,
  );
  if (found === undefined) {
    const known = rows.map(
      ({ texts: { capacity, width, banks } }) => `${capacity} bytes x ${width} bit (banks: ${banks})`,
    );
    const message = `${path} has no result for one bank of ${bank.bankBytes} bytes x ${bank.widthBits} bit; it has ${listed([...new Set(known)])}`;
    throw new ConfigError([problemAt(asked, "no-cost", message)]);
  }
  for (const column of Object.keys(COLUMNS) as Column[]) {
    if (!Number.isNaN(found.values[column])) continue;
    const message = `expected a number under "${COLUMNS[column]}", found ${quote(found.texts[column])}`;
    fail(path, found.line, message);
  }
  const origin: Origin = { file: path, line: found.line, column: 1 };
  const source = `CACTI, ${found.values.node} nm, bank of ${bank.bankBytes} bytes x ${bank.widthBits} bit`;
  const cost = (group: string, key: string, value: string): FileCost => ({
    path: [group, key],
    value,
    status: "derived",
    source,
    origin,
  });
  return {
    costs: [
      cost("energy", "read", `${found.values.read} nJ/access`),
      cost("energy", "write", `${found.values.write} nJ/access`),
      cost("power", "on", `${found.values.leakage * bank.banks} mW`),
    ],
    accessTime: { value: `${found.values.access} ns`, origin },
  };
}

const fail = (file: string, line: number, message: string): never => {
  throw new ConfigError([problemAt({ file, line, column: 1 }, "damaged", message)]);
};

/** A number as CACTI writes it: "0.0133", "1.2e-05". */
const NUMBER = /^\d+(\.\d*)?(e[-+]?\d+)?$/i;

function parseRows(text: string, path: string): Row[] {
  const [header = "", ...lines] = text.split(/\r?\n/);
  const names = header.split(",").map((name) => name.trim());
  for (const name of Object.values(COLUMNS)) {
    if (!names.includes(name)) fail(path, 1, `expected CACTI's column "${name}"`);
  }
  return lines.flatMap((text, index): Row[] => {
    if (text.trim() === "") return [];
    const cells = text.split(",").map((cell) => cell.trim());
    const each = <T>(of: (cell: string) => T): Record<Column, T> =>
      Object.fromEntries(
        Object.entries(COLUMNS).map(([column, name]) => [column, of(cells[names.indexOf(name)] ?? "")]),
      ) as Record<Column, T>;
    return [
      {
        line: index + 2,
        values: each((cell) =>
          NUMBER.test(cell) && Number.isFinite(Number(cell)) ? Number(cell) : Number.NaN,
        ),
        texts: each((cell) => cell),
      },
    ];
  });
}
