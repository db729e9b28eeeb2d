import { PHASES, type Phase } from "../firmware/phases.js";
import type { TensorSpec } from "../firmware/tensors.js";

/** One placed tensor, or the part of it that lies in one memory. */
export interface Placed {
  readonly tensor: string;
  readonly component: string;
  readonly bytes: number;
  readonly address: number;
  readonly from: Phase;
  readonly to: Phase;
}

/** Tensors at their addresses, the highest end of any, and the most bytes that live in any one phase. */
export interface Layout {
  readonly items: readonly Placed[];
  readonly peakBytes: number;
  readonly liveBytes: number;
}

/** Tensors start at words of the widest common core, 32 bit. */
const ALIGNMENT_BYTES = 4;

export const bytesOf = (bits: number): number => Math.ceil(bits / 8);
export const aligned = (bytes: number, to: number): number => Math.ceil(bytes / to) * to;
export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Tensors in their order, each at the lowest address that is free while it lives. */
export function firstFit(tensors: readonly TensorSpec[], component: string): Layout {
  const items: Placed[] = [];
  let peakBytes = 0;
  for (const { name: tensor, bits, from, to } of tensors) {
    const bytes = bytesOf(bits);
    const neighbours = items
      .filter((item) => overlaps(item, { from, to }))
      .sort((a, b) => a.address - b.address);
    let address = 0;
    for (const item of neighbours) {
      if (item.address >= address + bytes) break;
      address = Math.max(address, aligned(item.address + item.bytes, ALIGNMENT_BYTES));
    }
    items.push({ tensor, component, bytes, address, from, to });
    peakBytes = Math.max(peakBytes, address + bytes);
  }
  const liveBytes = Math.max(
    ...PHASES.map((phase) => {
      const live = items.filter((item) => overlaps(item, { from: phase, to: phase }));
      return sum(live.map((item) => item.bytes));
    }),
  );
  return { items, peakBytes, liveBytes };
}

function overlaps(a: { from: Phase; to: Phase }, b: { from: Phase; to: Phase }): boolean {
  return PHASES.indexOf(a.from) <= PHASES.indexOf(b.to) && PHASES.indexOf(b.from) <= PHASES.indexOf(a.to);
}
