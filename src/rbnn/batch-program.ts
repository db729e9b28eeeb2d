import { type Task, TaskWriter } from "../kernels/batch-tasks.js";
import type { WasmInstance } from "../kernels/wasm-module.js";
import { bitMaskBlock, bitMaskBlocks, LANES, type LayerArrays, pairedUp } from "./column-arrays.js";
import type { EngineTask } from "./engine.js";
import { hiddenDeltaShift } from "./sample-pass.js";
import type { PartArrays, WasmArrays } from "./wasm-arrays.js";

/** A layer's share in learning a batch. */
interface LayerLearning {
  readonly arrays: LayerArrays;
  readonly sumDeltas: Task;
  readonly update: Task;
  /** `Step` of assembly/step.ts. */
  readonly step: Uint32Array;
}

/** The tasks that batches are learned and evaluated with, in the order of their layers. */
export interface BatchProgram {
  /** `Samples` of assembly/batch.ts: which samples the tasks are about. */
  readonly samples: Uint32Array;
  readonly forward: readonly Task[];
  readonly judge: Task;
  /** Counts the signs of the first layer, after each change of them. */
  readonly signCounts: Task;
  /** Output deltas, then hidden ones downwards. */
  readonly backward: readonly Task[];
  /** Empty if nothing is learned by batches. */
  readonly learning: readonly LayerLearning[];
}

/** Words of a {@link BatchProgram}'s `samples`, and of its judge. */
export const SAMPLES = { order: 6, first: 7, listStarts: 8 } as const;
export const JUDGE_KEEP = 6;

/** Points the tasks of a program at the samples of a part. */
export function chooseSamples(wasm: WasmInstance, { samples }: BatchProgram, part: PartArrays): void {
  const { starts, indices, differences, sums, labels, frozenLogits, listStarts, lists } = part;
  const fields = [starts, indices, differences, sums, labels, frozenLogits];
  samples.set(fields.map((field) => wasm.address(field)));
  samples.set([wasm.address(listStarts), wasm.address(lists)], SAMPLES.listStarts);
}

/** Writes the tasks; fields are in the order of the classes in kernels/assembly. */
export function writeBatchProgram(
  wasm: WasmInstance,
  arrays: WasmArrays,
  { layers, numerics, parts, batch }: EngineTask,
): BatchProgram {
  const writer = new TaskWriter(wasm, arrays.tasks);
  const { address } = wasm;
  const { counters } = arrays;
  const background = parts.table[0] as number;
  const samples = writer.structure(new Array<number>(10).fill(0));
  const first = arrays.layers[0] as LayerArrays;
  const output = arrays.layers.at(-1) as LayerArrays;
  const classes = output.layer.outputs;
  const maskBlock = bitMaskBlock(first.layer);
  const learned = batch === 1 ? [] : arrays.layers;

  const forward = arrays.layers.map((own, l) => {
    const { layer, masks, stride, unitStride, z, activations, offsets } = own;
    const shift = l === 0 ? numerics.inputShift : numerics.hiddenShift;
    if (l === 0) {
      const fields = [samples, masks, maskBlock, stride, layer.outputs, offsets, shift, z, activations];
      return writer.task("forwardInputs", batch, fields);
    }
    const below = arrays.layers[l - 1] as LayerArrays;
    return writer.task("forwardLayer", batch, [
      ...[samples, below.activations, masks, stride, layer.outputs, z, unitStride],
      ...[layer.isOutput ? 0 : activations, shift],
    ]);
  });

  const outputDeltas = () =>
    writer.task("outputDeltas", batch, [
      ...[samples, output.z, output.unitStride, classes, numerics.outputShift],
      ...[arrays.expCoarse, arrays.expFine, output.deltas, output.alive],
      ...[counters, address(counters, layers.length)],
    ]);
  const hiddenDeltas = (above: LayerArrays, l: number) => {
    const { layer, unitStride, activations, deltas, alive } = arrays.layers[l] as LayerArrays;
    const shift = hiddenDeltaShift(above.layer, numerics);
    return writer.task("hiddenDeltas", batch, [
      ...[above.deltas, above.unitStride, above.alive, above.masks, above.layer.outputs],
      ...[layer.outputs, unitStride, activations, deltas, shift, alive],
      address(counters, layer.index),
    ]);
  };

  const learning = learned.map((own): LayerLearning => {
    const { layer, rows, stride, unitStride, weights, masks, deltas, alive } = own;
    const { start, touched, entryEnds, entries, entryFactors } = own;
    const step = writer.structure([0, 0, 0, own.words]);
    const capacity = pairedUp(batch);
    const sumDeltas = writer.task("sumDeltas", unitStride / LANES, [
      ...[deltas, unitStride, batch, start, background, touched],
    ]);
    if (layer.index === 1) {
      const inputRows = writer.structure([step, deltas, alive, stride, start]);
      const update = writer.task("updateInputs", rows, [
        ...[samples, batch, inputRows, weights, masks, maskBlock, entries, entryEnds],
      ]);
      return { arrays: own, sumDeltas, update, step };
    }
    const below = arrays.layers[layer.index - 2] as LayerArrays;
    const update = writer.task("updateRows", rows, [
      ...[batch, deltas, unitStride, touched, below.activations, stride, weights, masks],
      ...[entries, entryFactors, capacity, step],
    ]);
    return { arrays: own, sumDeltas, update, step };
  });

  return {
    samples,
    forward,
    judge: writer.task("judge", batch, [samples, output.z, output.unitStride, classes, 0, counters]),
    signCounts: writer.task("signCounts", bitMaskBlocks(first.layer), [
      ...[first.masks, maskBlock, first.stride, first.offsets, 2 * background],
      ...[arrays.everyInput, address(arrays.everyInput, arrays.everyInput.length)],
    ]),
    backward:
      batch === 1
        ? []
        : [
            outputDeltas(),
            ...arrays.layers
              .slice(0, -1)
              .map((_, l) => hiddenDeltas(arrays.layers[l + 1] as LayerArrays, l))
              .reverse(),
          ],
    learning,
  };
}
