import type { TensorSpec } from "../../../src/firmware/tensors.js";
import type { PlacementRequest } from "../../../src/soc/placement/request.js";
import type { Uses } from "../../../src/soc/placement/uses.js";

/** Loops that go over all rows of each tensor: one reads them so often, one writes them so often. */
export function loopsOver(tensors: readonly TensorSpec[], reads = 7, writes = 3): Uses {
  return {
    rows: tensors
      .filter(({ where }) => where === "rows")
      .flatMap(({ name: tensor, rowBits = [] }) => [
        {
          tensor,
          kernel: "forward",
          phase: "forward" as const,
          reads: true,
          writes: false,
          executions: reads,
          step: 1,
          firstRow: 0,
          visits: rowBits.map(() => reads),
        },
        {
          tensor,
          kernel: "update",
          phase: "update" as const,
          reads: true,
          writes: true,
          executions: writes,
          step: 1,
          firstRow: 0,
          visits: rowBits.map(() => writes),
        },
      ]),
    samples: tensors
      .filter(({ where, name }) => where === "offChip" && name !== "samples")
      .map(({ name: tensor }) => ({ tensor, phase: "load" as const, reads, writes: 0 })),
  };
}

export const requestOf = (
  tensors: readonly TensorSpec[],
  over: Partial<PlacementRequest> = {},
): PlacementRequest => ({
  tensors,
  codeBytes: 0,
  samplesIn: undefined,
  objective: "energy",
  isDoubleBuffered: false,
  uses: () => loopsOver(tensors),
  copyCycles: (bytes) => 8 * bytes,
  ...over,
});
