import type { Binding } from "../binding.js";
import type { Expression } from "../expression.js";
import type { RowUse } from "./program.js";

/** A loop around the statement at hand. */
export interface Enclosing {
  readonly variable: string;
  readonly number: number;
  readonly updatedRows: boolean;
  readonly uses: RowUse[];
}

/** The rows that an access reaches belong to the loop whose variable is its first index. */
export function rowUseOf(
  binding: Binding,
  first: Expression | undefined,
  around: readonly Enclosing[],
): RowUse | undefined {
  if (binding.rows === undefined || binding.rows === "sample" || first?.kind !== "name") return undefined;
  const depth = around.findIndex(({ variable }) => variable === first.name);
  const loop = around[depth];
  if (loop === undefined) return undefined;
  const known = loop.uses.find((use) => use.binding.tensor === binding.tensor);
  if (known !== undefined) return known;
  const use: RowUse = {
    binding,
    loop: loop.number,
    depth,
    updatedRows: loop.updatedRows,
    firstBit: 0,
    endBit: 0,
    isOpen: false,
    isRead: false,
    isWritten: false,
    wasWritten: false,
  };
  loop.uses.push(use);
  return use;
}
