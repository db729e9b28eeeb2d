import { loadDocument } from "../src/config/load.js";
import { nodeFiles } from "../src/data/node-files.js";
import { sha256OfJson } from "../src/experiment/digest.js";
import { resolveNumerics } from "../src/rbnn/resolve-numerics.js";
import { networkShape, type Workload } from "../src/rbnn/workload.js";
import { WORKLOAD_KIND, workloadSchema } from "../src/rbnn/workload-schema.js";
import { gridWorkload } from "./grid-workload.js";
import { isPriced } from "./hardware/pairs.js";
import { NETWORKS, type Network } from "./networks.js";
import { numericsFingerprint } from "./numerics-fingerprint.js";

/** A smaller reproduction; what is absent is as planned. */
export interface Slice {
  readonly networks?: readonly Network[];
  readonly seeds?: number;
  readonly epochs?: number;
  /** At most this many samples in each of the three parts. */
  readonly samples?: number;
}

/** A network with its workload (of seed 1). */
export interface PlannedNetwork {
  readonly network: Network;
  readonly workload: Workload;
  readonly seeds: number;
}

/** One training; `key` names everything that its result depends on. */
export interface PlannedTraining {
  readonly network: string;
  readonly title: string;
  readonly seed: number;
  readonly workload: Workload;
  readonly key: string;
  /** Its activity is kept, since a chip is priced with it. */
  readonly keepsActivity: boolean;
}

/** The networks to train, with their workloads. @throws ConfigError if a workload file is not as it should be */
export function planOf(slice: Slice = {}): PlannedNetwork[] {
  return (slice.networks ?? NETWORKS).map((network) => ({
    network,
    workload: shrink(workloadOf(network), slice),
    seeds: slice.seeds ?? network.seeds,
  }));
}

function workloadOf({ source }: Network): Workload {
  if ("point" in source) return gridWorkload(source.point);
  const { value } = loadDocument(nodeFiles, source.file, { [WORKLOAD_KIND]: workloadSchema });
  return { ...value, ...source.change, training: { ...value.training, ...source.change?.training } };
}

function shrink(workload: Workload, { epochs, samples = Number.POSITIVE_INFINITY }: Slice): Workload {
  const { train, validation, test } = workload.data;
  const most = (count: number): number => Math.min(count, samples);
  return {
    ...workload,
    data: { train: most(train), validation: most(validation), test: most(test) },
    training: { ...workload.training, epochs: epochs ?? workload.training.epochs },
  };
}

/** All trainings, seed by seed, so that an early look at the results finds every network. */
export function trainingsOf(plan: readonly PlannedNetwork[]): PlannedTraining[] {
  const fingerprint = numericsFingerprint();
  const seeds = Math.max(...plan.map((planned) => planned.seeds));
  return Array.from({ length: seeds }, (_, index) => index + 1).flatMap((seed) =>
    plan
      .filter((planned) => seed <= planned.seeds)
      .map(({ network, workload }) => {
        const seeded = { ...workload, training: { ...workload.training, seed } };
        const { name: _, ...matters } = seeded;
        const numerics = resolveNumerics(seeded, networkShape(seeded));
        const key = sha256OfJson({ workload: matters, numerics, fingerprint });
        const keepsActivity = isPriced(network.name, seed);
        return { network: network.name, title: network.title, seed, workload: seeded, key, keepsActivity };
      }),
  );
}
