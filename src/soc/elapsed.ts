import { exact } from "../firmware/exact.js";
import type { Chip } from "./chip.js";
import type { Sensor } from "./components/sensor.js";

/**
 * A time in whole amounts of what takes time: core cycles, and for each off-chip memory bus clocks, page loads, programs
 * and erases, and bytes of the sensor. Sums and multiples of it are exact, so that two ways to the same work come to
 * the same core cycle, whatever the ratios of the clocks are.
 */
export type Elapsed = number[];

/** Where the amounts of an off-chip memory stand in an {@link Elapsed}. */
export interface MemorySlots {
  readonly bus: number;
  readonly load: number;
  readonly program: number;
  readonly erase: number;
}

/** What an {@link Elapsed} of a chip counts. */
export interface TimeBase {
  /** Core cycles that one of each amount takes; the first is a core cycle itself. */
  readonly cyclesEach: readonly number[];
  readonly memories: ReadonlyMap<string, MemorySlots>;
  /** Where bytes of the sensor stand, if samples come from one. */
  readonly sensor: { readonly name: string; readonly slot: number } | undefined;
}

/** Where core cycles stand in an {@link Elapsed}. */
export const CORE = 0;

export function timeBaseOf(chip: Chip, sensor: Sensor | undefined): TimeBase {
  const { clockHertz } = chip.core;
  const cyclesEach = [1];
  const slot = (seconds: number): number => cyclesEach.push(seconds * clockHertz) - 1;
  const memories = new Map(
    chip.offChip.map(({ name, busHertz, seconds }): [string, MemorySlots] => [
      name,
      {
        bus: cyclesEach.push(clockHertz / busHertz) - 1,
        load: slot(seconds.load),
        program: slot(seconds.program),
        erase: slot(seconds.erase),
      },
    ]),
  );
  const source = sensor && { name: sensor.name, slot: slot(1 / sensor.bytesPerSecond) };
  return { cyclesEach, memories, sensor: source };
}

export function noTime({ cyclesEach }: TimeBase): Elapsed {
  return new Array<number>(cyclesEach.length).fill(0);
}

/** Adds `times` x `amounts` to `to`. @throws CountError beyond the exact range of integers */
export function addTime(to: Elapsed, amounts: Elapsed, times = 1): void {
  for (const [slot, amount] of amounts.entries()) {
    if (amount !== 0) addAmount(to, slot, amount * times);
  }
}

/** Adds an amount to a time. @throws CountError beyond the exact range of integers */
export function addAmount(to: Elapsed, slot: number, amount: number): void {
  to[slot] = exact((to[slot] as number) + amount);
}

/** Core cycles of a time, not rounded. */
export function cyclesOf({ cyclesEach }: TimeBase, amounts: Elapsed): number {
  let cycles = 0;
  for (const [slot, amount] of amounts.entries()) cycles += amount * (cyclesEach[slot] as number);
  return cycles;
}

/**
 * Whole core cycles of a number of them, rounded up. What lies above an integer by less than a double tells is that
 * integer: 15 ns at 200 MHz are 3 cycles, although their product is a bit above.
 */
export function roundedUp(cycles: number): number {
  return Number.isInteger(cycles) ? cycles : Math.ceil(Number(cycles.toPrecision(14)));
}
