import type { CountContext } from "../../firmware/context.js";
import { exact } from "../../firmware/exact.js";
import { ExpressionError } from "../../firmware/expression.js";
import type { Invocation } from "../../firmware/lower.js";
import { PHASES, type Phase } from "../../firmware/phases.js";
import { compileNest } from "../../firmware/walk/compile.js";
import type { Chip } from "../chip.js";
import { CYCLES, KERNELS, type PhaseCounts } from "../counters.js";
import { type TimeBase, timeBaseOf } from "../elapsed.js";
import type { Placement } from "../placement/placement.js";
import type { Program } from "../program.js";
import { enumerateInvocation, type InvocationCounts } from "./invocation.js";
import { KernelKey } from "./kernel-key.js";
import { type Complain, type Fault, MemoryMap, onceEach } from "./memory-map.js";
import { Mover } from "./mover.js";
import { finishPhase, PORT_OF_KERNEL_CYCLES } from "./phase-end.js";
import { fillSamples, writeSamples } from "./samples.js";
import { Sheet } from "./sheet.js";

/** A fault, and where it was first met; those of the placement itself are in no phase. */
export interface Violation extends Fault {
  readonly kernel: string | undefined;
  readonly phase: Phase | undefined;
  readonly iteration: number | undefined;
}

interface Enumerated {
  readonly counts: InvocationCounts | undefined;
  readonly faults: readonly Fault[];
}

interface OpenPhase {
  readonly phase: Phase;
  readonly iteration: number;
  readonly sheet: Sheet;
  readonly touched: Set<string>;
  /** Samples of each tensor that were reached, by action. */
  readonly samples: Map<string, { read: number; write: number }>;
}

/**
 * Counts invocations by walking every access of one of each kind, and multiplying. Counts of what was walked once are
 * kept, so that another activity costs nothing.
 */
export class Enumeration {
  readonly #base: TimeBase;
  readonly #map: MemoryMap;
  readonly #keys = new Map<string, KernelKey>();
  readonly #known = new Map<string, Enumerated>();
  readonly #copies = new Map<number, number>();
  readonly #violations: Violation[] = [];
  readonly #complained = new Set<string>();
  #accesses = 0;

  /** @param onKernel told before a kernel is walked */
  constructor(
    readonly chip: Chip,
    readonly program: Program,
    placement: Placement,
    readonly onKernel: (invocation: Invocation) => void = () => undefined,
  ) {
    this.#base = timeBaseOf(chip, program.sensor);
    this.#map = new MemoryMap(chip, placement);
    this.#map.checkPlacement((fault) => this.#violate(fault));
  }

  /** Accesses at the on-chip port that were walked so far. */
  get accesses(): number {
    return this.#accesses;
  }

  get violations(): readonly Violation[] {
    return this.#violations;
  }

  /** Counts of all phases, in the order of iterations and phases. */
  count(invocations: readonly Invocation[]): PhaseCounts[] {
    const phases = new Map<string, OpenPhase>();
    for (const invocation of invocations) {
      const { phase, iteration } = invocation;
      const key = `${iteration} ${phase}`;
      const open = phases.get(key) ?? {
        phase,
        iteration,
        sheet: new Sheet(this.#base),
        touched: new Set<string>(),
        samples: new Map(),
      };
      phases.set(key, open);
      this.#add(invocation, open);
    }
    const result = [...phases.values()].map((open) => this.#finish(open));
    return result.sort(
      (a, b) => a.iteration - b.iteration || PHASES.indexOf(a.phase) - PHASES.indexOf(b.phase),
    );
  }

  /** Adds an invocation as often as it is executed. */
  #add(invocation: Invocation, { sheet, touched, samples }: OpenPhase): void {
    const { counts, faults } = this.#enumerated(invocation);
    const { kernel, phase, iteration, executions } = invocation;
    for (const fault of faults) this.#violate(fault, { kernel, phase, iteration });
    if (counts === undefined || executions.times === 0) return;
    const { times, rowTimes } = executions;
    const timesOf = (row: number): number => (rowTimes === undefined ? times : (rowTimes[row] ?? 0));
    const total = new Sheet(this.#base);
    total.addTimes(counts.always, times);
    for (const [row, share] of counts.rows) total.addTimes(share, timesOf(row));
    for (const { rows, sheet: share } of counts.sectors) {
      // Rows that are updated in the same invocation share a rewrite; how many do, the activity does not say.
      const updates = [...rows].reduce((sum, row) => exact(sum + timesOf(row)), 0);
      total.addTimes(share, Math.min(times, updates));
    }
    const mover = this.#mover(total, (fault) => this.#violate(fault, { kernel, phase, iteration }));
    for (const { id, source, into } of counts.fetches) {
      const fetched = total.fetches.get(id) ?? 0;
      if (fetched > 0) this.#fetch(mover, source, into.tensor, fetched);
    }
    for (const { tensor, action } of counts.samples) {
      const reached = samples.get(tensor) ?? { read: 0, write: 0 };
      reached[action] = exact(reached[action] + times);
      samples.set(tensor, reached);
    }
    for (const tensor of counts.touched) touched.add(tensor);
    sheet.addTimes(total, 1);
  }

  #fetch(
    mover: Mover,
    source: InvocationCounts["fetches"][number]["source"],
    into: string,
    times: number,
  ): void {
    const bytes = ((source.dimensions.at(-1) ?? 0) * source.elementBits) / 8;
    this.#map.checkFetch(into, bytes, mover.complain);
    if (this.program.sensor !== undefined) {
      const once = new Sheet(this.#base);
      mover.onSheet(once, () => mover.fromSensor(into, bytes));
      mover.sheet.addTimes(once, times);
      return;
    }
    const region = this.#map.region(source.tensor);
    if (region !== undefined) fillSamples(mover, region, into, times);
  }

  #finish({ phase, iteration, sheet, touched, samples }: OpenPhase): PhaseCounts {
    const complain: Complain = (fault) => this.#violate(fault, { phase, iteration });
    this.#map.checkInUse(touched, complain);
    const mover = this.#mover(sheet, complain);
    for (const [tensor, reached] of samples) {
      const region = this.#map.region(tensor);
      if (region === undefined) continue;
      fillSamples(mover, region, tensor, reached.read);
      writeSamples(mover, region, reached.write);
    }
    const cycles = finishPhase(sheet, this.chip, this.#base);
    // Moves are added up one after the other; what runs beside computing needs a schedule.
    const isSingle = this.program.options.buffering !== "double";
    return { phase, iteration, cycles: isSingle ? cycles : undefined, counters: sheet.counters };
  }

  #enumerated(invocation: Invocation): Enumerated {
    const statements = this.program.kernels[invocation.kernel] ?? [];
    const kernelKey = this.#keys.get(invocation.kernel) ?? new KernelKey(statements);
    this.#keys.set(invocation.kernel, kernelKey);
    const key = kernelKey.of(invocation);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    this.onKernel(invocation);
    const faults: Fault[] = [];
    const complain = onceEach((fault) => faults.push(fault));
    const result = { counts: this.#walk(invocation, complain), faults };
    this.#accesses += result.counts?.accesses ?? 0;
    this.#known.set(key, result);
    return result;
  }

  #walk(invocation: Invocation, complain: Complain): InvocationCounts | undefined {
    const { names, bindings, options } = invocation;
    const widthBits = this.chip.sram.widthBits;
    try {
      const walkAt = (portBits: number): InvocationCounts => {
        const context = { names, bindings, options: { ...this.program.options, ...options } };
        return this.#walkNest(invocation.kernel, { ...context, portBits }, complain);
      };
      const counts = walkAt(widthBits);
      if (widthBits < PORT_OF_KERNEL_CYCLES) assume(counts, walkAt(PORT_OF_KERNEL_CYCLES));
      return counts;
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      complain({ component: this.chip.sram.name, tensor: invocation.kernel, message: error.message });
      return undefined;
    }
  }

  #walkNest(kernel: string, context: Omit<CountContext, "isa">, complain: Complain): InvocationCounts {
    const statements = this.program.kernels[kernel] ?? [];
    const program = compileNest(statements, { ...context, isa: this.chip.core.isa });
    return enumerateInvocation(program, this.#map, this.#mover(new Sheet(this.#base), complain));
  }

  #mover(sheet: Sheet, complain: Complain): Mover {
    return new Mover(this.chip, this.#base, sheet, (bytes) => this.#copyCycles(bytes), complain);
  }

  /** Cycles of the kernel `copy`, walked like every other. */
  #copyCycles(bytes: number): number {
    const known = this.#copies.get(bytes);
    if (known !== undefined) return known;
    const context = { names: { bytes }, bindings: {}, options: this.program.options };
    const { always } = this.#walkNest(
      "copy",
      { ...context, portBits: this.chip.sram.widthBits },
      () => undefined,
    );
    const cycles = always.count(this.chip.core.name, CYCLES, KERNELS);
    this.#copies.set(bytes, cycles);
    return cycles;
  }

  #violate(fault: Fault, at: Partial<Omit<Violation, keyof Fault>> = {}): void {
    if (this.#complained.has(fault.message)) return;
    this.#complained.add(fault.message);
    this.#violations.push({ kernel: undefined, phase: undefined, iteration: undefined, ...fault, ...at });
  }
}

/** Notes the accesses of the same invocation at the port that kernel cycles assume. */
function assume(counts: InvocationCounts, assumed: InvocationCounts): void {
  counts.always.assumedAccesses = assumed.always.kernelAccesses;
  for (const [row, sheet] of counts.rows) {
    sheet.assumedAccesses = assumed.rows.get(row)?.kernelAccesses ?? 0;
  }
}
