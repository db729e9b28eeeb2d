import type { CountContext } from "../../firmware/context.js";
import { countOnce } from "../../firmware/count.js";
import type { Frame } from "../../firmware/frame.js";
import type { Statement } from "../../firmware/nest.js";
import type { Tally } from "../../firmware/tally.js";
import type { Chip } from "../chip.js";
import { ASSUMED_PORT_BITS, type Execution, executionOf } from "../execution.js";

/** One execution of some statements. */
export interface Body {
  readonly tally: Tally;
  readonly execution: Execution;
}

/** Counts single executions of statements, each distinct one once. */
export class Bodies {
  readonly #known = new Map<Statement, Map<string, Body>>();

  constructor(
    readonly context: CountContext,
    readonly chip: Chip,
  ) {}

  /** @param frames the loops around the statements, each at one tile */
  once(statements: readonly Statement[], frames: readonly Frame[]): Body | undefined {
    const [first] = statements;
    if (first === undefined) return undefined;
    const known = this.#known.get(first) ?? new Map<string, Body>();
    this.#known.set(first, known);
    // Where a stream starts within a word decides how many words it touches, and nothing else depends on the row.
    const period = Math.max(this.context.portBits, ASSUMED_PORT_BITS);
    const key = frames.map(({ start, size }) => `${start % period} ${size}`).join(",");
    const before = known.get(key);
    if (before !== undefined) return before;
    const tally = countOnce(statements, this.context, frames);
    const isNarrow = this.context.portBits < ASSUMED_PORT_BITS;
    const assumed = isNarrow
      ? countOnce(statements, { ...this.context, portBits: ASSUMED_PORT_BITS }, frames)
      : undefined;
    const body = { tally, execution: executionOf(tally, assumed, this.chip) };
    known.set(key, body);
    return body;
  }
}
