import type { TensorSpec } from "../../firmware/tensors.js";
import { buffersOf } from "./buffers.js";
import type { Item } from "./items.js";
import type { Selection } from "./selection.js";
import type { Situation } from "./situation.js";
import { type RowGroup, stretchBytes } from "./uses.js";

/** What is on chip whatever rows are chosen: pinned tensors, buffers, and tensors that spill nothing. */
export function fixedContents({ spilled, whole }: Selection, { tensors, uses, isDouble }: Situation): Item[] {
  const isSpilled = new Set(spilled.map(({ spec }) => spec));
  const here = tensors.filter((spec) => spec.where !== "offChip" && !isSpilled.has(spec));
  return [
    ...buffersOf([...spilled, ...whole], uses, isDouble),
    ...here.map(({ name: tensor, bits, from, to }) => ({ tensor, bytes: Math.ceil(bits / 8), from, to })),
  ];
}

/** What stays on chip of a tensor that spills the last rows of some groups, a piece for each group. */
export function keptContents(
  { name, from, to }: TensorSpec,
  groups: readonly RowGroup[],
  spilledRows: ReadonlyMap<RowGroup, number>,
  widthBits: number,
): Item[] {
  return groups.flatMap((group): Item[] => {
    const kept = group.rows - (spilledRows.get(group) ?? 0);
    if (kept === 0) return [];
    const rows = { first: group.firstRow, last: group.firstRow + kept - 1 };
    return [{ tensor: name, bytes: stretchBytes(group, group.firstRow, kept, widthBits), from, to, rows }];
  });
}
