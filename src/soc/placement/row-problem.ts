import type { SpillTable } from "./spill-cost.js";

/** How many rows of each group to spill: the cheapest numbers that free enough. */
export interface RowProblem {
  readonly groups: readonly SpillTable[];
  /** What must be free: `by` says for each group whether its rows count. */
  readonly needs: readonly { readonly bytes: number; readonly by: readonly boolean[] }[];
  /** What may be taken at most of a memory: `by` says for each group whether it lies there. */
  readonly rooms: readonly { readonly bytes: number; readonly by: readonly boolean[] }[];
}

/** Numbers of spilled rows, by group. */
export interface RowChoice {
  readonly spilled: readonly number[];
  readonly cost: number;
}
