import type { Binding } from "../../../src/firmware/binding.js";
import type { CountContext, Executions } from "../../../src/firmware/context.js";
import type { Statement } from "../../../src/firmware/nest.js";
import { compileNest } from "../../../src/firmware/walk/compile.js";
import type { FetchStep, RowUse, Site, Work } from "../../../src/firmware/walk/program.js";
import type { Visitor } from "../../../src/firmware/walk/visitor.js";
import { walkNest } from "../../../src/firmware/walk/walk.js";

/** One access of a walk. */
export interface WalkedAccess {
  readonly tensor: string;
  readonly action: string;
  readonly bit: number;
  readonly bits: number;
}

/** Counts of a set of invocations, found by walking one, in the shape of `talliedLines`; and what was walked. */
export interface Walked {
  readonly lines: Record<string, number>;
  readonly accesses: readonly WalkedAccess[];
  /** Rows and samples in the order in which the walk told of them: `read weights 3`, `end weights`. */
  readonly events: readonly string[];
}

/** Walks one invocation, and counts each row of a loop over updated rows as often as it is updated. */
export function walked(
  statements: readonly Statement[],
  context: CountContext,
  { times, rowTimes }: Executions = { times: 1 },
): Walked {
  const recorder = new Recorder(times, rowTimes);
  walkNest(compileNest(statements, context), recorder);
  const { lines, accesses, events } = recorder;
  return { lines, accesses, events };
}

class Recorder implements Visitor {
  readonly lines: Record<string, number> = {};
  readonly accesses: WalkedAccess[] = [];
  readonly events: string[] = [];
  #times: number;

  constructor(
    readonly times: number,
    readonly rowTimes: readonly number[] | undefined,
  ) {
    this.#times = times;
  }

  access({ binding, action }: Site, bit: number, bits: number): void {
    this.accesses.push({ tensor: binding.tensor, action, bit, bits });
    this.#add(`count ${binding.tensor} ${action}`, 1);
    this.#add(`bits ${binding.tensor} ${action}`, bits);
  }

  work({ cycles, operations }: Work): void {
    for (const each of cycles) this.#add("cycles", each);
    for (const { name, count } of operations) this.#add(`op ${name}`, count);
  }

  partialWork({ operations }: Work, cycles: number, counts: readonly number[]): void {
    this.#add("cycles", cycles);
    for (const [position, { name }] of operations.entries()) this.#add(`op ${name}`, counts[position] ?? 0);
  }

  cycles(cycles: number): void {
    this.#add("cycles", cycles);
  }

  fetch({ source, into }: FetchStep): void {
    const bits = (source.dimensions.at(-1) ?? 0) * source.elementBits;
    this.#add(`fetch ${source.tensor} ${into.tensor} ${bits}`, 1);
  }

  reachSample({ tensor }: Binding, action: string): void {
    this.events.push(`${action} sample of ${tensor}`);
    this.lines[`sample ${tensor} ${action}`] = this.times;
  }

  readRow(use: RowUse, row: number): void {
    this.#row("read", use, row);
  }

  writeRow(use: RowUse, row: number): void {
    this.#row("write", use, row);
  }

  endRows({ binding }: RowUse): void {
    this.events.push(`end ${binding.tensor}`);
  }

  beginUpdatedRow(row: number): void {
    this.#times = this.rowTimes?.[row] ?? this.times;
  }

  endUpdatedRow(): void {
    this.#times = this.times;
  }

  #row(action: string, { binding }: RowUse, row: number): void {
    const { tensor, rows } = binding;
    const number = row + (typeof rows === "object" ? rows.first : 0);
    this.events.push(`${action} ${tensor} ${number}`);
    this.#add(`row ${tensor} ${action} ${number}`, 1);
  }

  #add(key: string, amount: number): void {
    const total = (this.lines[key] ?? 0) + amount * this.#times;
    if (total !== 0) this.lines[key] = total;
  }
}
