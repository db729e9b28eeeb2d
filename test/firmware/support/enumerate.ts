import { strides } from "../../../src/firmware/binding.js";
import type { CountContext, Executions } from "../../../src/firmware/context.js";
import { type Expression, evaluate, namesIn } from "../../../src/firmware/expression.js";
import type { Access, Loop, Statement, Stream } from "../../../src/firmware/nest.js";

/** What an enumeration saw, as sorted lines, so that two ways of counting compare at a glance. */
export interface Enumeration {
  accesses: Map<string, { count: number; bits: number }>;
  operations: Map<string, number>;
  rowVisits: Map<string, number>;
  sampleVisits: Map<string, number>;
  fetches: Map<string, number>;
  cycles: number;
}

interface Tile {
  readonly value: number;
  readonly step: number;
  readonly size: number;
}

/** Rows that accesses reach while a tile of a loop runs: `tensor action row`. */
type Reached = Map<string, Set<string>>;

/**
 * Walks a loop nest one iteration and one access at a time, with concrete indexes. Shares nothing with `countNest`
 * but the evaluation of expressions. A row is visited once in each tile of the loop whose variable is its index.
 * An updated row runs in the first `rowTimes[row]` invocations.
 */
export function enumerate(
  statements: readonly Statement[],
  context: CountContext,
  executions: Executions,
): Enumeration {
  const seen: Enumeration = {
    accesses: new Map(),
    operations: new Map(),
    rowVisits: new Map(),
    sampleVisits: new Map(),
    fetches: new Map(),
    cycles: 0,
  };
  for (let time = 0; time < executions.times; time += 1) {
    const reached: Reached = new Map();
    new Walk(context, executions, time, seen).body(statements, new Map(), reached);
    for (const use of reached.get("sample") ?? []) bump(seen.sampleVisits, use, 1);
  }
  return seen;
}

class Walk {
  constructor(
    readonly context: CountContext,
    readonly executions: Executions,
    readonly time: number,
    readonly seen: Enumeration,
  ) {}

  body(statements: readonly Statement[], tiles: ReadonlyMap<string, Tile>, reached: Reached): void {
    for (const statement of statements) this.statement(statement, tiles, reached);
  }

  statement(statement: Statement, tiles: ReadonlyMap<string, Tile>, reached: Reached): void {
    const { context, seen } = this;
    switch (statement.kind) {
      case "loop":
        this.loop(statement, tiles, reached);
        break;
      case "when":
        if ([...statement.options].every(([option, value]) => context.options[option] === value)) {
          this.body(statement.body, tiles, reached);
        }
        break;
      case "access":
        this.access(statement, tiles, reached);
        break;
      case "stream":
        this.stream(statement, tiles, reached);
        break;
      case "fetch": {
        const source = context.bindings[statement.tensor];
        const into = context.bindings[statement.into];
        const bits = (source?.dimensions.at(-1) ?? 0) * (source?.elementBits ?? 0);
        bump(seen.fetches, `${source?.tensor} ${into?.tensor} ${bits}`, 1);
        break;
      }
      case "operation": {
        const count = realSize(this.value(statement.count, tiles), [...tiles.values()]);
        bump(seen.operations, statement.name, count);
        break;
      }
      case "cycles": {
        const cost = statement.byIsa.get(context.isa);
        if (cost === undefined) throw new Error(`no cycles for ${context.isa}`);
        seen.cycles += realSize(cost.cycles, [...tiles.values()]);
      }
    }
  }

  loop(loop: Loop, tiles: ReadonlyMap<string, Tile>, reached: Reached): void {
    const extent = this.value(loop.of, tiles);
    for (let value = 0; value < extent; value += loop.step) {
      if (loop.updatedRows && this.time >= (this.executions.rowTimes?.[value] ?? this.executions.times))
        continue;
      const size = Math.min(loop.step, extent - value);
      const inside: Reached = new Map();
      this.body(loop.body, new Map(tiles).set(loop.variable, { value, step: loop.step, size }), inside);
      for (const [variable, uses] of inside) {
        if (variable !== loop.variable) merge(reached, variable, uses);
      }
      for (const use of inside.get(loop.variable) ?? []) {
        const [name = "", action] = use.split(" ");
        const binding = this.context.bindings[name];
        if (binding?.rows === undefined || binding.rows === "sample") continue;
        for (let row = value; row < Math.min(value + size, binding.rows.count); row += 1) {
          bump(this.seen.rowVisits, `${binding.tensor} ${action} ${binding.rows.first + row}`, 1);
        }
      }
    }
  }

  access(access: Access, tiles: ReadonlyMap<string, Tile>, reached: Reached): void {
    const binding = this.bindingOf(access.tensor);
    const { axes } = this.locate(access, tiles);
    let bits = access.bits === undefined ? binding.elementBits : this.value(access.bits, tiles);
    let count = this.value(access.count, tiles);
    const packs = bits > binding.elementBits;
    const last = axes.at(-1) ?? new Set();
    const all = new Set(axes.flatMap((axis) => [...axis]));
    const tilesOf = (names: Iterable<string>): Tile[] => [...names].map((name) => tiles.get(name) as Tile);
    if (packs) {
      bits = realSize(bits, tilesOf(last));
      count = realSize(count, tilesOf([...all].filter((name) => !last.has(name))));
    } else count = realSize(count, tilesOf(all));
    for (let k = 0; k < count; k += 1)
      this.touch(binding.tensor, access.action, Math.ceil(bits / this.context.portBits), bits);
    if (count > 0 && bits > 0) this.reach(access, tiles, reached);
  }

  stream(stream: Stream, tiles: ReadonlyMap<string, Tile>, reached: Reached): void {
    const binding = this.bindingOf(stream.tensor);
    const { element, axes } = this.locate(stream, tiles);
    const names = new Set(axes.flatMap((axis) => [...axis]));
    const bits = realSize(
      this.value(stream.bits, tiles),
      [...names].map((name) => tiles.get(name) as Tile),
    );
    const start = binding.firstBit + element * binding.elementBits;
    const end =
      binding.firstBit +
      binding.dimensions.reduce((product, extent) => product * extent, 1) * binding.elementBits;
    const words = new Set<number>();
    for (let bit = start; bit < start + bits; bit += 1) {
      if (bit >= end) throw new Error(`bit ${bit} is beyond the end ${end}`);
      words.add(Math.floor(bit / this.context.portBits));
    }
    this.touch(binding.tensor, stream.action, words.size, bits);
    if (bits > 0) this.reach(stream, tiles, reached);
  }

  /** The element that is addressed, and the loop variables in each of its indexes. */
  locate(
    access: Access | Stream,
    tiles: ReadonlyMap<string, Tile>,
  ): { element: number; axes: Set<string>[] } {
    const { dimensions } = this.bindingOf(access.tensor);
    const skipped = dimensions.length - access.at.length;
    const steps = strides(dimensions);
    let element = 0;
    for (const [position, expression] of access.at.entries()) {
      const index = this.value(expression, tiles);
      const dimension = position + skipped;
      if (index < 0 || index >= (dimensions[dimension] ?? 0))
        throw new Error(`index ${index} of ${dimensions}`);
      element += index * (steps[dimension] ?? 0);
    }
    const axes = access.at.map(
      (expression) => new Set([...namesIn(expression)].filter((name) => tiles.has(name))),
    );
    return { element, axes };
  }

  /** Remembers that the row of the tensor was reached, for the loop (or the sample) that its first index names. */
  reach(access: Access | Stream, tiles: ReadonlyMap<string, Tile>, reached: Reached): void {
    const first = access.at[0];
    if (first?.kind !== "name") return;
    const binding = this.bindingOf(access.tensor);
    if (first.name === "sample" && binding.rows === "sample") {
      merge(reached, "sample", [`${binding.tensor} ${access.action}`]);
    } else if (tiles.has(first.name)) merge(reached, first.name, [`${access.tensor} ${access.action}`]);
  }

  bindingOf(name: string) {
    const binding = this.context.bindings[name];
    if (binding === undefined) throw new Error(`no tensor ${name}`);
    return binding;
  }

  value(expression: Expression, tiles: ReadonlyMap<string, Tile>): number {
    const variables = [...tiles].map(([name, tile]) => [name, tile.value]);
    return evaluate(expression, { ...this.context.names, ...Object.fromEntries(variables) });
  }

  touch(tensor: string, action: string, count: number, bits: number): void {
    const key = `${tensor} ${action}`;
    const entry = this.seen.accesses.get(key) ?? { count: 0, bits: 0 };
    entry.count += count;
    entry.bits += bits;
    this.seen.accesses.set(key, entry);
  }
}

/** A number that describes full tiles, for tiles of the real size. */
function realSize(value: number, tiles: readonly Tile[]): number {
  const numerator = tiles.reduce((product, tile) => product * tile.size, value);
  const denominator = tiles.reduce((product, tile) => product * tile.step, 1);
  return Math.ceil(numerator / denominator);
}

function bump(counts: Map<string, number>, key: string, by: number): void {
  if (by !== 0) counts.set(key, (counts.get(key) ?? 0) + by);
}

function merge(reached: Reached, variable: string, uses: Iterable<string>): void {
  const before = reached.get(variable) ?? new Set<string>();
  for (const use of uses) before.add(use);
  reached.set(variable, before);
}
