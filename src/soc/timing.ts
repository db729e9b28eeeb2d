import { exact } from "../firmware/exact.js";
import type { Phase } from "../firmware/phases.js";
import type { Chip } from "./chip.js";
import { cyclesOf, type Elapsed, noTime, roundedUp, type TimeBase } from "./elapsed.js";
import { fetchCycles } from "./execution.js";
import type { Ledger } from "./ledger.js";
import { accessCycles } from "./moves.js";

/** How long one phase of one iteration takes, and who is busy. */
export interface PhaseTime {
  readonly phase: Phase;
  readonly iteration: number;
  /** Elapsed core cycles, rounded up once. */
  readonly cycles: number;
  readonly timeSeconds: number;
  /** Cycles in which the core executes, stalls or polls. */
  readonly coreBusyCycles: number;
  /** Seconds in which each other block works. */
  readonly busySeconds: ReadonlyMap<string, number>;
}

/** Time of a phase, from what its ledger says that is done and waited for. The core sleeps or polls while it waits. */
export function timeOf(ledger: Ledger, chip: Chip, base: TimeBase, wait: string): PhaseTime {
  const { core, sram, code } = chip;
  const executing = exact(ledger.kernelCycles + ledger.stallCycles);
  const cycles = exact(roundedUp(executing + cyclesOf(base, ledger.waiting)));
  const moving = cyclesOf(base, ledger.moving);
  // Without a DMA engine the core copies for as long as a move lasts.
  const copying = chip.dma === undefined ? roundedUp(moving) : 0;
  const seconds = (elapsed: Elapsed): number => cyclesOf(base, elapsed) / core.clockHertz;
  const busySeconds = new Map<string, number>();
  for (const [name, slots] of base.memories) {
    busySeconds.set(name, seconds(only(base, ledger.busy, Object.values(slots))));
  }
  if (base.sensor !== undefined) {
    busySeconds.set(base.sensor.name, seconds(only(base, ledger.busy, [base.sensor.slot])));
  }
  const sramAccesses = ledger.count(sram.name, "read") + ledger.count(sram.name, "write");
  busySeconds.set(sram.name, (sramAccesses * accessCycles(chip)) / core.clockHertz);
  if (code !== undefined) {
    busySeconds.set(code.name, (ledger.count(code.name, "read") * fetchCycles(chip)) / core.clockHertz);
  }
  // Several channels may work at once: the engine is busy while any of them is, all the time at most.
  if (chip.dma !== undefined) busySeconds.set(chip.dma.name, Math.min(moving, cycles) / core.clockHertz);
  return {
    phase: ledger.phase,
    iteration: ledger.iteration,
    cycles,
    timeSeconds: cycles / core.clockHertz,
    coreBusyCycles: wait === "poll" ? cycles : Math.min(exact(executing + copying), cycles),
    busySeconds,
  };
}

function only(base: TimeBase, elapsed: Elapsed, slots: readonly number[]): Elapsed {
  const part = noTime(base);
  for (const slot of slots) part[slot] = elapsed[slot] as number;
  return part;
}
