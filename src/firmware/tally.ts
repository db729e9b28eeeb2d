import { exact } from "./exact.js";

/** Accesses of one tensor at the port of the on-chip memory. */
export interface PortAccesses {
  tensor: string;
  action: "read" | "write";
  count: number;
  /** Useful bits. */
  bits: number;
}

/** How often each row of a tensor is brought into reach of the core, and written back. */
export interface RowVisits {
  reads: number[];
  writes: number[];
}

/** Exact counts of a set of kernel invocations. */
export class Tally {
  /** Core cycles at zero wait states. */
  cycles = 0;
  readonly operations = new Map<string, number>();
  /** Visits of tensors that may be spilled by rows, by tensor. */
  readonly rowVisits = new Map<string, RowVisits>();
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
    entry.bits = exact(entry.bits + bits);
    this.#accesses.set(key, entry);
  }

  addOperations(name: string, count: number): void {
    this.operations.set(name, exact((this.operations.get(name) ?? 0) + count));
  }

  addCycles(cycles: number): void {
    this.cycles = exact(this.cycles + cycles);
  }

  addRowVisits(tensor: string, row: number, reads: number, writes: number): void {
    const visits = this.rowVisits.get(tensor) ?? { reads: [], writes: [] };
    visits.reads[row] = exact((visits.reads[row] ?? 0) + reads);
    visits.writes[row] = exact((visits.writes[row] ?? 0) + writes);
    this.rowVisits.set(tensor, visits);
  }

  addSampleVisits(tensor: string, reads: number, writes: number): void {
    const visits = this.sampleVisits.get(tensor) ?? { reads: 0, writes: 0 };
    visits.reads = exact(visits.reads + reads);
    visits.writes = exact(visits.writes + writes);
    this.sampleVisits.set(tensor, visits);
  }
}
