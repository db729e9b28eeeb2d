import type { Dataset } from "../src/data/dataset.js";
import type { Layer } from "../src/rbnn/layers.js";
import { batchKernels } from "./batch-kernels.js";
import { kernelCase, type LayerKernels } from "./kernel-case.js";
import { type Effort, measureInRounds, type Turn } from "./rounds.js";
import { sampleKernels } from "./sample-kernels.js";
import { ratioSpread, type Spread, spreadOf } from "./statistics.js";

/** Speeds of one kernel on one layer, in 10^9 weight operations (a weight and a sample) a second. */
export interface KernelResult {
  readonly kernel: string;
  readonly layer: string;
  readonly batch: number;
  readonly plain: Spread;
  readonly fast: Spread;
  readonly ratio: Spread;
}

/** Networks and their layers that are measured, by index. */
const NETWORKS = [
  { hidden: [100], layers: [1, 2] },
  { hidden: [800], layers: [1, 2] },
  { hidden: [200, 200], layers: [2] },
] as const;
const BATCHES = [1, 100, 1000] as const;
const KERNEL_NAMES = ["forward", "backward", "update"] as const;

type KernelName = (typeof KERNEL_NAMES)[number];

/** Measures the reference against the fast kernels, layer by layer; `isSelected` decides by name. */
export async function measureKernels(
  dataset: Dataset,
  effort: Effort,
  isSelected: (name: string) => boolean,
): Promise<KernelResult[]> {
  const results: KernelResult[] = [];
  for (const network of NETWORKS) {
    for (const batch of BATCHES) {
      const example = kernelCase(dataset, network.hidden, batch);
      const chosen = example.task.layers
        .filter(({ index }) => network.layers.some((measured) => measured === index))
        .flatMap((layer) => KERNEL_NAMES.map((kernel) => ({ layer, kernel, name: nameOf(layer) })))
        .filter(({ layer, kernel }) => kernel !== "backward" || layer.index > 1)
        .filter(({ name, kernel }) => isSelected(`${kernel}, ${name}, batch ${batch}`));
      if (chosen.length === 0) continue;
      const plain = sampleKernels("plain", example);
      const fast = batch === 1 ? sampleKernels("wasm", example) : batchKernels(example);
      for (const { layer, kernel, name } of chosen) {
        const turns = [
          turnOf("plain", plain, kernel, layer, batch),
          turnOf("fast", fast, kernel, layer, batch),
        ];
        const speeds = await measureInRounds(turns, effort);
        const [plainSpeeds = [], fastSpeeds = []] = [...speeds.values()];
        results.push({
          kernel,
          layer: name,
          batch,
          plain: spreadOf(plainSpeeds),
          fast: spreadOf(fastSpeeds),
          ratio: ratioSpread(fastSpeeds, [plainSpeeds]),
        });
      }
    }
  }
  return results;
}

const nameOf = ({ inputs, outputs }: Layer): string => `${inputs} x ${outputs}`;

function turnOf(name: string, kernels: LayerKernels, kernel: KernelName, layer: Layer, batch: number): Turn {
  const operations = layer.inputs * layer.outputs * batch;
  kernels[kernel](layer);
  return {
    name,
    measure: async (seconds) => {
      const begin = performance.now();
      for (let runs = 1; ; runs++) {
        kernels[kernel](layer);
        const elapsed = (performance.now() - begin) / 1000;
        if (elapsed >= seconds) return (runs * operations) / elapsed / 1e9;
      }
    },
  };
}
