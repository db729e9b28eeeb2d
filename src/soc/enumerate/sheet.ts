import { exact } from "../../firmware/exact.js";
import type { Counter } from "../counters.js";
import { addTime, type Elapsed, noTime, type TimeBase } from "../elapsed.js";

type Entry = { -readonly [K in keyof Counter]: Counter[K] };

/** What some part of an invocation does once; sheets add up, each as often as its part runs. */
export class Sheet {
  readonly #entries = new Map<string, Entry>();
  /** What is waited for beside the kernels. */
  readonly waiting: Elapsed;
  /** Accesses of kernels at the on-chip port, and at the port that kernel cycles assume. */
  kernelAccesses = 0;
  assumedAccesses = 0;
  /** Samples fetched, by the number of the fetch in its kernel. */
  readonly fetches = new Map<number, number>();

  constructor(base: TimeBase) {
    this.waiting = noTime(base);
  }

  get counters(): readonly Counter[] {
    return [...this.#entries.values()];
  }

  count(component: string, action: string, tensor: string): number {
    return this.#entries.get(keyOf(component, action, tensor))?.count ?? 0;
  }

  add(component: string, action: string, tensor: string, count: number, bits = 0): void {
    if (count === 0) return;
    const key = keyOf(component, action, tensor);
    const entry = this.#entries.get(key) ?? { component, action, tensor, count: 0, bits: 0 };
    entry.count = exact(entry.count + count);
    entry.bits = exact(entry.bits + bits);
    this.#entries.set(key, entry);
  }

  /** Adds `times` x another sheet. @throws CountError beyond the exact range of integers */
  addTimes(other: Sheet, times: number): void {
    if (times === 0) return;
    for (const { component, action, tensor, count, bits } of other.#entries.values()) {
      this.add(component, action, tensor, exact(count * times), exact(bits * times));
    }
    addTime(this.waiting, other.waiting, times);
    this.kernelAccesses = exact(this.kernelAccesses + other.kernelAccesses * times);
    this.assumedAccesses = exact(this.assumedAccesses + other.assumedAccesses * times);
    for (const [fetch, count] of other.fetches) this.addFetches(fetch, count * times);
  }

  addFetches(fetch: number, count: number): void {
    this.fetches.set(fetch, exact((this.fetches.get(fetch) ?? 0) + count));
  }
}

const keyOf = (component: string, action: string, tensor: string): string =>
  `${component}\n${action}\n${tensor}`;
