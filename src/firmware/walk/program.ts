import type { Binding } from "../binding.js";

/** How a loop variable moves an index. */
export interface Term {
  readonly depth: number;
  readonly coefficient: number;
}

/**
 * One index of an access as a linear function of loop variables: a constant, a term, which most indexes have one of
 * (depth -1 if there is none), and others.
 */
export interface WalkIndex extends Term {
  readonly constant: number;
  readonly others: readonly Term[];
  /** Values of the index that exist. */
  readonly extent: number;
  /** Bits between two values of the index. */
  readonly strideBits: number;
}

/** Rows of one tensor that a loop walks, and what its current tile has done to them so far. */
export interface RowUse {
  readonly binding: Binding;
  /** Number of the loop within its program. */
  readonly loop: number;
  readonly depth: number;
  /** True in a loop over updated rows. */
  readonly updatedRows: boolean;
  /** Bits of the placed tensor that the rows of the current tile span. */
  firstBit: number;
  endBit: number;
  isOpen: boolean;
  isRead: boolean;
  isWritten: boolean;
  /** The current execution of the loop wrote a row. */
  wasWritten: boolean;
}

/** A tensor whose rows are samples: an invocation reaches one row of it. */
export interface SampleUse {
  readonly binding: Binding;
  isRead: boolean;
  isWritten: boolean;
}

/** A place in a nest that accesses a tensor. */
export interface Site {
  /** Number of the site within its program, from 0. */
  readonly id: number;
  readonly action: "read" | "write";
  /** Name of the tensor in the kernel. */
  readonly name: string;
  readonly binding: Binding;
  readonly indexes: readonly WalkIndex[];
  readonly rows: RowUse | undefined;
  readonly sample: SampleUse | undefined;
  /** True if accesses reach rows or samples. */
  readonly isWatched: boolean;
}

/** Operations and cycles that stand side by side in a body. */
export interface Work {
  /** Number of the work within its program, from 0. */
  readonly id: number;
  /** Core cycles of each `cycles` statement, for full tiles. */
  readonly cycles: readonly number[];
  readonly operations: readonly { readonly name: string; readonly count: number }[];
}

export interface AccessStep {
  readonly kind: "access";
  readonly site: Site;
  readonly bits: number;
  readonly count: number;
  /** Bits from one access to the next. */
  readonly strideBits: number;
  /** Loops whose tails shorten each access, and those whose tails leave accesses out. */
  readonly bitsDepths: readonly number[];
  readonly countDepths: readonly number[];
}

export interface StreamStep {
  readonly kind: "stream";
  readonly site: Site;
  readonly bits: number;
  /** Core cycles for each boundary between words of the core that the stream crosses. */
  readonly cyclesPerBoundary: number;
  /** Accesses to the stack, for each of these boundaries. */
  readonly stack: readonly AccessStep[];
  readonly bitsDepths: readonly number[];
  /** First bit of the placed tensor that is beyond the view. */
  readonly endBit: number;
}

export interface LoopStep {
  readonly kind: "loop";
  readonly depth: number;
  readonly extent: number;
  readonly step: number;
  readonly updatedRows: boolean;
  readonly uses: readonly RowUse[];
  readonly body: readonly Step[];
  /** The body, if nothing but accesses and work stands in it and tiles are single elements that reach no rows. */
  readonly innermost: InnermostBody | undefined;
}

/** What an innermost loop does in each round. */
export interface InnermostBody {
  readonly accesses: readonly InnermostAccess[];
  readonly works: readonly Work[];
}

/** An access whose address moves by the same number of bits in each round. */
export interface InnermostAccess extends AccessStep {
  readonly bitsPerRound: number;
  /** One access in each round, no wider than the port. */
  readonly isSingle: boolean;
  /** Address in the round at hand. */
  bit: number;
}

export interface WorkStep {
  readonly kind: "work";
  readonly work: Work;
  /** All enclosing loops. */
  readonly depths: readonly number[];
}

/** Brings one sample into an on-chip tensor. */
export interface FetchStep {
  readonly kind: "fetch";
  /** Number of the fetch within its program, from 0. */
  readonly id: number;
  readonly source: Binding;
  readonly into: Binding;
}

/** What a walk does next. */
export type Step = AccessStep | StreamStep | LoopStep | WorkStep | FetchStep;

/** A loop nest made ready to be walked: names are values, options are decided, indexes are linear functions. */
export interface WalkProgram {
  readonly steps: readonly Step[];
  readonly sites: readonly Site[];
  readonly works: readonly Work[];
  readonly fetches: readonly FetchStep[];
  /** Loops around the innermost statement. */
  readonly maximumDepth: number;
  /** Bits of the on-chip memory's port. */
  readonly portBits: number;
}
