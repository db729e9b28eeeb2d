import { PHASES } from "../../firmware/phases.js";
import { aligned, type Item, liveByPhase, spanOf } from "./items.js";

/** Addresses of items, in their order, and how good they are. */
export interface Offsets {
  readonly addresses: readonly number[];
  /** The highest end of any item, in whole blocks. */
  readonly peakBytes: number;
  /** The most that lives in any one phase, in whole blocks: no placement needs less. */
  readonly lowerBoundBytes: number;
  /** No other addresses have a lower peak. */
  readonly isOptimal: boolean;
}

/** An item in blocks and phases; `index` is its position in the request. */
interface Piece {
  readonly index: number;
  readonly size: number;
  readonly from: number;
  readonly to: number;
}

/** Placements that the search tries beyond first fit; far more than the tensors of a training ever took. */
const MOST_NODES = 50_000;

/**
 * Dynamic storage allocation: addresses of items that live over intervals of phases, with the lowest peak. First fit in
 * some orders meets the bound for what a training needs; where it does not, a branch and bound decides. It puts items down in
 * the order of their addresses, each as low as what lies below it allows: some optimal placement is of this kind, since
 * every placement can be let fall.
 * @param blockBytes what addresses are multiples of
 */
export function placeOffsets(
  items: readonly Item[],
  blockBytes: number,
  mostNodes: number = MOST_NODES,
): Offsets {
  const pieces = items.map((item, index): Piece => {
    const [from, to] = spanOf(item);
    return { index, size: aligned(item.bytes, blockBytes) / blockBytes, from, to };
  });
  const bound = Math.max(0, ...liveByPhase(items, blockBytes)) / blockBytes;
  let best: { addresses: number[]; peak: number } | undefined;
  const longer = extended(pieces, bound);
  for (const attempt of [
    ...ORDERS.map((order) => pieces.toSorted(order)),
    ...ORDERS.map((order) => longer.toSorted(order)),
  ]) {
    const found = firstFit(attempt);
    if (best === undefined || found.peak < best.peak) best = found;
    if (best.peak === bound) break;
  }
  if (best === undefined) throw new Error("there is no order to place items in");
  const search = best.peak > bound ? searchBelow(pieces, best, bound, mostNodes) : undefined;
  const { addresses, peak } = search?.best ?? best;
  return {
    addresses: addresses.map((address) => address * blockBytes),
    peakBytes: peak * blockBytes,
    lowerBoundBytes: bound * blockBytes,
    isOptimal: peak === bound || search?.isComplete === true,
  };
}

const length = ({ from, to }: Piece): number => to - from;

/** What lives longest lies lowest; then those that begin early, or end late. */
const ORDERS: readonly ((a: Piece, b: Piece) => number)[] = [
  (a, b) => length(b) - length(a) || a.from - b.from || a.index - b.index,
  (a, b) => a.from - b.from || b.to - a.to || a.index - b.index,
  (a, b) => b.to - a.to || a.from - b.from || a.index - b.index,
  (a, b) => b.size * (length(b) + 1) - a.size * (length(a) + 1) || a.index - b.index,
];

/**
 * Pieces that live as long as they can without more living at once than the bound: they overlap with more others, and what
 * is left fits together more simply. Their addresses are good for the shorter lives too.
 */
function extended(pieces: readonly Piece[], bound: number): Piece[] {
  const live = new Array<number>(PHASES.length).fill(0);
  for (const { size, from, to } of pieces) {
    for (let phase = from; phase <= to; phase += 1) live[phase] = (live[phase] as number) + size;
  }
  const first = Math.min(...pieces.map(({ from }) => from));
  const last = Math.max(...pieces.map(({ to }) => to));
  return pieces
    .toSorted((a, b) => length(b) - length(a) || b.size - a.size || a.index - b.index)
    .map(({ index, size, from, to }): Piece => {
      let [start, end] = [from, to];
      const takes = (phase: number): boolean => {
        if (phase < first || phase > last || (live[phase] as number) + size > bound) return false;
        live[phase] = (live[phase] as number) + size;
        return true;
      };
      while (takes(start - 1)) start -= 1;
      while (takes(end + 1)) end += 1;
      return { index, size, from: start, to: end };
    });
}

/** Each piece at the lowest address that is free while it lives. */
function firstFit(order: readonly Piece[]): { addresses: number[]; peak: number } {
  const addresses = new Array<number>(order.length).fill(0);
  const placed: { start: number; end: number; piece: Piece }[] = [];
  let peak = 0;
  for (const piece of order) {
    let address = 0;
    for (const { start, end, piece: other } of placed) {
      if (other.from > piece.to || other.to < piece.from) continue;
      if (start >= address + piece.size) break;
      address = Math.max(address, end);
    }
    addresses[piece.index] = address;
    const end = address + piece.size;
    peak = Math.max(peak, end);
    const at = placed.findIndex(({ start }) => start > address);
    placed.splice(at < 0 ? placed.length : at, 0, { start: address, end, piece });
  }
  return { addresses, peak };
}

/** Branch and bound over the order of addresses. Pieces that live all the time lie at the bottom, which costs nothing. */
function searchBelow(
  pieces: readonly Piece[],
  start: { addresses: number[]; peak: number },
  bound: number,
  mostNodes: number,
): { best: { addresses: number[]; peak: number }; isComplete: boolean } {
  const first = Math.min(...pieces.map(({ from }) => from));
  const last = Math.max(...pieces.map(({ to }) => to));
  const isWhole = ({ from, to }: Piece): boolean => from === first && to === last;
  const addresses = new Array<number>(pieces.length).fill(0);
  let floor = 0;
  for (const piece of pieces.filter(isWhole)) {
    addresses[piece.index] = floor;
    floor += piece.size;
  }
  const others = pieces.filter((piece) => !isWhole(piece)).toSorted((a, b) => b.size - a.size);
  let best = start;
  let nodes = 0;
  const isUsed = new Array<boolean>(others.length).fill(false);

  /** @param heights where free space begins in each phase; nothing more is put below `lowest` */
  const descend = (heights: readonly number[], lowest: number, left: number): void => {
    if (left === 0) {
      const peak = Math.max(...heights);
      if (peak < best.peak) best = { addresses: [...addresses], peak };
      return;
    }
    nodes += 1;
    if (nodes > mostNodes || best.peak === bound) return;
    const rest = heights.map((height) => Math.max(height, lowest));
    const live = new Array<number>(PHASES.length).fill(0);
    for (const [position, { size, from, to }] of others.entries()) {
      if (isUsed[position]) continue;
      for (let phase = from; phase <= to; phase += 1) live[phase] = (live[phase] as number) + size;
    }
    if (live.some((size, phase) => size > 0 && size + (rest[phase] as number) >= best.peak)) return;
    for (const [position, piece] of others.entries()) {
      if (isUsed[position]) continue;
      const twin = others.findIndex(
        (other, at) =>
          !isUsed[at] && other.size === piece.size && other.from === piece.from && other.to === piece.to,
      );
      if (twin < position) continue;
      const address = Math.max(...heights.slice(piece.from, piece.to + 1));
      if (address < lowest) continue;
      isUsed[position] = true;
      addresses[piece.index] = address;
      const raised = heights.map((height, phase) =>
        phase >= piece.from && phase <= piece.to ? address + piece.size : height,
      );
      descend(raised, address, left - 1);
      isUsed[position] = false;
    }
  };
  descend(new Array<number>(PHASES.length).fill(floor), floor, others.length);
  return { best, isComplete: nodes <= mostNodes };
}
