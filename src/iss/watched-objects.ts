import type { ElfSymbol } from "../data/elf-symbols.js";

/** Bytes whose accesses are counted together. */
export interface WatchedObject {
  readonly name: string;
  readonly address: number;
  readonly size: number;
}

/**
 * The objects of a program as a memory can tell them apart: those that share a word of 4 bytes are one, with the names of
 * all. Of more than `most`, the largest.
 */
export function watchedObjects(symbols: readonly ElfSymbol[], most: number): readonly WatchedObject[] {
  const objects = symbols
    .filter(({ kind, size }) => kind === "object" && size > 0)
    .toSorted((a, b) => a.value - b.value);
  const watched: { names: string[]; first: number; end: number }[] = [];
  for (const { name, value, size } of objects) {
    const first = Math.floor(value / 4) * 4;
    const end = Math.ceil((value + size) / 4) * 4;
    const last = watched.at(-1);
    if (last === undefined || first >= last.end) watched.push({ names: [name], first, end });
    else {
      last.names.push(name);
      last.end = Math.max(last.end, end);
    }
  }
  return watched
    .toSorted((a, b) => b.end - b.first - (a.end - a.first))
    .slice(0, most)
    .map(({ names, first, end }) => ({ name: names.join(", "), address: first, size: end - first }));
}
