import type { Layer } from "../rbnn/layers.js";
import { exact } from "./exact.js";
import type { Phase } from "./phases.js";

/** A tensor that needs an address for a part of the training. */
export interface TensorSpec {
  readonly name: string;
  readonly bits: number;
  /** First and last phase in which it lives. */
  readonly from: Phase;
  readonly to: Phase;
  /** `pinned`: on chip or the training cannot run; `rows`: whole rows may be spilled; `offChip`: off chip only. */
  readonly where: "pinned" | "rows" | "offChip";
  /** Bits of each row, for `rows`; all rows of an `offChip` tensor have the same size, `bits / rowCount`. */
  readonly rowBits?: readonly number[];
  readonly rowCount?: number;
}

/** What decides the tensors of a training. */
export interface TensorDemand {
  readonly layers: readonly Layer[];
  readonly cellBits: number;
  readonly iterations: number;
  readonly batch: number;
  readonly gradient: "perSample" | "accumulate" | "replay";
  readonly frozen: "recompute" | "cachedLogits";
  /** Samples that are kept in a memory (0 if a sensor streams them) or have cached logits: training and validation. */
  readonly samples: number;
  readonly samplesStored: boolean;
  readonly stackBytes: number;
  /** Tensors that the firmware's kernels name. */
  readonly named: ReadonlySet<string>;
}

/** The tensors of a training, those that must stay on chip first, then by falling traffic: the order of placement. */
export function tensorsOf(demand: TensorDemand): TensorSpec[] {
  const { layers, batch } = demand;
  const inputs = layers[0]?.inputs ?? 0;
  const classes = layers.at(-1)?.outputs ?? 0;
  const hiddenUnits = layers.slice(0, -1).reduce((sum, layer) => sum + layer.outputs, 0);
  const copies = demand.gradient === "replay" ? batch : 1;
  // Logits are cached by forward passes at the end of an iteration.
  const caches = demand.frozen === "cachedLogits" && demand.iterations > 1;
  const lastForward: Phase = caches ? "recycle" : "validate";
  const rows = (bitsPerWeight: number) => rowTensor(layers, bitsPerWeight);
  const pinned = (name: string, bits: number, from: Phase, to: Phase): TensorSpec => ({
    name,
    bits: exact(bits),
    from,
    to,
    where: "pinned",
  });
  const widestSum = Math.max(...summedLayers(layers, demand.gradient).map((layer) => layer.inputs));

  const tensors: TensorSpec[] = [
    pinned("stack", 8 * demand.stackBytes, "load", "recycle"),
    pinned("input", 8 * inputs * copies, "load", lastForward),
    pinned("label", 8, "load", lastForward),
    pinned("activations", 8 * hiddenUnits * (demand.iterations - 1 + copies), "forward", lastForward),
    pinned("logits", 32 * classes, "load", lastForward),
    // Replayed deltas wait for the update while the next samples of the batch are loaded.
    pinned("deltas", 8 * (hiddenUnits + classes) * copies, copies > 1 ? "load" : "loss", "update"),
    pinned("accumulator", 32 * widestSum, "backward", "update"),
  ];
  if (demand.named.has("sums")) tensors.push(pinned("sums", 32 * demand.iterations, "forward", lastForward));
  if (demand.gradient === "accumulate") {
    // Marks and sums of a batch outlive the loading of its next sample.
    if (demand.named.has("touched"))
      tensors.push(pinned("touched", 8 * (hiddenUnits + classes), "load", "update"));
    tensors.push({ name: "gradient", ...rows(32), from: "load", to: "update", where: "rows" });
  }
  tensors.push({ name: "weights", ...rows(demand.cellBits), from: "load", to: "recycle", where: "rows" });
  tensors.push({ name: "snapshot", ...rows(1), from: "load", to: "recycle", where: "rows" });
  if (caches) tensors.push(sampleTensor("cachedLogits", demand.samples, 32 * classes));
  if (demand.samplesStored) tensors.push(sampleTensor("samples", demand.samples, 8 * (inputs + 1)));
  return tensors;
}

/** Layers that use the accumulator: backward sums every layer but the first, a replayed gradient row every layer. */
export function summedLayers(layers: readonly Layer[], gradient: TensorDemand["gradient"]): readonly Layer[] {
  return gradient === "replay" ? layers : layers.slice(1);
}

function rowTensor(layers: readonly Layer[], bitsPerWeight: number): { bits: number; rowBits: number[] } {
  const rowBits = layers.flatMap((layer) =>
    new Array<number>(layer.outputs).fill(layer.inputs * bitsPerWeight),
  );
  return { bits: rowBits.reduce((sum, bits) => exact(sum + bits), 0), rowBits };
}

function sampleTensor(name: string, samples: number, bitsPerSample: number): TensorSpec {
  return {
    name,
    bits: exact(samples * bitsPerSample),
    rowCount: samples,
    from: "load",
    to: "recycle",
    where: "offChip",
  };
}
