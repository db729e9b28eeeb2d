import { exact } from "../firmware/exact.js";
import type { Phase } from "../firmware/phases.js";
import type { Chip } from "./chip.js";
import type { OffChipMemory } from "./components/off-chip-memory.js";
import type { Sensor } from "./components/sensor.js";
import type { Ledger } from "./ledger.js";

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

/**
 * Single buffered: kernels, transfers, programs and erases follow one another. The core sleeps or polls during
 * transfers; without a DMA engine it copies. The slowest of bus, copying core and SRAM port decides.
 */
export function timeOf(ledger: Ledger, chip: Chip, sensor: Sensor | undefined, wait: string): PhaseTime {
  const { core, sram, code } = chip;
  const busySeconds = new Map<string, number>();
  const busSeconds = transferSeconds(ledger, chip, sensor, busySeconds);
  const internalSeconds = chip.offChip.reduce((sum, memory) => sum + internalTime(ledger, memory), 0);
  const executing = ledger.kernelCycles + ledger.stallCycles;
  const busCycles = busSeconds * core.clockHertz;
  const cyclesPerAccess = wholeCycles(sram.accessSeconds, core.clockHertz);
  // Bus, copying core and the SRAM's port work at the same time: the slowest of them decides.
  const moving = Math.max(busCycles, ledger.copyCycles, ledger.transferAccesses * cyclesPerAccess);
  const cycles = exact(Math.ceil(executing + moving + internalSeconds * core.clockHertz));
  const copying = chip.dma === undefined && ledger.copyCycles > 0;
  const coreBusyCycles = wait === "poll" ? cycles : exact(executing + (copying ? Math.ceil(moving) : 0));
  const sramAccesses = ledger.count(sram.name, "read") + ledger.count(sram.name, "write");
  busySeconds.set(sram.name, (sramAccesses * cyclesPerAccess) / core.clockHertz);
  if (code !== undefined) busySeconds.set(code.name, ledger.count(code.name, "read") / core.clockHertz);
  if (chip.dma !== undefined) busySeconds.set(chip.dma.name, busSeconds);
  return {
    phase: ledger.phase,
    iteration: ledger.iteration,
    cycles,
    timeSeconds: cycles / core.clockHertz,
    coreBusyCycles: Math.min(coreBusyCycles, cycles),
    busySeconds,
  };
}

/** Cycles that a time takes, rounded up; 15 ns at 200 MHz are 3, although their product is a bit above. */
export function wholeCycles(seconds: number, clockHertz: number): number {
  return Math.ceil(Number((seconds * clockHertz).toPrecision(12)));
}

/** Time on the buses; also books how long each off-chip block is busy. */
function transferSeconds(
  ledger: Ledger,
  chip: Chip,
  sensor: Sensor | undefined,
  busySeconds: Map<string, number>,
): number {
  let total = 0;
  for (const memory of chip.offChip) {
    const bus = busTime(ledger, memory);
    busySeconds.set(memory.name, bus + internalTime(ledger, memory));
    total += bus;
  }
  if (sensor !== undefined) {
    const seconds = ledger.count(sensor.name, "read") / sensor.bytesPerSecond;
    busySeconds.set(sensor.name, seconds);
    total += seconds;
  }
  return total;
}

function busTime(ledger: Ledger, memory: OffChipMemory): number {
  const { name, commandClocks, bitsPerClock, busHertz } = memory;
  const bytes = ledger.count(name, "read") + ledger.count(name, "write");
  return (ledger.count(name, "command") * commandClocks + (bytes * 8) / bitsPerClock) / busHertz;
}

function internalTime(ledger: Ledger, { name, seconds }: OffChipMemory): number {
  const actions = ["load", "program", "erase"] as const;
  return actions.reduce((sum, action) => sum + ledger.count(name, action) * seconds[action], 0);
}
