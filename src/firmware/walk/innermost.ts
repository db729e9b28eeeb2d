import type { InnermostAccess, InnermostBody, Site, Step, Work } from "./program.js";

/**
 * The body of a loop at a depth, if nothing but accesses and work stands in it.
 * @param portBits an access of one element that is no wider than this needs no splitting
 */
export function innermostOf(
  steps: readonly Step[],
  depth: number,
  portBits: number,
): InnermostBody | undefined {
  const accesses: InnermostAccess[] = [];
  const works: Work[] = [];
  for (const step of steps) {
    if (step.kind === "work") works.push(step.work);
    else if (step.kind === "access") {
      const isSingle = step.count === 1 && step.bits > 0 && step.bits <= portBits;
      accesses.push({ ...step, bitsPerRound: bitsPerRound(step.site, depth), isSingle, bit: 0 });
    } else return undefined;
  }
  return { accesses, works };
}

function bitsPerRound({ indexes }: Site, depth: number): number {
  let bits = 0;
  for (const { strideBits, others, ...first } of indexes) {
    for (const term of [first, ...others]) {
      if (term.depth === depth) bits += term.coefficient * strideBits;
    }
  }
  return bits;
}
