import type { Binding } from "../binding.js";
import type { FetchStep, RowUse, Site, Work } from "./program.js";

/** What a walk tells about one invocation, in the order in which it happens. */
export interface Visitor {
  /**
   * One access at the port of the on-chip memory.
   * @param bit first bit within the placed tensor
   * @param bits useful bits, at most the port's width
   */
  access(site: Site, bit: number, bits: number): void;
  /** The operations and cycles of a body whose enclosing tiles are all full. */
  work(work: Work): void;
  /** The same in a tail: its cycles in all, and how many of each of `work.operations`. */
  partialWork(work: Work, cycles: number, counts: readonly number[]): void;
  /** Core cycles of a stream's words. */
  cycles(cycles: number): void;
  fetch(fetch: FetchStep): void;
  /** The invocation's sample of a tensor in samples is reached; told once an action. */
  reachSample(binding: Binding, action: "read" | "write"): void;
  /** A row of the tile is read, and has to be there from now on; rows are counted from the view's first. */
  readRow(use: RowUse, row: number): void;
  /** The tile is done and has written the row. */
  writeRow(use: RowUse, row: number): void;
  /** The loop over rows is done and has written some. */
  endRows(use: RowUse): void;
  /** What follows happens as often as this row is updated, until the end is told. */
  beginUpdatedRow(row: number): void;
  endUpdatedRow(): void;
}
