import type { TensorSpec } from "../../firmware/tensors.js";
import type { OffChipMemory } from "../components/off-chip-memory.js";
import type { Spilled } from "./buffers.js";

/** Which tensors lie off chip as a whole or by rows, and where. */
export interface Selection {
  /** Tensors of which rows may be spilled, none of them larger than `rowBytes`. */
  readonly spilled: readonly Spilled[];
  /** Tensors that lie off chip as a whole. */
  readonly whole: readonly Spilled[];
}

/**
 * Every memory for each tensor that lies off chip; nothing, or rows up to some size, of each that may be spilled.
 * @param sizesOf the sizes of a row buffer that are tried for a tensor, bytes
 */
export function selectionsOf(
  tensors: readonly TensorSpec[],
  memories: readonly OffChipMemory[],
  sizesOf: (spec: TensorSpec) => readonly number[],
): Selection[] {
  let result: Selection[] = [{ spilled: [], whole: [] }];
  for (const spec of tensors) {
    if (spec.where === "offChip") {
      const rowBytes = Math.ceil(spec.bits / (spec.rowCount ?? 1) / 8);
      result = memories.flatMap((memory) =>
        result.map((before) => ({ ...before, whole: [...before.whole, { spec, memory, rowBytes }] })),
      );
    }
    if (spec.where !== "rows") continue;
    const sizes = sizesOf(spec);
    const ways = memories.flatMap((memory) => sizes.map((rowBytes) => ({ spec, memory, rowBytes })));
    result = result.flatMap((before) => [
      before,
      ...ways.map((way) => ({ ...before, spilled: [...before.spilled, way] })),
    ]);
  }
  return result;
}
