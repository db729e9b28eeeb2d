import { exact } from "../firmware/exact.js";
import type { CountedPhase } from "./account.js";
import type { Chip } from "./chip.js";
import { CORE, cyclesOf, noTime, roundedUp, type TimeBase } from "./elapsed.js";
import { fetchesOf } from "./execution.js";
import { accessCycles, type CopyCycles, wordsOf } from "./moves.js";
import type { PhaseTime } from "./timing.js";

/** A phase of a training whose tensors all lie on chip and whose samples come from a sensor, in a few numbers. */
export interface ResidentPhase {
  readonly kernelCycles: number;
  readonly reads: number;
  readonly writes: number;
  /** Accesses beyond those of the port that kernel cycles assume. */
  readonly further: number;
  readonly fetches: readonly { readonly count: number; readonly bytes: number }[];
}

/** What some phases count and take in all, for `joulesOf`. */
export interface ResidentTotals {
  readonly counts: ReadonlyMap<string, number>;
  readonly dmaBytes: number;
  readonly times: Pick<PhaseTime, "timeSeconds" | "cycles" | "coreBusyCycles" | "busySeconds">;
}

export function residentPhase({ tally, assumed }: CountedPhase): ResidentPhase {
  const sumOf = (action: "read" | "write"): number =>
    tally.accesses.reduce((sum, entry) => (entry.action === action ? exact(sum + entry.count) : sum), 0);
  return {
    kernelCycles: tally.cycles,
    reads: sumOf("read"),
    writes: sumOf("write"),
    further: assumed === undefined ? 0 : tally.accessCount - assumed.accessCount,
    fetches: tally.fetches.map(({ count, bits }) => ({ count, bytes: bits / 8 })),
  };
}

/** The key of {@link ResidentTotals.counts}. */
export const countKey = (component: string, action: string): string => `${component} ${action}`;

/**
 * The same counts and cycles as booking the phases in ledgers, without telling tensors and phases apart: some hundred
 * times as fast. A test holds it to them.
 */
export function residentTotals(
  phases: readonly ResidentPhase[],
  chip: Chip,
  base: TimeBase,
  copyCycles: CopyCycles,
  wait: string,
): ResidentTotals {
  const { core, sram, code, dma } = chip;
  const perAccess = accessCycles(chip);
  const { sensor } = base;
  const cyclesPerByte = sensor === undefined ? 0 : (base.cyclesEach[sensor.slot] as number);
  const total = { reads: 0, writes: 0, code: 0, sensed: 0, dma: 0, cycles: 0, busy: 0 };
  for (const { kernelCycles, reads, writes, further, fetches } of phases) {
    let copying = 0;
    let moved = 0;
    let filled = 0;
    const waiting = noTime(base);
    for (const { count, bytes } of fetches) {
      if (sensor === undefined || count === 0) continue;
      const words = wordsOf(bytes, sram.widthBits);
      const copy = dma === undefined ? copyCycles(bytes) : 0;
      const slowest = Math.max(copy, words * perAccess);
      const isSerialSlower = bytes * cyclesPerByte >= slowest;
      const slot = isSerialSlower ? sensor.slot : CORE;
      waiting[slot] = (waiting[slot] as number) + count * (isSerialSlower ? bytes : slowest);
      copying += count * copy;
      moved += count * bytes;
      filled += count * words;
    }
    const code = fetchesOf(chip, { cycles: kernelCycles + copying, accesses: reads + writes, further });
    const stalls = (reads + writes) * (perAccess - 1) + further + code.stallCycles;
    const bursts = cyclesOf(base, waiting);
    const executing = exact(kernelCycles + stalls);
    const cycles = exact(roundedUp(executing + bursts));
    const copied = dma === undefined ? roundedUp(bursts) : 0;
    total.busy += wait === "poll" ? cycles : Math.min(executing + copied, cycles);
    total.reads += reads;
    total.writes += writes + filled;
    total.code += code.count;
    total.sensed += moved;
    if (dma !== undefined) total.dma += moved;
    total.cycles = exact(total.cycles + cycles);
  }
  const counts = new Map([
    [countKey(sram.name, "read"), total.reads],
    [countKey(sram.name, "write"), total.writes],
  ]);
  const fetched = countKey((code ?? sram).name, "read");
  counts.set(fetched, (counts.get(fetched) ?? 0) + total.code);
  const busySeconds = new Map<string, number>();
  if (sensor !== undefined) {
    counts.set(countKey(sensor.name, "read"), total.sensed);
    busySeconds.set(sensor.name, (total.sensed * cyclesPerByte) / core.clockHertz);
  }
  const { cycles, busy: coreBusyCycles } = total;
  const times = { cycles, coreBusyCycles, timeSeconds: cycles / core.clockHertz, busySeconds };
  return { counts, dmaBytes: total.dma, times };
}
