import { exact } from "./exact.js";

/** Accesses of one tensor at the port of the on-chip memory. */
export interface PortAccesses {
  tensor: string;
  action: "read" | "write";
  count: number;
  /** Useful bits. */
  bits: number;
}

/** What the body of a loop takes in all its executions. */
export interface LoopBody {
  cycles: number;
  accesses: number;
}

/** A loop over the rows of a tensor: each visit brings a row into reach of the core, or writes it back, or both. */
export interface RowWalk {
  readonly tensor: string;
  readonly reads: boolean;
  readonly writes: boolean;
  /** How often the whole loop runs. */
  readonly executions: number;
  /** Rows of a full tile, which are in reach together. */
  readonly step: number;
  /** Row of the tensor that `visits` begin with. */
  readonly firstRow: number;
  /** Visits of each row in all executions. */
  readonly visits: readonly number[];
  /** The loop's body, the same object for all tensors that the loop walks. */
  readonly body: LoopBody;
}

/** Exact counts of a set of kernel invocations. */
export class Tally {
  /** Core cycles at zero wait states. */
  cycles = 0;
  /** Accesses of all tensors. */
  accessCount = 0;
  readonly operations = new Map<string, number>();
  /** Loops over rows of tensors that may be spilled by rows. */
  readonly rowWalks: RowWalk[] = [];
  /** Visits of tensors whose rows are samples: one row a visit, the same number of visits for each row. */
  readonly sampleVisits = new Map<string, { reads: number; writes: number }>();
  /** Samples of `bits` bits each that are fetched into an on-chip tensor. */
  readonly fetches: { tensor: string; into: string; count: number; bits: number }[] = [];
  readonly #accesses = new Map<string, PortAccesses>();

  get accesses(): PortAccesses[] {
    return [...this.#accesses.values()];
  }

  addAccesses(tensor: string, action: "read" | "write", count: number, bits: number): void {
    if (count === 0) return;
    const key = `${tensor} ${action}`;
    const entry = this.#accesses.get(key) ?? { tensor, action, count: 0, bits: 0 };
    entry.count = exact(entry.count + count);
    this.accessCount = exact(this.accessCount + count);
    entry.bits = exact(entry.bits + bits);
    this.#accesses.set(key, entry);
  }

  addOperations(name: string, count: number): void {
    this.operations.set(name, exact((this.operations.get(name) ?? 0) + count));
  }

  addCycles(cycles: number): void {
    this.cycles = exact(this.cycles + cycles);
  }

  addSampleVisits(tensor: string, reads: number, writes: number): void {
    const visits = this.sampleVisits.get(tensor) ?? { reads: 0, writes: 0 };
    visits.reads = exact(visits.reads + reads);
    visits.writes = exact(visits.writes + writes);
    this.sampleVisits.set(tensor, visits);
  }
}
