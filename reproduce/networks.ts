/** What is trained, what the paper says about it, and what the training has to reach. The paper: arXiv 1709.05306. */
import type { Workload } from "../src/rbnn/workload.js";

/** A bound on the mean test error over the seeds of a network. */
export interface Target {
  readonly mostPercent: number;
  /** Standard errors of the mean that are taken off it before it is compared. */
  readonly allowedStandardErrors: 0 | 2;
}

/** How a network's weights are stored: recycled over the iterations, or as a conventional binary-weight network. */
export type Method = "rbnn" | "bnn";

/** A point of the storage-error trade-off (the paper's Figure 4); every one has one hidden layer. */
export interface GridPoint {
  readonly method: Method;
  /** Hidden units of one column. */
  readonly units: number;
  readonly weightBits: number;
}

/** What a variation of a workload changes; parts are replaced as a whole, except the course of the training. */
export interface WorkloadChange {
  readonly network?: Workload["network"];
  readonly storage?: Workload["storage"];
  readonly training?: Partial<Workload["training"]>;
  readonly numerics?: NonNullable<Workload["numerics"]>;
}

/** Where the workload of a network comes from. */
export type Source =
  | { readonly file: string; readonly change?: WorkloadChange }
  | { readonly point: GridPoint };

/** A network that is trained over several seeds. */
export interface Network {
  /** As `--only` takes it. */
  readonly name: string;
  readonly title: string;
  readonly source: Source;
  /** Seeds 1 to this number; the paper averages 20 runs. */
  readonly seeds: number;
  /** Mean of 20 runs, in percent; absent where the paper has none. */
  readonly publishedPercent?: number;
  readonly target?: Target;
}

const NAMED_SEEDS = 8;
const BATCH_1_SEEDS = 3;
const GRID_SEEDS = 3;
const VARIATION_SEEDS = 3;

const workloadFile = (name: string): { readonly file: string } => ({
  file: `configs/workloads/paper-${name}.yaml`,
});

/** A network of Table 2: published is what it has to reach, chance aside. */
function tabulated(name: string, publishedPercent: number): Network {
  return {
    name,
    title: name.toUpperCase(),
    source: workloadFile(name),
    seeds: NAMED_SEEDS,
    publishedPercent,
    target: { mostPercent: publishedPercent, allowedStandardErrors: 2 },
  };
}

/** A network of Table 2 as a chip without gradient buffer learns it, to compare the costs of both methods at batch 1. */
function atBatch1(name: string): Network {
  return {
    name: `${name}-batch1`,
    title: `${name.toUpperCase()} at batch 1`,
    source: workloadFile(`${name}-batch1`),
    seeds: BATCH_1_SEEDS,
  };
}

/** The networks with a name in the paper, and some of them as a chip without gradient buffer learns them. */
export const NAMED_NETWORKS: readonly Network[] = [
  tabulated("r1", 2.56),
  tabulated("r2", 2.65),
  tabulated("r3", 2.76),
  tabulated("b1", 2.61),
  tabulated("b2", 2.8),
  tabulated("b3", 3.6),
  {
    name: "fig3",
    title: "fig3",
    source: workloadFile("fig3"),
    seeds: NAMED_SEEDS,
    publishedPercent: 2.17,
    target: { mostPercent: 2.55, allowedStandardErrors: 0 },
  },
  {
    ...atBatch1("r3"),
    seeds: NAMED_SEEDS,
    target: { mostPercent: 3, allowedStandardErrors: 0 },
  },
  atBatch1("r1"),
  atBatch1("b1"),
  atBatch1("b2"),
];

export const GRID_UNITS = [100, 200, 400, 800] as const;
export const GRID_WEIGHT_BITS = [6, 8, 12, 16] as const;
const GRID_METHODS: readonly Method[] = ["rbnn", "bnn"];

/** The name of a grid point's network. */
export const gridName = ({ method, units, weightBits }: GridPoint): string =>
  `${method}-${units}x${weightBits}`;

/** The storage-error trade-off; the largest networks first, so that all processes are busy to the end. */
export const GRID_POINTS: readonly GridPoint[] = GRID_UNITS.toReversed().flatMap((units) =>
  GRID_METHODS.flatMap((method) => GRID_WEIGHT_BITS.map((weightBits) => ({ method, units, weightBits }))),
);

export const GRID_NETWORKS: readonly Network[] = GRID_POINTS.map((point) => ({
  name: gridName(point),
  title: `${point.method.toUpperCase()} ${point.units} x ${point.weightBits} bit`,
  source: { point },
  seeds: GRID_SEEDS,
}));

/** The network of two hidden layers with one thing changed, to tell what stands between it and its published error. */
export const FIG3_VARIATIONS: readonly Network[] = [
  variation("fig3-nearest", "fig3, updates rounded to nearest (the default for so few bits)", {
    numerics: { outputShift: 4, narrowing: "nearest" },
  }),
  variation("fig3-16bit", "fig3, 16 bits a weight, truncated updates", {
    storage: { weightBits: 16, iterations: 4 },
    numerics: { outputShift: 4, narrowing: "truncate" },
  }),
];

function variation(name: string, title: string, change: WorkloadChange): Network {
  return { name, title, source: { ...workloadFile("fig3"), change }, seeds: VARIATION_SEEDS };
}

/** Everything that `npm run reproduce` trains. */
export const NETWORKS: readonly Network[] = [...NAMED_NETWORKS, ...FIG3_VARIATIONS, ...GRID_NETWORKS];
