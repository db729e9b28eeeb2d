import { ExpressionError } from "../expression.js";
import { CORE_WORD_BITS } from "../words.js";
import type {
  AccessStep,
  InnermostAccess,
  InnermostBody,
  LoopStep,
  Site,
  Step,
  StreamStep,
  WalkIndex,
  WalkProgram,
  Work,
  WorkStep,
} from "./program.js";
import { leaveTile, reach, type Tiles } from "./reach.js";
import { realSize } from "./real-size.js";
import type { Visitor } from "./visitor.js";

/**
 * Walks one invocation of a kernel, access by access. Nothing is counted in closed form: an access is split at the port
 * of the on-chip memory, a stream at the words that its bits lie in, and a row is reached when it is accessed.
 * @throws ExpressionError for an index out of its range, or a stream that runs beyond its tensor
 */
export function walkNest(program: WalkProgram, visitor: Visitor): void {
  new Walker(program, visitor).walk();
}

class Walker {
  readonly #program: WalkProgram;
  readonly #visitor: Visitor;
  readonly #portBits: number;
  /** Value, elements and step of the tile that runs at each depth. */
  readonly #values: number[];
  readonly #sizes: number[];
  readonly #steps: number[];
  readonly #tiles: Tiles;
  /** Enclosing tiles that are tails. */
  #tails = 0;

  constructor(program: WalkProgram, visitor: Visitor) {
    this.#program = program;
    this.#visitor = visitor;
    this.#portBits = program.portBits;
    const perDepth = () => new Array<number>(program.maximumDepth).fill(0);
    this.#values = perDepth();
    this.#sizes = perDepth();
    this.#steps = perDepth();
    this.#tiles = { values: this.#values, sizes: this.#sizes };
  }

  walk(): void {
    for (const { sample } of this.#program.sites) {
      if (sample === undefined) continue;
      sample.isRead = false;
      sample.isWritten = false;
    }
    this.#run(this.#program.steps);
  }

  #run(steps: readonly Step[]): void {
    for (let i = 0; i < steps.length; i += 1) {
      const step = steps[i] as Step;
      switch (step.kind) {
        case "access":
          this.#access(step);
          break;
        case "work":
          this.#work(step);
          break;
        case "loop":
          this.#loop(step);
          break;
        case "stream":
          this.#stream(step);
          break;
        case "fetch":
          this.#visitor.fetch(step);
      }
    }
  }

  #loop({ depth, extent, step, updatedRows, uses, body, innermost }: LoopStep): void {
    this.#steps[depth] = step;
    if (innermost !== undefined && this.#tails === 0) {
      this.#innermost(innermost, depth, extent);
      return;
    }
    for (let value = 0; value < extent; value += step) {
      const size = Math.min(step, extent - value);
      const isTail = size < step;
      this.#values[depth] = value;
      this.#sizes[depth] = size;
      if (isTail) this.#tails += 1;
      if (updatedRows) this.#visitor.beginUpdatedRow(value);
      this.#run(body);
      for (const use of uses) leaveTile(use, this.#tiles, this.#visitor);
      if (updatedRows) this.#visitor.endUpdatedRow();
      if (isTail) this.#tails -= 1;
    }
    for (const use of uses) {
      if (use.wasWritten) this.#visitor.endRows(use);
      use.wasWritten = false;
    }
  }

  /** The bulk of all accesses: each of them is still made, at an address that moves on from round to round. */
  #innermost({ accesses, works }: InnermostBody, depth: number, extent: number): void {
    const visitor = this.#visitor;
    for (const access of accesses) {
      // An index that is in range in the first and the last round is so in between.
      this.#values[depth] = extent - 1;
      this.#locate(access.site);
      this.#values[depth] = 0;
      access.bit = this.#locate(access.site);
      if (access.site.isWatched && access.bits > 0 && access.count > 0)
        reach(access.site, this.#tiles, visitor);
    }
    for (let round = 0; round < extent; round += 1) {
      for (let i = 0; i < accesses.length; i += 1) {
        const access = accesses[i] as InnermostAccess;
        const { site, bit, bits, bitsPerRound, isSingle, strideBits } = access;
        access.bit = bit + bitsPerRound;
        if (isSingle) visitor.access(site, bit, bits);
        else this.#accesses(site, bit, bits, access.count, strideBits);
      }
      for (let i = 0; i < works.length; i += 1) visitor.work(works[i] as Work);
    }
  }

  #access({ site, bits: fullBits, count: fullCount, strideBits, bitsDepths, countDepths }: AccessStep): void {
    const isFull = this.#tails === 0;
    const bits = isFull ? fullBits : this.#realSize(fullBits, bitsDepths);
    const count = isFull ? fullCount : this.#realSize(fullCount, countDepths);
    const bit = this.#locate(site);
    if (bits === 0 || count === 0) return;
    if (site.isWatched) reach(site, this.#tiles, this.#visitor);
    this.#accesses(site, bit, bits, count, strideBits);
  }

  /** Accesses to consecutive elements, or to consecutive bits if each spans several. */
  #accesses(site: Site, start: number, bits: number, count: number, strideBits: number): void {
    if (bits === 0) return;
    const visitor = this.#visitor;
    const portBits = this.#portBits;
    let bit = start;
    for (let k = 0; k < count; k += 1) {
      if (bits <= portBits) visitor.access(site, bit, bits);
      else this.#split(site, bit, bits);
      bit += strideBits;
    }
  }

  /** An access wider than the port. */
  #split(site: Site, start: number, bits: number): void {
    const portBits = this.#portBits;
    for (let done = 0; done < bits; done += portBits) {
      this.#visitor.access(site, start + done, Math.min(portBits, bits - done));
    }
  }

  #stream({ site, bits: fullBits, cyclesPerBoundary, stack, bitsDepths, endBit }: StreamStep): void {
    const bits = this.#tails === 0 ? fullBits : this.#realSize(fullBits, bitsDepths);
    let bit = this.#locate(site);
    const end = bit + bits;
    if (end > endBit) {
      throw new ExpressionError(
        `a stream of ${bits} bits runs beyond the end of ${site.name}: ${endBit - bit} bits are left`,
      );
    }
    if (bits === 0) return;
    if (site.isWatched) reach(site, this.#tiles, this.#visitor);
    if (cyclesPerBoundary > 0 || stack.length > 0) {
      const firstWord = Math.floor(bit / CORE_WORD_BITS);
      this.#streamCosts(Math.floor((end - 1) / CORE_WORD_BITS) - firstWord, cyclesPerBoundary, stack);
    }
    const portBits = this.#portBits;
    let wordEnd = bit - (bit % portBits) + portBits;
    while (wordEnd < end) {
      this.#visitor.access(site, bit, wordEnd - bit);
      bit = wordEnd;
      wordEnd += portBits;
    }
    this.#visitor.access(site, bit, end - bit);
  }

  #streamCosts(boundaries: number, cyclesEach: number, stack: readonly AccessStep[]): void {
    this.#visitor.cycles(cyclesEach * boundaries);
    for (const { site, bits, count } of stack) this.#accesses(site, 0, bits, count * boundaries, 0);
  }

  #work({ work, depths }: WorkStep): void {
    if (this.#tails === 0) {
      this.#visitor.work(work);
      return;
    }
    let cycles = 0;
    for (const full of work.cycles) cycles += this.#realSize(full, depths);
    const counts = work.operations.map(({ count }) => this.#realSize(count, depths));
    this.#visitor.partialWork(work, cycles, counts);
  }

  /** Bit of the placed tensor that a site's first element is at. */
  #locate({ indexes, binding, name }: Site): number {
    const values = this.#values;
    let bit = binding.firstBit;
    for (let d = 0; d < indexes.length; d += 1) {
      const { constant, depth, coefficient, others, extent, strideBits } = indexes[d] as WalkIndex;
      let index = constant;
      if (depth >= 0) index += coefficient * (values[depth] as number);
      for (let i = 0; i < others.length; i += 1) {
        const other = others[i] as WalkIndex["others"][number];
        index += other.coefficient * (values[other.depth] as number);
      }
      if (index < 0 || index >= extent) {
        throw new ExpressionError(
          `an index of ${name} is ${index}, but its extent is ${extent} (0 to ${extent - 1})`,
        );
      }
      bit += index * strideBits;
    }
    return bit;
  }

  #realSize(full: number, depths: readonly number[]): number {
    return realSize(full, depths, this.#sizes, this.#steps);
  }
}
