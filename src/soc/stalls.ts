import type { Chip } from "./chip.js";
import { addTime, CORE, noTime, type TimeBase } from "./elapsed.js";
import type { Ledger } from "./ledger.js";

/** Cycles in which the core executes no kernel, and what it waits for. */
export interface Stall {
  readonly component: string;
  readonly cause: string;
  readonly cycles: number;
}

/**
 * Why some phases take longer than their kernels, the largest share first. Kernel cycles and these sum to the time, but for
 * the rounding of phases. What runs beside computing is an `overlap` of negative length.
 */
export function stallsOf(ledgers: readonly Ledger[], chip: Chip, base: TimeBase): Stall[] {
  const { core, sram, code, dma } = chip;
  const waiting = noTime(base);
  const stalls = new Map<string, Stall>();
  const add = (component: string, cause: string, cycles: number): void => {
    const key = `${component}\n${cause}`;
    stalls.set(key, { component, cause, cycles: (stalls.get(key)?.cycles ?? 0) + cycles });
  };
  for (const ledger of ledgers) {
    addTime(waiting, ledger.waiting);
    for (const [cause, cycles] of ledger.stalls) {
      add(cause === "code fetch" ? (code ?? sram).name : sram.name, cause, cycles);
    }
  }
  const cyclesOf = (slot: number): number => (waiting[slot] as number) * (base.cyclesEach[slot] as number);
  for (const [name, { bus, load, program, erase }] of base.memories) {
    add(name, "transfer", cyclesOf(bus));
    add(name, "page load", cyclesOf(load));
    add(name, "program", cyclesOf(program));
    add(name, "erase", cyclesOf(erase));
  }
  if (base.sensor !== undefined) add(base.sensor.name, "transfer", cyclesOf(base.sensor.slot));
  const others = cyclesOf(CORE);
  if (others < 0) add(core.name, "overlap", others);
  // Moves last as long as the copying core or, with a DMA engine, the SRAM's port, where those are slower than the serial part.
  else add(dma === undefined ? core.name : sram.name, dma === undefined ? "copy" : "port", others);
  return [...stalls.values()]
    .map((stall) => ({ ...stall, cycles: Math.round(stall.cycles) }))
    .filter(({ cycles }) => cycles !== 0)
    .sort((a, b) => b.cycles - a.cycles);
}

/** The block that most of the time is spent in or waiting for. */
export function bottleneckOf(kernelCycles: number, stalls: readonly Stall[], chip: Chip): string {
  const shares = new Map([[chip.core.name, kernelCycles]]);
  for (const { component, cycles } of stalls) {
    if (cycles > 0) shares.set(component, (shares.get(component) ?? 0) + cycles);
  }
  let most = chip.core.name;
  for (const [name, cycles] of shares) if (cycles > (shares.get(most) ?? 0)) most = name;
  return most;
}
