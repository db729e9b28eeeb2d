import { ConfigError, problemAt } from "../../config/problem.js";
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
type Row = Readonly<Record<Column, number>> & { readonly line: number };

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
    ({ banks, capacity, width }) => banks === 1 && capacity === bank.bankBytes && width === bank.widthBits,
  );
  if (found === undefined) {
    const known = rows.map(
      ({ capacity, width, banks }) => `${capacity} bytes x ${width} bit (banks: ${banks})`,
    );
    const message = `${path} has no result for one bank of ${bank.bankBytes} bytes x ${bank.widthBits} bit; it has ${known.join(", ") || "none"}`;
    throw new ConfigError([problemAt(asked, "no-cost", message)]);
  }
  const origin: Origin = { file: path, line: found.line, column: 1 };
  const source = `CACTI, ${found.node} nm, bank of ${bank.bankBytes} bytes x ${bank.widthBits} bit`;
  const cost = (group: string, key: string, value: string): FileCost => ({
    path: [group, key],
    value,
    status: "derived",
    source,
    origin,
  });
  return {
    costs: [
      cost("energy", "read", `${found.read} nJ/access`),
      cost("energy", "write", `${found.write} nJ/access`),
      cost("power", "on", `${found.leakage * bank.banks} mW`),
    ],
    accessTime: { value: `${found.access} ns`, origin },
  };
}

function parseRows(text: string, path: string): Row[] {
  const [header = "", ...lines] = text.split(/\r?\n/);
  const names = header.split(",").map((name) => name.trim());
  const fail = (line: number, message: string): never => {
    throw new ConfigError([problemAt({ file: path, line, column: 1 }, "damaged", message)]);
  };
  for (const name of Object.values(COLUMNS)) {
    if (!names.includes(name)) fail(1, `expected CACTI's column "${name}"`);
  }
  return lines.flatMap((text, index): Row[] => {
    if (text.trim() === "") return [];
    const line = index + 2;
    const cells = text.split(",").map((cell) => cell.trim());
    const numberIn = (column: Column): number => {
      const cell = cells[names.indexOf(COLUMNS[column])] ?? "";
      const value = cell === "" ? Number.NaN : Number(cell);
      return Number.isFinite(value) && value >= 0
        ? value
        : fail(line, `expected a number under "${COLUMNS[column]}", found "${cell}"`);
    };
    const columns = Object.keys(COLUMNS) as Column[];
    return [
      {
        ...(Object.fromEntries(columns.map((column) => [column, numberIn(column)])) as Record<
          Column,
          number
        >),
        line,
      },
    ];
  });
}
