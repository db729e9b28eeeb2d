import { takeTasks } from "../kernels/batch-tasks.js";
import { type CrewArrays, takeCrewArrays } from "../kernels/crew.js";
import type { KernelMemory } from "../kernels/kernels.js";
import { STEP_FIELDS } from "../kernels/wasm-kernels.js";
import { type LayerArrays, takeLayerArrays } from "./column-arrays.js";
import { listDigits, onesLength } from "./digit-lists.js";
import type { EngineTask } from "./engine.js";
import type { Layer } from "./layers.js";
import { forParts, type PartName } from "./parts.js";
import { type SampleArrays, takeSampleArrays } from "./sample-arrays.js";
import { countEntries, type SampleLists, takeSampleLists } from "./sample-lists.js";

/** Samples evaluated at once, if batches are not larger: few enough for their activations to stay in the cache. */
export const EVALUATED_AT_ONCE = 128;

/** A part of the data in the kernels' memory. */
export interface PartArrays extends SampleLists {
  readonly labels: Uint8Array;
  /** `[samples][classes]` */
  readonly frozenLogits: Int32Array;
}

/** Every array of an engine that is written in WebAssembly. */
export interface WasmArrays {
  readonly parts: Readonly<Record<PartName, PartArrays>>;
  /** Lists of every input once; see digit-lists.ts. */
  readonly everyInput: Uint16Array;
  readonly order: Uint32Array;
  readonly layers: readonly LayerArrays[];
  /** Samples that fit the arrays of `layers`. */
  readonly samplesAtOnce: number;
  readonly expCoarse: Uint32Array;
  readonly expFine: Uint32Array;
  /** Errors, then samples without deltas in layer 1, 2, ... */
  readonly counters: Int32Array;
  readonly crew: CrewArrays;
  readonly tasks: readonly Uint32Array[];
  /** Only for batches of 1, which are learned sample by sample. */
  readonly single?: {
    readonly arrays: SampleArrays;
    /** `[samples][inputs]` */
    readonly values: Int8Array;
    readonly step: Uint32Array;
  };
}

/** How to take them; what takes long is done once, here. */
export function planWasmArrays(
  { layers, parts, batch }: EngineTask,
  threads: number,
): (memory: KernelMemory) => WasmArrays {
  const entries = forParts((name) => countEntries(parts[name].pixels, parts.table));
  const { inputs } = layers[0] as Layer;
  const listed = forParts((name) => listDigits(parts[name].pixels, parts.table, inputs));
  const classes = (layers.at(-1) as Layer).outputs;
  const samplesAtOnce = Math.max(batch, EVALUATED_AT_ONCE);
  return (memory) => {
    const taken = layers.map((layer) =>
      takeLayerArrays(memory, layer, samplesAtOnce, batch === 1 ? 0 : batch),
    );
    const arrays: WasmArrays = {
      parts: forParts((name) => {
        const samples = parts[name].labels.length;
        return {
          ...takeSampleLists(memory, samples, entries[name], listed[name]),
          labels: memory.uint8(samples),
          frozenLogits: memory.int32(samples * classes),
        };
      }),
      everyInput: memory.uint16(onesLength(inputs)),
      order: memory.uint32(parts.train.labels.length),
      layers: taken,
      samplesAtOnce,
      expCoarse: memory.uint32(64),
      expFine: memory.uint32(64),
      counters: memory.int32(1 + layers.length),
      crew: takeCrewArrays(memory, threads, Math.max(...taken.map(({ stride }) => stride))),
      // At most five structures a layer, and four others.
      tasks: takeTasks(memory, 5 * layers.length + 4),
    };
    if (batch > 1) return arrays;
    return {
      ...arrays,
      single: {
        arrays: takeSampleArrays(memory, layers, 1),
        values: memory.int8(parts.train.pixels.length),
        step: memory.uint32(STEP_FIELDS),
      },
    };
  };
}
