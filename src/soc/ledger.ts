import { exact } from "../firmware/exact.js";
import type { Phase } from "../firmware/phases.js";
import { type Elapsed, noTime, type TimeBase } from "./elapsed.js";

/** Accesses at one component's port under one tensor's name. */
export interface TrafficEntry {
  component: string;
  action: string;
  tensor: string;
  phase: Phase;
  iteration: number;
  count: number;
  /** Useful bits; reports print bytes. */
  bits: number;
}

/** Why the core stalls: an SRAM slower than a cycle, a port narrower than its words, a code memory too slow. */
export type StallCause = "wait states" | "narrow port" | "code fetch" | "bank conflict";

/** Everything that one phase of one iteration does, in exact counts. */
export class Ledger {
  readonly #traffic = new Map<string, TrafficEntry>();
  /** Core cycles of kernels at zero wait states. */
  kernelCycles = 0;
  /** Accesses of kernels at the port of the SRAM. */
  kernelAccesses = 0;
  /** Cycles in which the core executes, but waits for a memory. */
  readonly stalls = new Map<StallCause, number>();
  /** Cycles of the core copying bytes, without a DMA engine. */
  copyCycles = 0;
  /** Bytes moved by the DMA engine. */
  dmaBytes = 0;
  /** What the phase takes beyond kernel and stall cycles, while the core waits, or copies without a DMA engine. */
  readonly waiting: Elapsed;
  /** What moves take, each by the slowest that it needs, whether or not the core waits. */
  readonly moving: Elapsed;
  /** What each serial part is busy with, whether anybody waits for it or not. */
  readonly busy: Elapsed;
  readonly operations = new Map<string, number>();
  /** Erases of each sector, by component. */
  readonly erases = new Map<string, Map<number, number>>();
  /**
   * Writes in place, and reads that a memory restores, by component: by how many the writes of a byte exceed those of the byte before it. Their running
   * sum over ascending addresses is how often each byte is written.
   */
  readonly writeSteps = new Map<string, Map<number, number>>();

  constructor(
    readonly phase: Phase,
    readonly iteration: number,
    base: TimeBase,
  ) {
    this.waiting = noTime(base);
    this.moving = noTime(base);
    this.busy = noTime(base);
  }

  get stallCycles(): number {
    return [...this.stalls.values()].reduce((sum, cycles) => exact(sum + cycles), 0);
  }

  addStalls(cause: StallCause, cycles: number): void {
    if (cycles > 0) this.stalls.set(cause, exact((this.stalls.get(cause) ?? 0) + cycles));
  }

  /** In an order that does not depend on the order of booking. */
  get traffic(): TrafficEntry[] {
    return [...this.#traffic].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
  }

  add(component: string, action: string, tensor: string, count: number, bits: number): void {
    if (count === 0) return;
    const key = `${component}\n${action}\n${tensor}`;
    const entry = this.#traffic.get(key) ?? {
      component,
      action,
      tensor,
      phase: this.phase,
      iteration: this.iteration,
      count: 0,
      bits: 0,
    };
    entry.count = exact(entry.count + count);
    entry.bits = exact(entry.bits + bits);
    this.#traffic.set(key, entry);
  }

  /** Executions of one action of one component, over all tensors. */
  count(component: string, action: string): number {
    let sum = 0;
    for (const entry of this.#traffic.values()) {
      if (entry.component === component && entry.action === action) sum = exact(sum + entry.count);
    }
    return sum;
  }

  addOperations(name: string, count: number): void {
    this.operations.set(name, exact((this.operations.get(name) ?? 0) + count));
  }

  addErases(component: string, sector: number, times: number): void {
    if (times === 0) return;
    const sectors = this.erases.get(component) ?? new Map<number, number>();
    sectors.set(sector, exact((sectors.get(sector) ?? 0) + times));
    this.erases.set(component, sectors);
  }

  /** Bytes `start` to before `end` of a component, written in place so many times. */
  addWrites(component: string, start: number, end: number, times: number): void {
    if (times === 0) return;
    const steps = this.writeSteps.get(component) ?? new Map<number, number>();
    steps.set(start, exact((steps.get(start) ?? 0) + times));
    steps.set(end, exact((steps.get(end) ?? 0) - times));
    this.writeSteps.set(component, steps);
  }
}
