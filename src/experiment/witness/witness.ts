import type { Dataset } from "../../data/dataset.js";
import type { CountContext } from "../../firmware/context.js";
import { type Invocation, invocationOf } from "../../firmware/lower.js";
import type { KernelName } from "../../firmware/names.js";
import type { StackAccesses } from "../../firmware/nest.js";
import type { Phase } from "../../firmware/phases.js";
import type { FirmwareModel } from "../../firmware/schema.js";
import type { TrainingRun } from "../../firmware/training-run.js";
import { CORE_WORD_BITS } from "../../firmware/words.js";
import type { Traffic } from "../../iss/memory.js";
import type { Program, ProgramCall } from "../../iss/program.js";
import { type Layer, weightsOf } from "../../rbnn/layers.js";
import { networkShape, type Workload } from "../../rbnn/workload.js";
import { trainingRunOf } from "../training-run-of.js";
import { type Firmware, trainOnFirmware } from "./firmware-driver.js";
import { SimulatedFirmware } from "./simulated-firmware.js";

/** A call of a kernel on a simulated core, and the invocation of the loop nest that it is. */
export interface WitnessedCall {
  readonly invocation: Invocation;
  readonly cost: ProgramCall;
}

/** What the nest of an invocation is counted under: as the firmware accesses memory, by words of the core. */
export function witnessContext(
  { names, bindings, options }: Invocation,
  model: FirmwareModel,
  isa: string,
): CountContext {
  const { gradient = "perSample" } = options;
  const all = { ...model.options, gradient, ...options };
  return { names, bindings, options: all, isa, portBits: CORE_WORD_BITS };
}

/** Kernels that the firmware has a function for, each with the phase in which a training calls it. */
const PHASE_OF: Partial<Record<KernelName, Phase>> = {
  initialise: "recycle",
  load: "load",
  forward: "forward",
  loss: "loss",
  backward: "backward",
  accumulate: "backward",
  update: "update",
  snapshot: "snapshot",
  recycle: "recycle",
};

/** A call as the fit of costs needs it. */
export interface TimedCall {
  readonly invocation: Invocation;
  readonly cycles: number;
  readonly stack: StackAccesses;
}

/** Objects of the program that are no tensors: the stack, and `network`, the parameters of the training. */
const OWN_OBJECTS = ["stack", "network"];

export const isOwnObject = (name: string): boolean => OWN_OBJECTS.includes(name);

/** Loads and stores of the stack and the program's own variables. */
export function stackOf(traffic: readonly Traffic[]): StackAccesses {
  const own = traffic.filter(({ name }) => isOwnObject(name));
  const sum = (key: "loads" | "stores"): number => own.reduce((total, each) => total + each[key], 0);
  return { reads: sum("loads"), writes: sum("stores") };
}

/**
 * Trains a workload on a simulated core, as `trainOnFirmware` does.
 * @param onCall told of every call of a kernel
 * @param wrap what the training sees of the firmware
 * @returns the storage of the weights, in the firmware's own layout
 * @throws RangeError if the network does not fit the firmware
 */
export function witnessTraining(
  program: Program,
  workload: Workload,
  dataset: Dataset,
  onCall: (call: WitnessedCall) => void,
  wrap: (firmware: Firmware) => Firmware = (firmware) => firmware,
): Uint8Array {
  const run = witnessedRun(workload, dataset);
  checkRoom(program, run);
  let iteration = 0;
  const firmware = new SimulatedFirmware(program, (symbol, args) => {
    const kernel = symbol.slice("fw_".length) as KernelName;
    const layer = kernel === "load" || kernel === "loss" ? undefined : run.layers[(args[0] ?? 0) - 1];
    if (kernel === "initialise" && layer?.index === 1) iteration += 1;
    const rowTimes = kernel === "update" && layer ? updatedRows(program, run, layer.index) : undefined;
    const executions = { times: 1, ...(rowTimes && { rowTimes }) };
    const phase = PHASE_OF[kernel] ?? "load";
    const invocation = invocationOf(run, { kernel, phase, iteration, layer, executions });
    return (cost) => onCall({ invocation, cost });
  });
  return trainOnFirmware(wrap(firmware), workload, dataset);
}

/** Bits of a word that several tensors have for each of their elements. */
const WORD_BITS = 32;

/** What the kernels write is checked by nothing else: without room it would reach into the next tensor. */
function checkRoom(program: Program, { layers, cellBits, iterations, batch }: TrainingRun): void {
  const sum = (of: (layer: Layer) => number): number => layers.reduce((total, layer) => total + of(layer), 0);
  const weights = weightsOf(layers);
  const units = sum(({ outputs }) => outputs);
  const classes = layers.at(-1)?.outputs ?? 0;
  const widest = Math.max(...layers.slice(1).map(({ inputs }) => inputs));
  const needed: Readonly<Record<string, number>> = {
    weights: weights * cellBits,
    snapshot: weights,
    gradient: batch > 1 ? weights * WORD_BITS : 0,
    accumulator: widest * WORD_BITS,
    sums: iterations * WORD_BITS,
    logits: classes * WORD_BITS,
    activations: 8 * (units - classes) * iterations,
    deltas: 8 * units,
    touched: batch > 1 ? 8 * units : 0,
  };
  for (const [name, bits] of Object.entries(needed)) {
    if (program.addressOf(name) === undefined) continue;
    const bytes = program.bytesOf(name).length;
    // Streams of bits go by whole words.
    const wanted = 4 * Math.ceil(bits / WORD_BITS);
    if (wanted > bytes) {
      const reason = `${name} has ${bytes} bytes; ${wanted} are needed`;
      throw new RangeError(`the network does not fit the firmware: ${reason}`);
    }
  }
}

/** The training that the firmware runs: it has no other options. */
function witnessedRun(workload: Workload, dataset: Dataset): TrainingRun {
  const gradient = workload.training.batch === 1 ? "perSample" : "accumulate";
  return trainingRunOf(workload, networkShape(workload, dataset), { gradient, frozen: "recompute" });
}

/** 1 for each row of a layer that its next update changes, those with a delta, else 0. */
function updatedRows(program: Program, { layers, batch }: TrainingRun, index: number): number[] {
  const first = layers.slice(0, index - 1).reduce((sum, { outputs }) => sum + outputs, 0);
  const outputs = layers[index - 1]?.outputs ?? 0;
  const marks = program.bytesOf(batch === 1 ? "deltas" : "touched").subarray(first, first + outputs);
  return Array.from(marks, (mark) => (mark === 0 ? 0 : 1));
}
