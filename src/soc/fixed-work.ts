import { exact } from "../firmware/exact.js";
import type { Chip } from "./chip.js";
import { cyclesOf, type Elapsed, noTime, roundedUp, type TimeBase } from "./elapsed.js";
import type { Ledger } from "./ledger.js";
import type { PhaseTime } from "./timing.js";

/** What some phases do, in all: counts, and amounts of what takes time. What one of each costs or takes is not in it. */
export interface FixedWork {
  readonly count: Ledger["count"];
  readonly dmaBytes: number;
  /** Of each phase, since each is rounded up to whole cycles by itself. */
  readonly phases: readonly PhaseWork[];
  readonly busy: Elapsed;
}

interface PhaseWork {
  /** Core cycles. */
  readonly executing: number;
  readonly waiting: Elapsed;
  readonly moving: Elapsed;
}

/** Adds up ledgers that all have the same time base. */
export function fixedWorkOf(ledgers: readonly Ledger[]): FixedWork {
  const counts = new Map<string, number>();
  for (const { component, action, count } of ledgers.flatMap(({ traffic }) => traffic)) {
    const key = `${component} ${action}`;
    counts.set(key, exact((counts.get(key) ?? 0) + count));
  }
  const busy = ledgers[0]?.busy.map(() => 0) ?? [];
  for (const ledger of ledgers) {
    for (const [slot, amount] of ledger.busy.entries()) busy[slot] = exact((busy[slot] as number) + amount);
  }
  return {
    count: (component, action) => counts.get(`${component} ${action}`) ?? 0,
    dmaBytes: ledgers.reduce((sum, ledger) => exact(sum + ledger.dmaBytes), 0),
    phases: ledgers.map(({ kernelCycles, stallCycles, waiting, moving }) => ({
      executing: exact(kernelCycles + stallCycles),
      waiting,
      moving,
    })),
    busy,
  };
}

/** What work takes on a chip in all, as `timeOf` times each phase of it. */
export function fixedTimes(
  { phases, busy }: FixedWork,
  chip: Chip,
  base: TimeBase,
  wait: string,
): Pick<PhaseTime, "timeSeconds" | "cycles" | "coreBusyCycles" | "busySeconds"> {
  const { clockHertz } = chip.core;
  let [cycles, coreBusyCycles] = [0, 0];
  for (const { executing, waiting, moving } of phases) {
    const elapsed = exact(roundedUp(executing + cyclesOf(base, waiting)));
    const copying = chip.dma === undefined ? roundedUp(cyclesOf(base, moving)) : 0;
    cycles = exact(cycles + elapsed);
    coreBusyCycles += wait === "poll" ? elapsed : Math.min(exact(executing + copying), elapsed);
  }
  const seconds = (slots: readonly number[]): number => {
    const part = noTime(base);
    for (const slot of slots) part[slot] = busy[slot] ?? 0;
    return cyclesOf(base, part) / clockHertz;
  };
  const busySeconds = new Map(
    [...base.memories].map(([name, slots]) => [name, seconds(Object.values(slots))]),
  );
  if (base.sensor !== undefined) busySeconds.set(base.sensor.name, seconds([base.sensor.slot]));
  return { cycles, coreBusyCycles, timeSeconds: cycles / clockHertz, busySeconds };
}
