import { PHASES, type Phase } from "../../firmware/phases.js";
import type { Chip } from "../chip.js";

/** Rows of a tensor, both ends included. */
export interface RowRange {
  readonly first: number;
  readonly last: number;
}

/** What needs an address on chip: a tensor, a stretch of its rows, a buffer. */
export interface Item {
  readonly tensor: string;
  readonly bytes: number;
  readonly from: Phase;
  readonly to: Phase;
  /** The rows that it holds, if the tensor's rows do not lie all in one piece. */
  readonly rows?: RowRange;
}

/** One placed tensor, or the part of it that lies in one memory. */
export interface Placed extends Item {
  readonly component: string;
  readonly address: number;
}

/** On-chip tensors start at words of the widest common core, 32 bit, or of the port where that is wider. */
const CORE_WORD_BYTES = 4;

/** What addresses on chip are multiples of. */
export function blockBytesOf({ sram }: Chip): number {
  return Math.max(CORE_WORD_BYTES, sram.widthBits / 8);
}

export const bytesOf = (bits: number): number => Math.ceil(bits / 8);
export const aligned = (bytes: number, to: number): number => Math.ceil(bytes / to) * to;
export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** The positions in `PHASES` of the first and the last phase of a lifetime. */
export function spanOf({ from, to }: { readonly from: Phase; readonly to: Phase }): [number, number] {
  return [PHASES.indexOf(from), PHASES.indexOf(to)];
}

export function overlap(a: Pick<Item, "from" | "to">, b: Pick<Item, "from" | "to">): boolean {
  const [aFrom, aTo] = spanOf(a);
  const [bFrom, bTo] = spanOf(b);
  return aFrom <= bTo && bFrom <= aTo;
}

/** Bytes that live in each phase, items taken in whole blocks. */
export function liveByPhase(items: readonly Item[], blockBytes: number): number[] {
  const live = new Array<number>(PHASES.length).fill(0);
  for (const item of items) {
    const [from, to] = spanOf(item);
    const bytes = aligned(item.bytes, blockBytes);
    for (let phase = from; phase <= to; phase += 1) live[phase] = (live[phase] as number) + bytes;
  }
  return live;
}
