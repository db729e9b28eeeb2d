import type { Dataset } from "../src/data/dataset.js";
import { createKernels } from "../src/kernels/create-kernels.js";
import type { KernelKind, KernelMemory, Kernels, LayerUpdate } from "../src/kernels/kernels.js";
import { inputTable, meanPixel, normalise } from "../src/rbnn/normalise.js";
import { createRandom } from "../src/rbnn/random.js";
import { type Effort, measureInRounds, type Turn } from "./rounds.js";
import { ratioSpread, type Spread, spreadOf } from "./statistics.js";

/** A layer of the networks of the paper: `outputs` rows of `inputs` weights. */
export interface LayerShape {
  readonly inputs: number;
  readonly outputs: number;
}

/** Speeds of one kernel on one layer, in 10^9 weight operations (a weight and a sample) a second. */
export interface KernelResult {
  readonly kernel: string;
  readonly layer: string;
  readonly batch: number;
  readonly plain: Spread;
  readonly fast: Spread;
  readonly ratio: Spread;
}

const SHAPES: readonly LayerShape[] = [
  { inputs: 784, outputs: 100 },
  { inputs: 784, outputs: 800 },
  { inputs: 200, outputs: 200 },
  { inputs: 800, outputs: 10 },
  { inputs: 100, outputs: 10 },
];
const BATCHES = [1, 100, 1000] as const;
const PLASTIC = { weightBits: 12, fieldBits: 12, stepBits: 8 } as const;
const MAX_DELTA = 20;

/** Everything that kernels of one layer and batch work on. */
function takeArrays(memory: KernelMemory, { inputs, outputs }: LayerShape, batch: number) {
  const weights = inputs * outputs;
  return {
    cells: memory.uint8(Math.ceil((weights * PLASTIC.weightBits) / 8)),
    weights: memory.int16(weights),
    frozen: memory.uint16(weights),
    gradient: memory.int32(weights),
    touched: memory.uint8(outputs),
    words: memory.uint32(outputs),
    inputs: memory.int8(batch * inputs),
    z: memory.int32(outputs),
    sums: memory.int32(inputs),
    deltas: Array.from({ length: batch }, () => memory.int8(outputs)),
  };
}

type Arrays = ReturnType<typeof takeArrays>;

/** One batch through a kernel. */
type KernelRun = (kernels: Kernels, arrays: Arrays, shape: LayerShape, batch: number) => void;

const KERNEL_RUNS: Readonly<Record<string, KernelRun>> = {
  forward: (kernels, { weights, inputs, z }, shape, batch) => {
    for (let sample = 0; sample < batch; sample++) {
      kernels.signedDots(weights, 0, shape.outputs, inputs, sample * shape.inputs, shape.inputs, z);
    }
  },
  backward: (kernels, { weights, sums, deltas }, shape) => {
    for (const delta of deltas) kernels.projectDeltas(sums, weights, 0, shape.outputs, shape.inputs, delta);
  },
  "gradient and update": (kernels, arrays, shape, batch) => {
    const { gradient, touched, inputs, deltas } = arrays;
    const update = layerUpdate(arrays, shape, batch);
    if (batch === 1) {
      kernels.learnSample(update, gradient, inputs, 0, deltas[0] as Int8Array);
      return;
    }
    touched.fill(0);
    for (const [sample, delta] of deltas.entries()) {
      const offset = sample * shape.inputs;
      kernels.addGradient(gradient, 0, touched, shape.outputs, inputs, offset, shape.inputs, delta);
    }
    kernels.applyGradient(update, gradient, touched);
  },
};

function layerUpdate(arrays: Arrays, { inputs, outputs }: LayerShape, batch: number): LayerUpdate {
  const narrowing = batch === 1 ? "dither" : "truncate";
  return { ...arrays, ...PLASTIC, firstCell: 0, rows: outputs, length: inputs, narrowing };
}

/** Inputs of MNIST where a layer has as many, else random ones; random weights, deltas and dither. */
function fill(arrays: Arrays, shape: LayerShape, dataset: Dataset): void {
  const { chip } = createRandom(1);
  const upTo = (limit: number) => (chip.next() % (2 * limit + 1)) - limit;
  if (shape.inputs === dataset.inputs) {
    const pixels = dataset.trainImages.subarray(0, arrays.inputs.length);
    normalise(pixels, inputTable(meanPixel(pixels)), arrays.inputs);
  } else {
    for (let i = 0; i < arrays.inputs.length; i++) arrays.inputs[i] = upTo(64);
  }
  for (let i = 0; i < arrays.weights.length; i++) arrays.weights[i] = upTo(2 ** (PLASTIC.fieldBits - 1) - 1);
  for (const deltas of arrays.deltas) for (let j = 0; j < deltas.length; j++) deltas[j] = upTo(MAX_DELTA);
  for (let j = 0; j < arrays.words.length; j++) arrays.words[j] = chip.next();
}

/** Measures the reference against the fast kernels, layer by layer; `selected` decides by name. */
export async function measureKernels(
  dataset: Dataset,
  effort: Effort,
  selected: (name: string) => boolean,
): Promise<KernelResult[]> {
  const results: KernelResult[] = [];
  for (const shape of SHAPES) {
    for (const batch of BATCHES) {
      const layer = `${shape.inputs} x ${shape.outputs}`;
      const names = Object.keys(KERNEL_RUNS).filter((name) => selected(`${name}, ${layer}, batch ${batch}`));
      for (const kernel of names) {
        const turns = (["plain", "wasm"] as const).map((kind) => turnOf(kind, kernel, shape, batch, dataset));
        const speeds = await measureInRounds(turns, effort);
        const [plain, fast] = ["plain", "wasm"].map((kind) => speeds.get(kind) as number[]) as [
          number[],
          number[],
        ];
        results.push({
          kernel,
          layer,
          batch,
          plain: spreadOf(plain),
          fast: spreadOf(fast),
          ratio: ratioSpread(fast, [plain]),
        });
      }
    }
  }
  return results;
}

function turnOf(kind: KernelKind, kernel: string, shape: LayerShape, batch: number, dataset: Dataset): Turn {
  const run = KERNEL_RUNS[kernel] as KernelRun;
  const { kernels, arrays } = createKernels(kind, (memory) => takeArrays(memory, shape, batch));
  fill(arrays, shape, dataset);
  run(kernels, arrays, shape, batch);
  const operations = shape.inputs * shape.outputs * batch;
  return {
    name: kind,
    measure: async (seconds) => {
      const begin = performance.now();
      for (let runs = 1; ; runs++) {
        run(kernels, arrays, shape, batch);
        const elapsed = (performance.now() - begin) / 1000;
        if (elapsed >= seconds) return (runs * operations) / elapsed / 1e9;
      }
    },
  };
}
