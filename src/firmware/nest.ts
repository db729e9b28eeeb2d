import type { Expression } from "./expression.js";

/**
 * The loop nest: what one kernel invocation does, as loops around reads, writes, operations and cycles.
 * Counting it gives the closed form; walking it gives the access stream.
 */
export type Statement = Loop | Access | Stream | Fetch | Operation | Cycles | When;

/**
 * `for` a variable from 0 below `of`, by `step`. With a step the body describes a full tile, and the tail
 * tile uses its real size (`frame.ts`). With `rows: updated` the body runs only for the rows whose
 * delta is not zero (docs/cost-model.md, "Training and firmware").
 */
export interface Loop {
  readonly kind: "loop";
  readonly variable: string;
  readonly of: Expression;
  readonly step: number;
  readonly updatedRows: boolean;
  readonly body: readonly Statement[];
}

/** `count` accesses of `bits` bits each, from element `at` on; `bits` defaults to the tensor's element. */
export interface Access {
  readonly kind: "access";
  readonly action: "read" | "write";
  readonly tensor: string;
  readonly at: readonly Expression[];
  readonly bits: Expression | undefined;
  readonly count: Expression;
}

/** One pass over `bits` consecutive bits from element `at` on; packed fields straddle words. */
export interface Stream extends Partial<CyclesByIsa> {
  readonly kind: "stream";
  readonly action: "read" | "write";
  readonly tensor: string;
  readonly at: readonly Expression[];
  readonly bits: Expression;
}

/** Brings one row (`sample`) of an off-chip tensor or of the sensor into an on-chip tensor. */
export interface Fetch {
  readonly kind: "fetch";
  readonly tensor: string;
  readonly into: string;
}

/** `count` arithmetic operations of a kind (`add`, `shift`, `multiply`, ...); they carry no time. */
export interface Operation {
  readonly kind: "operation";
  readonly name: string;
  readonly count: Expression;
}

/**
 * Core cycles by instruction set, each with its source and status, and what the compiler keeps in memory meanwhile; of a
 * stream, for each boundary between words of the core that it crosses.
 */
export interface CyclesByIsa {
  readonly byIsa: ReadonlyMap<string, CycleCost>;
  readonly stackByIsa: ReadonlyMap<string, StackAccesses>;
}

/** Accesses of a word each to the stack and the program's own variables. */
export interface StackAccesses {
  readonly reads: number;
  readonly writes: number;
}

export interface Cycles extends CyclesByIsa {
  readonly kind: "cycles";
}

/** Whole core cycles at zero wait states. */
export interface CycleCost {
  readonly cycles: number;
  /** The firmware model's `calibration` says, if the statement does not. */
  readonly status: string | undefined;
  readonly source: string | undefined;
}

/** Statements that a firmware option switches on. */
export interface When {
  readonly kind: "when";
  readonly options: ReadonlyMap<string, string>;
  readonly body: readonly Statement[];
}

/** Values of a firmware's options, for {@link When}. */
export type OptionValues = Readonly<Record<string, string>>;

/** True if the options switch a `when` on. */
export function isEnabled(when: When, options: OptionValues): boolean {
  return [...when.options].every(([name, value]) => options[name] === value);
}

/** Calls `visit` for each statement and, depth first, for all that it contains. */
export function walk(statements: readonly Statement[], visit: (statement: Statement) => void): void {
  for (const statement of statements) {
    visit(statement);
    if (statement.kind === "loop" || statement.kind === "when") walk(statement.body, visit);
  }
}

/** The tensors that kernels name, as they name them. */
export function tensorsNamed(kernels: Iterable<readonly Statement[]>): Set<string> {
  const names = new Set<string>();
  for (const statements of kernels) {
    walk(statements, (statement) => {
      if (statement.kind === "access" || statement.kind === "stream") names.add(statement.tensor);
    });
  }
  return names;
}
