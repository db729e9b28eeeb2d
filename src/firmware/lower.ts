import { type Activity, type IterationActivity, updatingBatches } from "../rbnn/activity.js";
import type { Layer } from "../rbnn/layers.js";
import type { Bindings } from "./binding.js";
import { bindingsOf } from "./bindings.js";
import type { Executions } from "./context.js";
import { exact } from "./exact.js";
import type { Names } from "./expression.js";
import type { KernelName } from "./names.js";
import type { OptionValues } from "./nest.js";
import type { Phase } from "./phases.js";
import type { TrainingRun } from "./training-run.js";

/** A set of equal invocations of one kernel: same names and tensors, run `executions.times` times. */
export interface Invocation {
  readonly kernel: KernelName;
  readonly phase: Phase;
  readonly iteration: number;
  readonly executions: Executions;
  readonly names: Names;
  readonly bindings: Bindings;
  /** What the firmware's options come to here: an inference recomputes frozen columns. */
  readonly options: OptionValues;
}

/** Lowers a training run to kernel invocations, iteration by iteration, and one inference at the end. */
export function lower(run: TrainingRun, activity: Activity): Invocation[] {
  const last = activity.iterations.at(-1)?.iteration ?? 1;
  const invocations = activity.iterations.flatMap((iteration) => lowerIteration(run, iteration, last));
  return [...invocations, ...lowerInference(run, last)];
}

function lowerIteration(run: TrainingRun, activity: IterationActivity, last: number): Invocation[] {
  const { layers } = run;
  const { iteration, epochs } = activity;
  const batches = exact(epochs * run.batchesPerEpoch);
  const trained = exact(batches * run.batch);
  const validated = exact(epochs * run.validationSamples);
  const updating = updatingBatches(activity, batches, run.batch);
  const result: Invocation[] = [];
  const invoke = (
    kernel: KernelName,
    phase: Phase,
    times: number,
    layer?: Layer,
    rowTimes?: number[],
  ): void => {
    result.push(
      invocationOf(run, {
        kernel,
        phase,
        iteration,
        layer,
        executions: { times, ...(rowTimes && { rowTimes }) },
      }),
    );
  };

  for (const layer of layers) invoke("initialise", "recycle", 1, layer);
  invoke("load", "load", trained);
  for (const layer of layers) invoke("forward", "forward", trained, layer);
  invoke("loss", "loss", trained);
  for (const layer of layers.slice(1).toReversed()) {
    invoke("backward", "backward", trained - (activity.zeroDeltaSamples[layer.index - 2] ?? 0), layer);
  }
  for (const layer of layers) {
    if (run.gradient === "accumulate") invoke("accumulate", "backward", trained, layer);
    invoke("update", "update", updating, layer, activity.rowUpdates[layer.index - 1]);
  }
  invoke("load", "validate", validated);
  for (const layer of layers) invoke("forward", "validate", validated, layer);
  for (const layer of layers) invoke("snapshot", "snapshot", activity.snapshots, layer);
  for (const layer of layers) invoke("recycle", "recycle", 1, layer);
  // Logits are cached for the next column, if the recursion goes on.
  if (run.frozen === "cachedLogits" && iteration < last) {
    const samples = run.trainSamples + run.validationSamples;
    invoke("load", "recycle", samples);
    for (const layer of layers) invoke("forward", "recycle", samples, layer);
    invoke("cache", "recycle", samples);
  }
  return result;
}

function lowerInference(run: TrainingRun, iteration: number): Invocation[] {
  // The final network has no cached logits for a new sample: every column is computed.
  const recompute: TrainingRun = { ...run, frozen: "recompute" };
  const once = { phase: "infer", iteration, executions: { times: 1 } } as const;
  return [
    invocationOf(recompute, { ...once, kernel: "load", layer: undefined }),
    ...run.layers.map((layer) => invocationOf(recompute, { ...once, kernel: "forward", layer })),
  ];
}

/** Where in a training a kernel is invoked. */
export interface Place {
  readonly kernel: KernelName;
  readonly phase: Phase;
  readonly iteration: number;
  /** None for kernels of a whole sample. */
  readonly layer: Layer | undefined;
  readonly executions: Executions;
}

/** An invocation of a kernel, with what its nest's names and tensors stand for there. */
export function invocationOf(run: TrainingRun, place: Place): Invocation {
  const { kernel, phase, iteration, executions } = place;
  // Kernels of a whole sample see the layer that they touch: the first one's inputs, the last one's outputs.
  const layer = place.layer ?? wholeNetwork(run.layers);
  const fieldBits = run.cellBits - iteration + 1;
  const columns = run.frozen === "cachedLogits" ? 1 : iteration;
  const step = run.step(fieldBits, layer);
  const first = layer.index === 1;
  const names: Names = {
    inputs: layer.inputs,
    outputs: layer.outputs,
    columns,
    frozenColumns: iteration - 1,
    inputColumns: first ? 1 : columns,
    outputColumns: layer.isOutput ? 1 : columns,
    cellBits: run.cellBits,
    fieldBits,
    stepBits: step.bits,
    dithered: step.dithered ? 1 : 0,
    batch: run.batch,
    classes: run.layers.at(-1)?.outputs ?? 0,
    iteration,
    hiddenLayer: layer.isOutput ? 0 : 1,
    outputLayer: layer.isOutput ? 1 : 0,
    firstLayer: first ? 1 : 0,
    cached: run.frozen === "cachedLogits" && iteration > 1 ? 1 : 0,
    sample: 0,
  };
  return {
    kernel,
    phase,
    iteration,
    executions,
    names,
    bindings: bindingsOf(run, layer, names),
    options: { gradient: run.gradient, frozen: run.frozen },
  };
}

function wholeNetwork(layers: readonly Layer[]): Layer {
  const first = layers[0];
  const last = layers.at(-1);
  if (first === undefined || last === undefined) throw new RangeError("a network needs at least one layer");
  return { index: 1, inputs: first.inputs, outputs: last.outputs, firstCell: 0, isOutput: true };
}
