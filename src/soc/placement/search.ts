import type { TensorSpec } from "../../firmware/tensors.js";
import type { OffChipMemory } from "../components/off-chip-memory.js";
import type { Spilled } from "./buffers.js";
import { chooseRows } from "./choose-rows.js";
import { fixedContents, keptContents } from "./contents.js";
import { aligned, blockBytesOf, type Item, liveByPhase, spanOf, sum } from "./items.js";
import { type Offsets, placeOffsets } from "./offsets.js";
import { leastCost } from "./row-bounds.js";
import type { RowProblem } from "./row-problem.js";
import { type Selection, selectionsOf } from "./selection.js";
import type { Situation } from "./situation.js";
import { partUnitBytes, type SpillTable, sampleCost, spillTable } from "./spill-cost.js";
import { groupsOf, type RowGroup, rowBufferBytes } from "./uses.js";

/** A choice of places: rows by group, memories by tensor, addresses. */
export interface Choice {
  readonly selection: Selection;
  /** Spilled rows of each group, the last ones, of all tensors that spill. */
  readonly spilledRows: ReadonlyMap<RowGroup, number>;
  readonly items: readonly Item[];
  readonly offsets: Offsets;
  readonly cost: number;
}

export interface SearchResult {
  /** Undefined if nothing fits. */
  readonly best: Choice | undefined;
  /** No placement costs less. */
  readonly lowerBound: number;
  readonly isOptimal: boolean;
}

/** Choices of memories and row buffers, and numbers of rows in each, that are tried; a training takes some hundreds of either. */
const MOST_SELECTIONS = 5000;
const MOST_STEPS = 50_000;

/** Searches the cheapest placement over all selections of memories and buffers, and over the rows in each. */
export class PlacementSearch {
  readonly groups: ReadonlyMap<string, readonly RowGroup[]>;
  readonly #blockBytes: number;
  readonly #capacityBytes: number;
  /** False with so many different rows that not every size of the row buffers is tried. */
  readonly #isThorough: boolean;
  readonly #tables = new Map<RowGroup, Map<OffChipMemory, SpillTable>>();

  constructor(readonly situation: Situation) {
    const { chip, tensors, uses } = situation;
    this.#blockBytes = blockBytesOf(chip);
    this.#capacityBytes = Math.floor(chip.sram.capacityBytes / this.#blockBytes) * this.#blockBytes;
    const rows = tensors.filter(({ where }) => where === "rows");
    this.groups = new Map(rows.map((spec) => [spec.name, groupsOf(spec, uses.rows)]));
    const memories = situation.rooms.size;
    const selections = rows.map(({ name }) => 1 + memories * this.#distinctSizes(name).length);
    this.#isThorough = selections.reduce((product, ways) => product * ways, 1) <= MOST_SELECTIONS;
  }

  /** Whether anything fits, which takes less to find out than what costs least. */
  fits(): boolean {
    return this.#openSelections().some(({ selection, problem }) => {
      const { choices } = chooseRows(problem, Number.POSITIVE_INFINITY, MOST_STEPS);
      return choices.some(({ spilled, cost }) => {
        const { offsets } = this.choiceOf(selection, problem.groups, spilled, cost);
        return offsets.peakBytes <= this.#capacityBytes;
      });
    });
  }

  run(): SearchResult {
    let best: Choice | undefined;
    /** The least bound of what was not decided exactly. */
    let undecided = this.#isThorough ? Number.POSITIVE_INFINITY : 0;
    for (const { selection, fixed, problem, bound } of this.#openSelections()) {
      if (best !== undefined && bound >= best.cost) continue;
      const limit = best === undefined ? Number.POSITIVE_INFINITY : best.cost - fixed;
      const { choices, isExact } = chooseRows(problem, limit, MOST_STEPS);
      if (!isExact) undecided = Math.min(undecided, bound);
      for (const { spilled, cost } of choices) {
        if (best !== undefined && fixed + cost >= best.cost) break;
        const choice = this.choiceOf(selection, problem.groups, spilled, fixed + cost);
        // What lives at once fits, but no addresses were found: it takes more room than that.
        if (choice.offsets.peakBytes > this.#capacityBytes) undecided = Math.min(undecided, bound);
        else best = choice;
      }
    }
    const cost = best?.cost ?? Number.POSITIVE_INFINITY;
    const lowerBound = Math.min(cost, undecided);
    return { best, lowerBound, isOptimal: lowerBound === cost };
  }

  /** Selections that may lead to a placement, those with the least bound first. */
  #openSelections(): {
    readonly selection: Selection;
    readonly problem: RowProblem;
    readonly fixed: number;
    readonly bound: number;
  }[] {
    return this.selections()
      .flatMap((selection) => {
        const problem = this.#problemOf(selection);
        if (problem === undefined) return [];
        const fixed = this.#wholeCost(selection);
        return [{ selection, problem, fixed, bound: fixed + leastCost(problem) }];
      })
      .filter(({ bound }) => bound < Number.POSITIVE_INFINITY)
      .toSorted((a, b) => a.bound - b.bound);
  }

  /** What may lie off chip, and where. */
  selections(): Selection[] {
    const { tensors, rooms } = this.situation;
    return selectionsOf(tensors, [...rooms.keys()], (spec) => this.#sizesOf(spec));
  }

  /** All that lies on chip when so many of the last rows of each group do not. */
  choiceOf(
    selection: Selection,
    tables: readonly SpillTable[],
    spilled: readonly number[],
    cost: number,
  ): Choice {
    const spilledRows = new Map(tables.map(({ group }, index) => [group, spilled[index] as number]));
    const used = selection.spilled.flatMap((way): Spilled[] => {
      const groups = (this.groups.get(way.spec.name) ?? []).filter(
        (group) => (spilledRows.get(group) ?? 0) > 0,
      );
      if (groups.length === 0) return [];
      return [{ ...way, rowBytes: Math.max(...groups.map((group) => this.#rowBytes(group))) }];
    });
    const narrowed = { ...selection, spilled: used };
    const items = [
      ...fixedContents(narrowed, this.situation),
      ...used.flatMap(({ spec }) => this.#kept(spec, spilledRows)),
    ];
    return {
      selection: narrowed,
      spilledRows,
      items,
      offsets: placeOffsets(items, this.#blockBytes),
      cost,
    };
  }

  #kept(spec: TensorSpec, spilledRows: ReadonlyMap<RowGroup, number>): Item[] {
    const groups = this.groups.get(spec.name) ?? [];
    return keptContents(spec, groups, spilledRows, this.situation.chip.sram.widthBits);
  }

  /** The cost of rows of each group that a selection may spill. */
  tablesOf({ spilled }: Selection): SpillTable[] {
    return spilled.flatMap(({ spec, memory, rowBytes }) =>
      (this.groups.get(spec.name) ?? [])
        .filter((group) => this.#rowBytes(group) <= rowBytes)
        .map((group) => this.#table(group, memory)),
    );
  }

  /** The rows to choose in a selection; undefined if a tensor that lies off chip as a whole has no room in its memory. */
  #problemOf(selection: Selection): RowProblem | undefined {
    const { chip, rooms } = this.situation;
    const tables = this.tablesOf(selection);
    const items = [
      ...fixedContents(selection, this.situation),
      ...selection.spilled.flatMap(({ spec }) => this.#kept(spec, new Map())),
    ];
    const specOf = new Map(selection.spilled.map(({ spec }) => [spec.name, spec]));
    const needs = new Map<string, { bytes: number; by: boolean[] }>();
    for (const [phase, live] of liveByPhase(items, this.#blockBytes).entries()) {
      const bytes = live - this.#capacityBytes;
      if (bytes <= 0) continue;
      const by = tables.map(({ group }) => {
        const [from, to] = spanOf(specOf.get(group.tensor) as TensorSpec);
        return from <= phase && phase <= to;
      });
      const before = needs.get(by.join());
      if (before === undefined || before.bytes < bytes) needs.set(by.join(), { bytes, by });
    }
    const limits: { bytes: number; by: boolean[] }[] = [];
    for (const [memory, capacity] of rooms) {
      const unit = partUnitBytes(memory, chip.sram.widthBits);
      const whole = selection.whole.filter((entry) => entry.memory === memory);
      const bytes =
        capacity - sum(whole.map(({ spec, rowBytes }) => aligned(rowBytes * (spec.rowCount ?? 1), unit)));
      if (bytes < 0) return undefined;
      const by = tables.map((table) => table.memory === memory);
      const most = sum(tables.filter((_, index) => by[index]).map(({ taken }) => taken.at(-1) ?? 0));
      if (most > bytes) limits.push({ bytes, by });
    }
    return { groups: tables, needs: [...needs.values()], rooms: limits };
  }

  #wholeCost({ whole }: Selection): number {
    const { uses, prices } = this.situation;
    return sum(
      whole.map(({ spec, memory }) => {
        const own = uses.samples.filter(({ tensor }) => tensor === spec.name);
        const reads = sum(own.map((use) => use.reads));
        const writes = sum(own.map((use) => use.writes));
        return sampleCost(spec, reads, writes, memory, prices);
      }),
    );
  }

  #table(group: RowGroup, memory: OffChipMemory): SpillTable {
    const { chip, prices } = this.situation;
    const byMemory = this.#tables.get(group) ?? new Map<OffChipMemory, SpillTable>();
    this.#tables.set(group, byMemory);
    const known = byMemory.get(memory);
    if (known !== undefined) return known;
    const { widthBits } = chip.sram;
    const table = spillTable(group, memory, prices, { widthBits, blockBytes: this.#blockBytes });
    byMemory.set(memory, table);
    return table;
  }

  /** Sizes of a row buffer that a tensor may need: of all its rows, or also of smaller ones only. */
  #sizesOf({ name }: TensorSpec): number[] {
    const sizes = this.#distinctSizes(name);
    return this.#isThorough ? sizes : [Math.max(...sizes)];
  }

  #distinctSizes(tensor: string): number[] {
    return [...new Set((this.groups.get(tensor) ?? []).map((group) => this.#rowBytes(group)))];
  }

  #rowBytes(group: RowGroup): number {
    return rowBufferBytes(group, this.situation.chip.sram.widthBits);
  }
}
