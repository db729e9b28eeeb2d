import type { Binding } from "../../firmware/binding.js";
import type { FetchStep, RowUse, Site, WalkProgram, Work } from "../../firmware/walk/program.js";
import type { Visitor } from "../../firmware/walk/visitor.js";
import { walkNest } from "../../firmware/walk/walk.js";
import { CYCLES, KERNELS, OPERATIONS } from "../counters.js";
import type { OffChipRegion } from "../off-chip.js";
import type { Complain, MemoryMap } from "./memory-map.js";
import type { Mover } from "./mover.js";
import { SectorBuffer } from "./sector-buffer.js";
import { Sheet } from "./sheet.js";

/** What the rewriting of one sector takes, in one execution of a loop over updated rows. */
export interface SectorShare {
  /** Rows of the layer that were written into the sector. */
  readonly rows: Set<number>;
  readonly sheet: Sheet;
}

/** One invocation of a kernel, access by access, with what depends on the activity kept apart. */
export interface InvocationCounts {
  /** What every invocation does. */
  readonly always: Sheet;
  /** What an update of each row adds, by row of the layer. */
  readonly rows: ReadonlyMap<number, Sheet>;
  readonly sectors: readonly SectorShare[];
  /** Samples reached: read or written once an invocation. */
  readonly samples: readonly { readonly tensor: string; readonly action: "read" | "write" }[];
  readonly fetches: readonly FetchStep[];
  /** Tensors that were accessed. */
  readonly touched: ReadonlySet<string>;
  /** Accesses at the on-chip port that were walked. */
  readonly accesses: number;
}

/** Walks one invocation; `mover` moves what is off chip. @throws ExpressionError as walkNest does */
export function enumerateInvocation(program: WalkProgram, map: MemoryMap, mover: Mover): InvocationCounts {
  const walk = new InvocationWalk(program, map, mover);
  walkNest(program, walk);
  return walk.finish();
}

class InvocationWalk implements Visitor {
  readonly #always: Sheet;
  readonly #rows = new Map<number, Sheet>();
  readonly #sectors = new Map<string, SectorShare>();
  readonly #buffers = new Map<string, SectorBuffer>();
  readonly #samples: { tensor: string; action: "read" | "write" }[] = [];
  /** Accesses and useful bits of each site, and executions of each work, since the sheet was changed last. */
  readonly #hits: Float64Array;
  readonly #bits: Float64Array;
  readonly #works: Float64Array;
  /** Bits of each site's tensor; beyond them there is nothing of it. */
  readonly #limits: Float64Array;
  /** The region of each site's tensor, if some of its rows are off chip. */
  readonly #regions: readonly (OffChipRegion | undefined)[];
  readonly #touched = new Set<string>();
  readonly #complain: Complain;
  #accesses = 0;

  constructor(
    readonly program: WalkProgram,
    readonly map: MemoryMap,
    readonly mover: Mover,
  ) {
    const { sites, works } = program;
    this.#always = new Sheet(mover.base);
    mover.sheet = this.#always;
    this.#complain = mover.complain;
    this.#hits = new Float64Array(sites.length);
    this.#bits = new Float64Array(sites.length);
    this.#works = new Float64Array(works.length);
    this.#limits = Float64Array.from(sites, ({ binding }) => map.addressableBits(binding.tensor));
    this.#regions = sites.map(({ binding }) => map.region(binding.tensor));
  }

  access(site: Site, bit: number, bits: number): void {
    const { id, rows } = site;
    this.#hits[id] = (this.#hits[id] as number) + 1;
    this.#bits[id] = (this.#bits[id] as number) + bits;
    if (bit < 0 || bit + bits > (this.#limits[id] as number)) this.#outside(site, bit, bits);
    if (rows !== undefined && (bit < rows.firstBit || bit + bits > rows.endBit)) this.#outsideRows(site, bit);
  }

  work(work: Work): void {
    this.#works[work.id] = (this.#works[work.id] as number) + 1;
  }

  partialWork({ operations }: Work, cycles: number, counts: readonly number[]): void {
    const { sheet } = this.mover;
    sheet.add(this.map.chip.core.name, CYCLES, KERNELS, cycles);
    for (const [position, { name }] of operations.entries()) {
      sheet.add(this.map.chip.core.name, name, OPERATIONS, counts[position] ?? 0);
    }
  }

  cycles(cycles: number): void {
    this.mover.sheet.add(this.map.chip.core.name, CYCLES, KERNELS, cycles);
  }

  fetch({ id, into }: FetchStep): void {
    this.#touched.add(into.tensor);
    this.mover.sheet.addFetches(id, 1);
  }

  reachSample({ tensor }: Binding, action: "read" | "write"): void {
    this.#samples.push({ tensor, action });
  }

  readRow(use: RowUse, row: number): void {
    const { tensor, region, range } = this.#row(use, row);
    if (region === undefined || range === undefined) return;
    const [start, end] = [region.address + range.start, region.address + range.end];
    this.mover.fill(region, tensor, start, end);
    this.mover.wearByReading(region, start, end);
  }

  writeRow(use: RowUse, row: number): void {
    const { tensor, region, range } = this.#row(use, row);
    if (region === undefined || range === undefined) return;
    if (region.memory.rewrite === "inPlace") {
      this.mover.write(region, region.address + range.start, region.address + range.end, tensor);
    } else this.#bufferOf(use, region).merge(range, row);
  }

  endRows(use: RowUse): void {
    this.#buffers.get(bufferKey(use))?.flush();
  }

  beginUpdatedRow(row: number): void {
    this.#settle();
    const sheet = this.#rows.get(row) ?? new Sheet(this.mover.base);
    this.#rows.set(row, sheet);
    this.mover.sheet = sheet;
  }

  endUpdatedRow(): void {
    this.#settle();
    this.mover.sheet = this.#always;
  }

  finish(): InvocationCounts {
    this.#settle();
    return {
      always: this.#always,
      rows: this.#rows,
      sectors: [...this.#sectors.values()],
      samples: this.#samples,
      fetches: this.program.fetches,
      touched: this.#touched,
      accesses: this.#accesses,
    };
  }

  /** Writes down what was counted since the last time. */
  #settle(): void {
    const { chip } = this.map;
    const { sheet } = this.mover;
    for (const { id, action, binding } of this.program.sites) {
      const hits = this.#hits[id] as number;
      if (hits === 0) continue;
      sheet.add(chip.sram.name, action, binding.tensor, hits, this.#bits[id] as number);
      sheet.kernelAccesses += hits;
      this.#accesses += hits;
      this.#touched.add(binding.tensor);
    }
    for (const { id, cycles, operations } of this.program.works) {
      const times = this.#works[id] as number;
      for (const each of cycles) sheet.add(chip.core.name, CYCLES, KERNELS, each * times);
      for (const { name, count } of operations) sheet.add(chip.core.name, name, OPERATIONS, count * times);
    }
    this.#hits.fill(0);
    this.#bits.fill(0);
    this.#works.fill(0);
  }

  #row({ binding, firstBit, endBit }: RowUse, row: number) {
    const { tensor, rows, dimensions, elementBits } = binding;
    const number = row + (rows === undefined || rows === "sample" ? 0 : rows.first);
    const rowBits = (dimensions[1] ?? 1) * elementBits;
    this.map.checkRow(tensor, number, rowBits, this.#complain);
    const isFirst = binding.firstBit + row * rowBits === firstBit;
    if (isFirst) this.map.checkTile(tensor, number, (endBit - firstBit) / rowBits, this.#complain);
    const region = this.map.region(tensor);
    return { tensor, region, range: region?.rows.get(number) };
  }

  /** A buffer for each loop and tensor, so that loops do not meet in one. */
  #bufferOf(use: RowUse, region: OffChipRegion): SectorBuffer {
    const key = bufferKey(use);
    const known = this.#buffers.get(key);
    if (known !== undefined) return known;
    const sheetOf = (sector: number, row: number): Sheet => {
      if (!use.updatedRows) return this.mover.sheet;
      const share = this.#sectors.get(`${key} ${sector}`) ?? {
        rows: new Set<number>(),
        sheet: new Sheet(this.mover.base),
      };
      this.#sectors.set(`${key} ${sector}`, share);
      share.rows.add(row);
      return share.sheet;
    };
    const buffer = new SectorBuffer(this.mover, region, sheetOf, this.map.bytesOnChip("sectorBuffer"));
    this.#buffers.set(key, buffer);
    return buffer;
  }

  #outside({ binding, action }: Site, bit: number, bits: number): void {
    const limit = this.map.addressableBits(binding.tensor);
    const { tensor } = binding;
    const message = `a ${action} of bits ${bit} to ${bit + bits} leaves ${tensor}, which has ${limit} bits`;
    this.#complainOnce(tensor, message);
  }

  #outsideRows({ id, binding, action, rows }: Site, bit: number): void {
    // On chip a run of accesses may go on into the next row.
    if (this.#regions[id] === undefined || rows === undefined) return;
    const { tensor } = binding;
    const inBuffer = `bits ${rows.firstBit} to ${rows.endBit}`;
    this.#complainOnce(
      tensor,
      `a ${action} of bit ${bit} of ${tensor} is outside its rows in reach, ${inBuffer}`,
    );
  }

  readonly #complained = new Set<string>();

  /** One access outside a tensor is enough to know. */
  #complainOnce(tensor: string, message: string): void {
    if (this.#complained.has(tensor)) return;
    this.#complained.add(tensor);
    this.#complain({ component: this.map.chip.sram.name, tensor, message });
  }
}

const bufferKey = ({ loop, binding }: RowUse): string => `${loop} ${binding.tensor}`;
