import type * as z from "zod";
import type { FlashConfig } from "./flash-schema.js";
import type { sramSchema } from "./sram.js";

/** Two fields of a component that contradict each other; `path` is below the component. */
export interface Contradiction {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

type FlashFields = Pick<FlashConfig, "page" | "sector" | "supply" | "bursts" | "current">;

/** What contradicts itself in a flash, whether a part or a chip describes it. */
export function flashContradictions({ page, sector, supply, bursts, current }: FlashFields): Contradiction[] {
  const problems: Contradiction[] = [];
  // Fractions of bytes are told as such.
  if (Number.isSafeInteger(sector) && Number.isSafeInteger(page) && sector % page !== 0) {
    const message = `a sector of ${sector} bytes is no whole number of pages of ${page} bytes`;
    problems.push({ path: ["sector"], message });
  }
  if (supply.low > supply.high) {
    const message = `the lowest supply, ${supply.low} V, lies above the highest, ${supply.high} V`;
    problems.push({ path: ["supply", "low"], message });
  }
  for (const [position, { lanes }] of bursts.entries()) {
    if (bursts.findIndex((burst) => burst.lanes === lanes) === position) continue;
    const message = `there is already a burst of ${lanes} lanes; expected one burst for each number of lanes`;
    problems.push({ path: ["bursts", position, "lanes"], message });
  }
  for (const [position, { clock }] of current.read.entries()) {
    const before = current.read[position - 1];
    if (before === undefined || before.clock < clock) continue;
    const message = `read currents ascend by clock, but ${clock / 1e6} MHz follows ${before.clock / 1e6} MHz`;
    problems.push({ path: ["current", "read", position, "clock"], message });
  }
  return problems;
}

/** Banks are equal and hold whole words; an array has one voltage. */
export function sramContradictions(sram: z.infer<typeof sramSchema>): Contradiction[] {
  const { capacity, width, banks, domain, voltage } = sram;
  const problems: Contradiction[] = [];
  if (domain === "core" && voltage !== undefined) {
    const message = "domain: core takes the core's voltage; give domain: core or a voltage, not both";
    problems.push({ path: ["voltage"], message });
  }
  // Fractions of bytes and bits are told as such.
  const isWhole = Number.isSafeInteger(capacity) && Number.isSafeInteger(width);
  if (isWhole && (capacity * 8) % (banks * width) !== 0) {
    const what = banks === 1 ? "" : `${banks} equal banks of `;
    const message = `${capacity} bytes do not divide into ${what}whole words of ${width} bit`;
    problems.push({ path: [banks === 1 ? "capacity" : "banks"], message });
  }
  return problems;
}
