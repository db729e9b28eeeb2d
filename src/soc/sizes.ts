import { exact } from "../firmware/exact.js";
import type { Moves } from "./moves.js";

/** How often something of each size happens; rows mostly have one of two sizes. */
export class Sizes {
  readonly #times = new Map<number, Map<number, number>>();

  add(bytes: number, pages: number, times: number): void {
    const byPages = this.#times.get(bytes) ?? new Map<number, number>();
    byPages.set(pages, exact((byPages.get(pages) ?? 0) + times));
    this.#times.set(bytes, byPages);
  }

  forEach(act: (bytes: number, pages: number, times: number) => void): void {
    for (const [bytes, byPages] of this.#times) {
      for (const [pages, times] of byPages) act(bytes, pages, times);
    }
  }
}

/** {@link Sizes} of what is booked in each place. */
export class SizesByMoves {
  readonly #sizes = new Map<Moves, Sizes>();

  of(moves: Moves): Sizes {
    const sizes = this.#sizes.get(moves) ?? new Sizes();
    this.#sizes.set(moves, sizes);
    return sizes;
  }

  forEach(act: (moves: Moves, bytes: number, pages: number, times: number) => void): void {
    for (const [moves, sizes] of this.#sizes) {
      sizes.forEach((bytes, pages, times) => {
        act(moves, bytes, pages, times);
      });
    }
  }
}
