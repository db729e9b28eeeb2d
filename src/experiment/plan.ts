import { ConfigError, problemAt } from "../config/problem.js";
import { CountError } from "../firmware/exact.js";
import { lower } from "../firmware/lower.js";
import { type TensorDemand, type TensorSpec, tensorsOf } from "../firmware/tensors.js";
import type { TrainingRun } from "../firmware/training-run.js";
import { type Activity, boundActivity, updatesPerEpoch } from "../rbnn/activity.js";
import { layersOf } from "../rbnn/layers.js";
import { resolveNumerics, stepBitsOf } from "../rbnn/resolve-numerics.js";
import { account, copyCost, KernelError, type Program } from "../soc/account.js";
import { ASSUMED_SENSOR, type Sensor } from "../soc/components/sensor.js";
import type { Ledger } from "../soc/ledger.js";
import { usesOf } from "../soc/placement/demand.js";
import { PlacementFileError } from "../soc/placement/fixed.js";
import { type Placement, type PlacementRequest, place } from "../soc/placement.js";
import { type Experiment, nearestOrigin } from "./load.js";

/** A training as the firmware runs it on the chip, before it is known how the data make it go. */
export interface Plan {
  readonly run: TrainingRun;
  readonly tensors: readonly TensorSpec[];
  readonly demand: TensorDemand;
  readonly placement: Placement;
  readonly program: Program;
  /** The sensor that samples come from; an assumed one where the chip has none. */
  readonly sensor: Sensor | undefined;
  readonly notes: readonly string[];
}

/** Lays an experiment out. @throws ConfigError where its three files do not fit together */
export function planOf(experiment: Experiment): Plan {
  const { chip, firmware, workload, shape } = experiment;
  const { batch } = workload.training;
  const gradient = firmware.options.gradient ?? (batch === 1 ? "perSample" : "accumulate");
  if (gradient === "perSample" && batch > 1) {
    const message = `gradient: perSample updates after each sample, but the workload's batch is ${batch}; use accumulate or replay`;
    throw new ConfigError([
      problemAt(experiment.originOf("firmware", ["options", "gradient"]), "does-not-fit", message),
    ]);
  }
  checkPowerDown(experiment);
  const sensor = sensorOf(experiment);
  const layers = layersOf(shape.inputs, shape.hidden, shape.classes);
  const numerics = resolveNumerics(workload, shape);
  const { weightBits, iterations } = workload.storage;
  const run: TrainingRun = {
    layers,
    cellBits: weightBits,
    iterations,
    batch,
    batchesPerEpoch: updatesPerEpoch(workload),
    trainSamples: workload.data.train,
    validationSamples: workload.data.validation,
    gradient,
    frozen: firmware.options.frozen,
    step: (fieldBits, layer) => ({
      bits: stepBitsOf(numerics.stepShift, fieldBits, layer.isOutput),
      dithered: numerics.narrowing[weightBits - fieldBits] === "dither",
    }),
  };
  const demand: TensorDemand = {
    layers,
    cellBits: weightBits,
    iterations,
    batch,
    gradient,
    frozen: firmware.options.frozen,
    samples: workload.data.train + workload.data.validation,
    samplesStored: sensor === undefined,
    stackBytes: firmware.memory.stack.value,
  };
  const tensors = tensorsOf(demand);
  const program: Program = {
    kernels: firmware.kernels,
    options: { ...firmware.options, gradient },
    sensor,
  };
  const request: PlacementRequest = {
    tensors,
    codeBytes: firmware.memory.code.value,
    samplesIn: sensor === undefined ? firmware.samples.from : undefined,
    objective: firmware.options.placement,
    isDoubleBuffered: program.options.buffering === "double",
    uses: () => usesOf(lower(run, boundActivity(workload, shape)), program, chip),
    copyCycles: copyCost(program, chip),
    fixed: experiment.placement?.value,
  };
  return {
    run,
    tensors,
    demand,
    placement: countable(experiment, () => exactly(experiment, () => placed(experiment, request))),
    program,
    sensor,
    notes: [...numerics.notes, ...sensorNotes(sensor), ...memoryNotes(experiment)],
  };
}

/** @throws ConfigError located in the placement file, if there is one that does not suit */
function placed({ chip, placement }: Experiment, request: PlacementRequest): Placement {
  try {
    return place(request, chip);
  } catch (error) {
    if (!(error instanceof PlacementFileError) || placement === undefined) throw error;
    const origin = nearestOrigin(placement, error.path);
    throw new ConfigError([problemAt(origin, error.code, error.message)]);
  }
}

/** A result of exact counts. @throws ConfigError if one leaves the exact range of integers */
export function exactly<T>({ originOf }: Experiment, compute: () => T): T {
  try {
    return compute();
  } catch (error) {
    if (!(error instanceof CountError)) throw error;
    throw new ConfigError([problemAt(originOf("workload", []), "out-of-range", error.message)]);
  }
}

/** Counts a plan under an activity. @throws ConfigError for kernels that cannot be counted */
export function accountPlan(experiment: Experiment, plan: Plan, activity: Activity): Ledger[] {
  return countable(experiment, () =>
    account(lower(plan.run, activity), plan.program, experiment.chip, plan.placement),
  );
}

/** What kernels are counted for. @throws ConfigError at the statement that cannot be counted */
function countable<T>(experiment: Experiment, compute: () => T): T {
  try {
    return compute();
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
    const origin = experiment.originOf("firmware", ["kernels", ...error.path]);
    throw new ConfigError([problemAt(origin, "bad-kernel", error.message)]);
  }
}

function checkPowerDown({ chip, firmware, originOf }: Experiment): void {
  if (firmware.options.offChipIdle !== "powerDown") return;
  const without = chip.offChip.filter((memory) => memory.states.powerDown === undefined);
  if (without.length === 0) return;
  const names = without.map((memory) => memory.name).join(", ");
  const message = `${names} has no power-down: give power.powerDown or current.powerDown, or use offChipIdle: standby`;
  throw new ConfigError([
    problemAt(originOf("firmware", ["options", "offChipIdle"]), "does-not-fit", message),
  ]);
}

function sensorOf({ chip, firmware, originOf }: Experiment): Sensor | undefined {
  const { from } = firmware.samples;
  if (from === "sensor" || from === chip.sensor?.name) return chip.sensor ?? ASSUMED_SENSOR;
  if (chip.offChip.some((memory) => memory.name === from)) return undefined;
  const known = ["sensor", ...chip.offChip.map((memory) => memory.name)].join(", ");
  const message = `samples come from the sensor or an off-chip memory of the chip (${known}); found "${from}"`;
  throw new ConfigError([problemAt(originOf("firmware", ["samples", "from"]), "unknown-component", message)]);
}

function sensorNotes(sensor: Sensor | undefined): string[] {
  if (sensor !== ASSUMED_SENSOR) return [];
  return [
    "the chip has no sensor, but the firmware streams samples: a placeholder of 1 MB/s and 1 mW is assumed; add a component of kind sensor",
  ];
}

function memoryNotes({ firmware, firmwareName }: Experiment): string[] {
  const guesses = Object.entries(firmware.memory).filter(([, size]) => size.status === "placeholder");
  if (guesses.length === 0) return [];
  return [`sizes of ${guesses.map(([name]) => name).join(" and ")} of ${firmwareName} are placeholders`];
}
