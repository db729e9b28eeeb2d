import { PHASES, type Phase } from "../../firmware/phases.js";
import type { TensorSpec } from "../../firmware/tensors.js";
import type { OffChipMemory } from "../components/off-chip-memory.js";
import { type Item, sum } from "./items.js";
import type { RowUse, Uses } from "./uses.js";

/** A tensor of which something lies off chip, and what passes through the SRAM because of that. */
export interface Spilled {
  readonly spec: TensorSpec;
  readonly memory: OffChipMemory;
  /** Bytes of a buffer for its largest spilled row. */
  readonly rowBytes: number;
}

/**
 * Room on chip for what passes through: for each tensor the rows of its largest tile, twice with double buffering, since a loop
 * may visit rows of several tensors at a time; and a sector of each tensor that one kernel writes, in the kernel that takes most. They live from the
 * first to the last phase that uses them.
 */
export function buffersOf(spilled: readonly Spilled[], uses: Uses, isDouble: boolean): Item[] {
  const buffers = spilled.map(({ spec, memory, rowBytes }): Item => {
    const rows = uses.rows.filter(({ tensor, executions }) => tensor === spec.name && executions > 0);
    const samples = uses.samples.filter(({ tensor }) => tensor === spec.name);
    // Written in order: a page fills up while the next row comes.
    const page =
      samples.some(({ writes }) => writes > 0) && memory.rewrite === "sectors" ? memory.pageBytes : 0;
    const copies = isDouble && rows.length > 0 ? 2 : 1;
    const phases = [...rows, ...samples].map(({ phase }) => phase);
    return {
      tensor: `rowBuffer.${spec.name}`,
      bytes: copies * tileRowsOf(rows) * rowBytes + page,
      ...lifetime(phases, spec),
    };
  });
  const bySectors = new Map(
    spilled
      .filter(({ memory, spec }) => memory.rewrite === "sectors" && spec.where === "rows")
      .map(({ spec, memory }) => [spec.name, memory.sectorBytes]),
  );
  const writing = uses.rows.filter(
    ({ tensor, writes, executions }) => writes && executions > 0 && bySectors.has(tensor),
  );
  if (writing.length === 0) return buffers;
  const written = [...new Set(writing.map(({ kernel }) => kernel))].map((kernel) => {
    const tensors = new Set(writing.filter((use) => use.kernel === kernel).map(({ tensor }) => tensor));
    return sum([...tensors].map((tensor) => bySectors.get(tensor) ?? 0));
  });
  const most = Math.max(...written);
  const phases = writing.map(({ phase }) => phase);
  const [first] = spilled as [Spilled];
  return [...buffers, { tensor: "sectorBuffer", bytes: most, ...lifetime(phases, first.spec) }];
}

/** The most rows that any tile of some loops brings in; those of them that lie on chip are not left out. */
function tileRowsOf(loops: readonly RowUse[]): number {
  return Math.max(1, ...loops.map(({ step, visits }) => Math.min(step, visits.length)));
}

/** From the first to the last of some phases; the tensor's own where nothing uses it. An inference comes after all of them. */
function lifetime(phases: readonly Phase[], { from, to }: TensorSpec): { from: Phase; to: Phase } {
  const inTraining = phases.filter((phase) => phase !== "infer").map((phase) => PHASES.indexOf(phase));
  if (inTraining.length === 0) return { from, to };
  return {
    from: PHASES[Math.min(...inTraining)] as Phase,
    to: PHASES[Math.max(...inTraining)] as Phase,
  };
}
