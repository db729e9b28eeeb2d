import type { Phase } from "../../firmware/phases.js";
import type { TensorSpec } from "../../firmware/tensors.js";
import { aligned } from "./items.js";

/** A loop over rows of a tensor, run so often in one training: each visit reads a row, writes it, or both. */
export interface RowUse {
  readonly tensor: string;
  readonly kernel: string;
  readonly phase: Phase;
  readonly reads: boolean;
  readonly writes: boolean;
  readonly executions: number;
  /** Rows that are in reach together. */
  readonly step: number;
  readonly firstRow: number;
  /** Visits of each row from `firstRow` on. */
  readonly visits: readonly number[];
}

/** How often rows of a tensor whose rows are samples are read and written in one training. */
export interface SampleUse {
  readonly tensor: string;
  readonly phase: Phase;
  readonly reads: number;
  readonly writes: number;
}

/** What a training does with tensors that may lie off chip. */
export interface Uses {
  readonly rows: readonly RowUse[];
  readonly samples: readonly SampleUse[];
}

/** Consecutive rows of a tensor that are alike: same size, same loops, same number of visits. */
export interface RowGroup {
  readonly tensor: string;
  readonly firstRow: number;
  readonly rows: number;
  readonly rowBits: number;
  /** Where the first row begins in the tensor. */
  readonly firstBit: number;
  /** Times that one row is read, and that it is written, in one training. */
  readonly fills: number;
  readonly writes: number;
  /** Executions of the loops that write any of the rows: so often each sector of them is rewritten. */
  readonly rewrites: number;
}

/** The rows of a tensor in groups. No loop goes over a part of a group only. */
export function groupsOf(spec: TensorSpec, uses: readonly RowUse[]): RowGroup[] {
  const { rowBits = [] } = spec;
  const own = uses.filter((use) => use.tensor === spec.name);
  const starts = new Set<number>([0, rowBits.length]);
  for (let row = 1; row < rowBits.length; row += 1) if (rowBits[row] !== rowBits[row - 1]) starts.add(row);
  for (const { firstRow, visits } of own) {
    starts.add(firstRow).add(firstRow + visits.length);
    for (let row = 1; row < visits.length; row += 1) {
      if (visits[row] !== visits[row - 1]) starts.add(firstRow + row);
    }
  }
  const sorted = [...starts].filter((row) => row <= rowBits.length).sort((a, b) => a - b);
  let firstBit = 0;
  return sorted.slice(0, -1).map((firstRow, position): RowGroup => {
    const rows = (sorted[position + 1] as number) - firstRow;
    const group = { fills: 0, writes: 0, rewrites: 0 };
    for (const use of own) {
      const visits = use.visits[firstRow - use.firstRow] ?? 0;
      if (visits === 0) continue;
      if (use.reads) group.fills += visits;
      if (use.writes) group.writes += visits;
      if (use.writes) group.rewrites += use.executions;
    }
    const bits = rowBits[firstRow] as number;
    const start = firstBit;
    firstBit += rows * bits;
    return { tensor: spec.name, firstRow, rows, rowBits: bits, firstBit: start, ...group };
  });
}

/** Bytes on chip of some rows that follow each other, from a word on: they keep their bit phase in words of the port. */
export function stretchBytes(group: RowGroup, firstRow: number, rows: number, widthBits: number): number {
  if (rows === 0) return 0;
  const phase = (group.firstBit + (firstRow - group.firstRow) * group.rowBits) % widthBits;
  return Math.ceil((phase + rows * group.rowBits) / 8);
}

/** Bytes of a buffer that takes any one row of a group, from a word on. */
export function rowBufferBytes(group: RowGroup, widthBits: number): number {
  let most = 0;
  // Phases repeat after as many rows as the port has bits.
  for (let row = 0; row < Math.min(group.rows, widthBits); row += 1) {
    most = Math.max(most, stretchBytes(group, group.firstRow + row, 1, widthBits));
  }
  return aligned(most, widthBits / 8);
}
