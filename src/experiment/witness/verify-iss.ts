import { ConfigError, problemAt } from "../../config/problem.js";
import { SIMULATORS, type SimulatedIsa } from "../../iss/simulators.js";
import { layersOf } from "../../rbnn/layers.js";
import { trainToEnd } from "../../rbnn/trainer.js";
import { networkShape, type Workload } from "../../rbnn/workload.js";
import type { Experiment } from "../load.js";
import { packedCells } from "./layouts.js";
import { type IssKernel, type IssObject, type IssTensor, WitnessSums } from "./sums.js";
import type { TrainerProgram } from "./trainer-program.js";
import { witnessTraining } from "./witness.js";

/** What training steps on an instruction-set simulator say of the trainer and of the firmware model. */
export interface IssVerification {
  /** Same weights, all tensors as modelled, and cycles within {@link CYCLE_LIMIT_PERCENT} in each kernel. */
  readonly holds: boolean;
  readonly isa: SimulatedIsa;
  readonly simulator: string;
  readonly elf: TrainerProgram["elf"];
  readonly iterations: number;
  readonly stepsPerIteration: number;
  readonly batch: number;
  /** The weights' storage is the trainer's, bit for bit. */
  readonly bitIdentical: boolean;
  readonly limitPercent: number;
  readonly kernels: readonly IssKernel[];
  readonly tensors: readonly IssTensor[];
  readonly beside: readonly IssObject[];
  /** What the comparison leaves out. */
  readonly notes: readonly string[];
}

export interface IssOptions {
  /** Updates in each iteration. */
  readonly steps?: number | undefined;
  readonly iterations?: number | undefined;
}

/** Largest error of a kernel's cycles, of the issue that asked for this. */
const CYCLE_LIMIT_PERCENT = 2;

/** Samples that an iteration learns from if nothing else is said: minutes on the simulator for the largest networks. */
const DEFAULT_SAMPLES = 20;
const DEFAULT_ITERATIONS = 2;

/**
 * Trains the first steps of an experiment's network on a simulated core and compares: the weights with the trainer's, the
 * loads and stores of each tensor and the cycles of each kernel with the firmware model.
 * @throws ConfigError for an experiment that the firmware cannot run
 */
export function verifyOnSimulator(
  experiment: Experiment,
  { isa, program, elf }: TrainerProgram,
  options: IssOptions = {},
): IssVerification {
  const workload = shortened(experiment.workload, options);
  const dataset = experiment.readDataset();
  const sums = new WitnessSums(experiment.firmware, isa);
  const trained = onFirmware(experiment, () =>
    witnessTraining(program, workload, dataset, (call) => sums.add(call)),
  );
  const { inputs, hidden, classes } = networkShape(workload, dataset);
  const layers = layersOf(inputs, hidden, classes);
  const { weightBits, iterations } = workload.storage;
  const { cells } = trainToEnd(workload, dataset, undefined, { kernels: "plain" });
  const bitIdentical = equal(
    packedCells(trained, experiment.firmware.layout, layers, weightBits, iterations),
    cells.bytes,
  );
  const { kernels, tensors, beside } = sums;
  const exact = tensors.every(
    ({ loads, stores, modelledLoads, modelledStores }) =>
      loads === modelledLoads && stores === modelledStores,
  );
  const close = kernels.every(({ errorPercent }) => Math.abs(errorPercent) <= CYCLE_LIMIT_PERCENT);
  const { batch } = workload.training;
  return {
    holds: bitIdentical && exact && close,
    ...{ isa, simulator: SIMULATORS[isa], elf },
    iterations,
    stepsPerIteration: workload.data.train / batch,
    ...{ batch, bitIdentical, limitPercent: CYCLE_LIMIT_PERCENT, kernels, tensors, beside },
    notes: notesOf(experiment, isa),
  };
}

/** One epoch of the first whole batches in each of the first iterations, without a choice among epochs. */
function shortened(workload: Workload, options: IssOptions): Workload {
  const { batch } = workload.training;
  const steps = options.steps ?? Math.ceil(DEFAULT_SAMPLES / batch);
  const iterations = options.iterations ?? DEFAULT_ITERATIONS;
  return {
    ...workload,
    data: { train: Math.min(steps, Math.floor(workload.data.train / batch)) * batch, validation: 1, test: 0 },
    storage: { ...workload.storage, iterations: Math.min(iterations, workload.storage.iterations) },
    training: { ...workload.training, epochs: 1, patience: "none", stopRecursion: false },
  };
}

/** The firmware recomputes frozen columns and keeps a gradient; the weights are the same whatever the model's options. */
function notesOf({ firmware: { options }, chip }: Experiment, isa: SimulatedIsa): string[] {
  const { gradient, frozen } = options;
  const core = chip.core.isa;
  const standIn =
    core === isa
      ? []
      : [
          `the chip's core is ${core}, which is not simulated here: its figures are others (docs/validation.md)`,
        ];
  const left = [
    ...(frozen === "recompute" ? [] : [`frozen: ${frozen}`]),
    ...(gradient === "replay" ? ["gradient: replay"] : []),
  ];
  const without = left.map(
    (option) =>
      `the executable has no ${option}: it is compared with what the model says without that option`,
  );
  return [...standIn, ...without];
}

function onFirmware<T>({ originOf }: Experiment, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ConfigError([problemAt(originOf("workload", []), "does-not-fit", error.message)]);
  }
}

const equal = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, position) => byte === b[position]);
