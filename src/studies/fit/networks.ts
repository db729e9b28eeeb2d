import type { Experiment } from "../../experiment/load.js";
import { workloadProblems } from "../../rbnn/resolve-numerics.js";

export type GradientScheme = "perSample" | "accumulate" | "replay";

/** What is searched: every network of these, where the numbers go together. */
export interface NetworkGrid {
  /** Hidden layers, each by its units a column. */
  readonly hidden: readonly (readonly number[])[];
  readonly weightBits: readonly number[];
  readonly iterations: readonly number[];
  readonly gradients: readonly GradientScheme[];
}

/** Around the paper's networks: 100 to 400 units, 6 to 16 bits (arXiv 1709.05306, Figure 4). */
export const DEFAULT_GRID: NetworkGrid = {
  hidden: [[25], [50], [100], [200], [400], [800]],
  weightBits: [6, 8, 12, 16],
  iterations: [1, 2, 4, 7],
  gradients: ["perSample", "accumulate", "replay"],
};

/** A network of the grid, and the experiment that trains it. */
export interface NetworkChoice {
  readonly hidden: readonly number[];
  readonly weightBits: number;
  readonly iterations: number;
  readonly gradient: GradientScheme;
  readonly batch: number;
  /** What makes it of the base experiment, as `--set` takes it. */
  readonly settings: readonly string[];
  readonly experiment: Experiment;
}

/** The experiments of a grid on the chip of a base; per-sample gradients train at batch 1. */
export function networksOf(base: Experiment, grid: NetworkGrid): NetworkChoice[] {
  return grid.gradients.flatMap((gradient) =>
    grid.hidden.flatMap((hidden) =>
      grid.weightBits.flatMap((weightBits) =>
        grid.iterations.flatMap((iterations) => choose(base, { hidden, weightBits, iterations, gradient })),
      ),
    ),
  );
}

function choose(
  base: Experiment,
  choice: Pick<NetworkChoice, "hidden" | "weightBits" | "iterations" | "gradient">,
): NetworkChoice[] {
  const { hidden, weightBits, iterations, gradient } = choice;
  const { workload, shape, firmware } = base;
  // With batches of one there is nothing to accumulate.
  if (gradient === "accumulate" && workload.training.batch === 1) return [];
  const batch = gradient === "perSample" ? 1 : workload.training.batch;
  const changed = {
    ...workload,
    network: { ...workload.network, hidden },
    storage: { ...workload.storage, weightBits, iterations },
    training: { ...workload.training, batch },
  };
  if (workloadProblems(changed).length > 0) return [];
  return [
    {
      ...choice,
      batch,
      settings: [
        `workload.network.hidden=[${hidden.join(", ")}]`,
        `workload.storage.weightBits=${weightBits}`,
        `workload.storage.iterations=${iterations}`,
        `workload.training.batch=${batch}`,
        `firmware.options.gradient=${gradient}`,
      ],
      experiment: {
        ...base,
        workload: changed,
        shape: { ...shape, hidden },
        firmware: { ...firmware, options: { ...firmware.options, gradient } },
      },
    },
  ];
}
