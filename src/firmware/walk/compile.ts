import type { Binding } from "../binding.js";
import { bindingOf, type CountContext, cyclesOf, stackAccessesOf, whole } from "../context.js";
import { ExpressionError } from "../expression.js";
import { located } from "../located.js";
import { type Access, type CyclesByIsa, isEnabled, type Loop, type Statement, type Stream } from "../nest.js";
import { CORE_WORD_BITS } from "../words.js";
import { innermostOf } from "./innermost.js";
import type {
  AccessStep,
  FetchStep,
  SampleUse,
  Site,
  Step,
  StreamStep,
  WalkProgram,
  Work,
} from "./program.js";
import { type Enclosing, rowUseOf } from "./row-use.js";
import { depthsIn, walkIndexOf } from "./walk-index.js";

/** Which word of the stack it is does not matter. */
const STACK = {
  kind: "access",
  tensor: "stack",
  at: [],
  bits: undefined,
  count: { kind: "number", value: 1 },
} as const;

/**
 * Makes a loop nest ready to be walked.
 * @throws ExpressionError, with the path of its statement, for names without a value, tensors that do not exist,
 * indexes that are not linear and cycles missing for the instruction set
 */
export function compileNest(statements: readonly Statement[], context: CountContext): WalkProgram {
  return new Compiler(context).program(statements);
}

class Compiler {
  readonly #context: CountContext;
  readonly #sites: Site[] = [];
  readonly #works: Work[] = [];
  readonly #fetches: FetchStep[] = [];
  readonly #samples = new Map<string, SampleUse>();
  #loops = 0;
  #maximumDepth = 0;

  constructor(context: CountContext) {
    this.#context = context;
  }

  program(statements: readonly Statement[]): WalkProgram {
    const steps = this.#body(statements, []);
    return {
      steps,
      sites: this.#sites,
      works: this.#works,
      fetches: this.#fetches,
      maximumDepth: this.#maximumDepth,
      portBits: this.#context.portBits,
    };
  }

  #body(statements: readonly Statement[], around: readonly Enclosing[]): Step[] {
    const steps: Step[] = [];
    const cycles: number[] = [];
    const operations: { name: string; count: number }[] = [];
    for (const [position, statement] of statements.entries()) {
      located(position, () => {
        if (statement.kind === "cycles") {
          cycles.push(cyclesOf(statement, this.#context));
          steps.push(...this.#stack(statement, around));
        } else if (statement.kind === "operation") {
          operations.push({ name: statement.name, count: whole(statement.count, this.#context) });
        } else steps.push(...this.#steps(statement, around));
      });
    }
    if (cycles.length + operations.length > 0) {
      const work: Work = { id: this.#works.length, cycles, operations };
      this.#works.push(work);
      steps.push({ kind: "work", work, depths: around.map((_, depth) => depth) });
    }
    return steps;
  }

  #steps(
    statement: Exclude<Statement, { kind: "cycles" | "operation" }>,
    around: readonly Enclosing[],
  ): Step[] {
    switch (statement.kind) {
      case "loop":
        return this.#loop(statement, around);
      case "when":
        return isEnabled(statement, this.#context.options) ? this.#body(statement.body, around) : [];
      case "access":
        return [this.#access(statement, around)];
      case "stream":
        return [this.#stream(statement, around)];
      case "fetch": {
        const step: FetchStep = {
          kind: "fetch",
          id: this.#fetches.length,
          source: bindingOf(this.#context, statement.tensor),
          into: bindingOf(this.#context, statement.into),
        };
        this.#fetches.push(step);
        return [step];
      }
    }
  }

  #loop({ variable, of, step, updatedRows, body }: Loop, around: readonly Enclosing[]): Step[] {
    const extent = whole(of, this.#context);
    // What never runs may name tensors that are not there.
    if (extent === 0) return [];
    const enclosing: Enclosing = { variable, number: this.#loops, updatedRows, uses: [] };
    this.#loops += 1;
    this.#maximumDepth = Math.max(this.#maximumDepth, around.length + 1);
    const steps = this.#body(body, [...around, enclosing]);
    const { uses } = enclosing;
    const depth = around.length;
    const isPlain = step === 1 && !updatedRows && uses.length === 0;
    const innermost = isPlain ? innermostOf(steps, depth, this.#context.portBits) : undefined;
    return [{ kind: "loop", depth, extent, step, updatedRows, uses, body: steps, innermost }];
  }

  #access(access: Access, around: readonly Enclosing[]): AccessStep {
    const site = this.#site(access, around);
    const { elementBits } = site.binding;
    const bits = access.bits === undefined ? elementBits : whole(access.bits, this.#context);
    const inAny = depthsIn(access.at, around);
    const inLast = depthsIn(access.at.slice(-1), around);
    // An access of several elements spans the last index: a tail there makes it shorter, not rarer.
    const packs = bits > elementBits;
    return {
      kind: "access",
      site,
      bits,
      count: whole(access.count, this.#context),
      strideBits: Math.max(bits, elementBits),
      bitsDepths: packs ? inLast : [],
      countDepths: packs ? inAny.filter((depth) => !inLast.includes(depth)) : inAny,
    };
  }

  #stream(stream: Stream, around: readonly Enclosing[]): StreamStep {
    const site = this.#site(stream, around);
    const { firstBit, dimensions, elementBits } = site.binding;
    return {
      kind: "stream",
      site,
      bits: whole(stream.bits, this.#context),
      cyclesPerBoundary: stream.byIsa === undefined ? 0 : cyclesOf({ byIsa: stream.byIsa }, this.#context),
      stack: this.#stack(stream, []),
      bitsDepths: depthsIn(stream.at, around),
      endBit: firstBit + elementBits * dimensions.reduce((product, extent) => product * extent, 1),
    };
  }

  /** Accesses to the stack beside some cycles, each of a word. */
  #stack({ stackByIsa }: Partial<CyclesByIsa>, around: readonly Enclosing[]): AccessStep[] {
    if (stackByIsa === undefined) return [];
    const { reads, writes } = stackAccessesOf({ stackByIsa }, this.#context);
    const all = around.map((_, depth) => depth);
    return (
      [
        ["read", reads],
        ["write", writes],
      ] as const
    ).flatMap(([action, count]) => {
      if (count === 0) return [];
      const site = this.#site({ ...STACK, action }, around);
      const bits = CORE_WORD_BITS;
      return [{ kind: "access", site, bits, count, strideBits: 0, bitsDepths: [], countDepths: all }];
    });
  }

  #site(access: Access | Stream, around: readonly Enclosing[]): Site {
    const binding = bindingOf(this.#context, access.tensor);
    const { dimensions, elementBits } = binding;
    const skipped = dimensions.length - access.at.length;
    if (skipped < 0) {
      throw new ExpressionError(
        `${access.tensor} has ${dimensions.length} indexes; ${access.at.length} are given`,
      );
    }
    const indexes = access.at.map((expression, position) => {
      const inner = dimensions.slice(position + skipped + 1);
      return walkIndexOf(expression, around, this.#context.names, {
        extent: dimensions[position + skipped] ?? 1,
        strideBits: inner.reduce((product, extent) => product * extent, elementBits),
      });
    });
    const rows = rowUseOf(binding, access.at[0], around);
    const sample = this.#sampleUseOf(binding);
    const site: Site = {
      id: this.#sites.length,
      action: access.action,
      name: access.tensor,
      binding,
      indexes,
      rows,
      sample,
      isWatched: rows !== undefined || sample !== undefined,
    };
    this.#sites.push(site);
    return site;
  }

  #sampleUseOf(binding: Binding): SampleUse | undefined {
    if (binding.rows !== "sample") return undefined;
    const use = this.#samples.get(binding.tensor) ?? { binding, isRead: false, isWritten: false };
    this.#samples.set(binding.tensor, use);
    return use;
  }
}
