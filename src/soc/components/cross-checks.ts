import type * as z from "zod";
import type { FlashConfig } from "./flash-schema.js";
import { describeBurst } from "./serial-bus.js";
import type { CurrentsByClock, SerialConfig } from "./serial-schema.js";
import type { sramSchema } from "./sram.js";

/** Two fields of a component that contradict each other; `path` is below the component. */
export interface Contradiction {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

type Fields = Pick<SerialConfig, "supply" | "bursts" | "current"> &
  Partial<Pick<FlashConfig, "page" | "sector">>;

/** What contradicts itself in an off-chip memory, whether a part or a chip describes it. */
export function offChipContradictions({ page, sector, supply, bursts, current }: Fields): Contradiction[] {
  const problems: Contradiction[] = [];
  // Fractions of bytes are told as such.
  if (isWhole(sector) && isWhole(page) && sector % page !== 0) {
    const message = `a sector of ${sector} bytes is no whole number of pages of ${page} bytes`;
    problems.push({ path: ["sector"], message });
  }
  if (supply.low > supply.high) {
    const message = `the lowest supply, ${supply.low} V, lies above the highest, ${supply.high} V`;
    problems.push({ path: ["supply", "low"], message });
  }
  problems.push(...sameBursts(bursts), ...currentOrder("read", current.read));
  if (current.write !== undefined) problems.push(...currentOrder("write", current.write));
  return problems;
}

const isWhole = (bytes: number | undefined): bytes is number => Number.isSafeInteger(bytes);

/** Bursts that no chip could tell apart. */
function sameBursts(bursts: SerialConfig["bursts"]): Contradiction[] {
  return bursts.flatMap(({ lanes, ddr, name }, position) => {
    const rivals = bursts.slice(0, position).filter((one) => one.lanes === lanes && one.ddr === ddr);
    if (rivals.length === 0) return [];
    const what = describeBurst({ lanes, ddr });
    if (name === undefined) {
      const message = `there is already a burst of ${what}; give each of them a name`;
      return [{ path: ["bursts", position, "lanes"], message }];
    }
    if (rivals.every((one) => one.name !== name)) return [];
    const message = `there is already a burst ${name} of ${what}; give it another name`;
    return [{ path: ["bursts", position, "name"], message }];
  });
}

function currentOrder(what: "read" | "write", currents: CurrentsByClock): Contradiction[] {
  return currents.flatMap(({ clock, ddr }, position) => {
    const before = currents.slice(0, position).findLast((one) => one.ddr === ddr);
    if (before === undefined || before.clock < clock) return [];
    const message = `${what} currents ascend by clock, but ${clock / 1e6} MHz follows ${before.clock / 1e6} MHz`;
    return [{ path: ["current", what, position, "clock"], message }];
  });
}

/** Banks are equal and hold whole words; an array has one voltage. */
export function sramContradictions(sram: z.infer<typeof sramSchema>): Contradiction[] {
  const { capacity, width, banks, domain, voltage } = sram;
  const problems: Contradiction[] = [];
  if (domain === "core" && voltage !== undefined) {
    const message = "domain: core takes the core's voltage; give domain: core or a voltage, not both";
    problems.push({ path: ["voltage"], message });
  }
  if (Number.isSafeInteger(width) && !Number.isInteger(Math.log2(width))) {
    const message = `a port of ${width} bit is no power of two; words of a core would straddle its words`;
    problems.push({ path: ["width"], message });
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
