import { ConfigError, problemAt } from "../config/problem.js";
import { CountError } from "../firmware/exact.js";
import { lower } from "../firmware/lower.js";
import { tensorsNamed } from "../firmware/nest.js";
import { type TensorDemand, type TensorSpec, tensorsOf } from "../firmware/tensors.js";
import type { TrainingRun } from "../firmware/training-run.js";
import { type Activity, boundActivity } from "../rbnn/activity.js";
import { layersOf } from "../rbnn/layers.js";
import { resolveNumerics } from "../rbnn/resolve-numerics.js";
import { account } from "../soc/account.js";
import { ASSUMED_SENSOR, type Sensor } from "../soc/components/sensor.js";
import type { Ledger } from "../soc/ledger.js";
import { usesOf } from "../soc/placement/demand.js";
import { type Fit, fitOf } from "../soc/placement/fit.js";
import { PlacementFileError } from "../soc/placement/fixed.js";
import { place } from "../soc/placement/place.js";
import type { Placement } from "../soc/placement/placement.js";
import type { PlacementRequest } from "../soc/placement/request.js";
import { copyCost, KernelError, type Program } from "../soc/program.js";
import { simulate } from "../soc/schedule/simulate.js";
import { withoutPowerDown } from "../soc/sleep.js";
import { type Experiment, nearestOrigin } from "./load.js";
import { trainingRunOf } from "./training-run-of.js";

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
  const { request, ...unplaced } = unplacedPlanOf(experiment);
  return { ...unplaced, placement: placed(experiment, () => place(request, experiment.chip)) };
}

/** How an experiment fits: less than a plan, and found faster. @throws ConfigError as {@link planOf} does */
export function fitOfPlan(experiment: Experiment): Fit {
  const { request } = unplacedPlanOf(experiment);
  return placed(experiment, () => fitOf(request, experiment.chip));
}

/** A plan, with what is to be placed. */
type UnplacedPlan = Omit<Plan, "placement"> & { readonly request: PlacementRequest };

function unplacedPlanOf(experiment: Experiment): UnplacedPlan {
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
  checkBuffering(experiment);
  const sensor = sensorOf(experiment);
  const layers = layersOf(shape.inputs, shape.hidden, shape.classes);
  const { weightBits, iterations } = workload.storage;
  const run = trainingRunOf(workload, shape, { gradient, frozen: firmware.options.frozen });
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
    named: tensorsNamed(Object.values(firmware.kernels).map((statements) => statements ?? [])),
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
    request,
    program,
    sensor,
    notes: [...resolveNumerics(workload, shape).notes, ...sensorNotes(sensor), ...memoryNotes(experiment)],
  };
}

/** @throws ConfigError located in the placement file, if there is one that does not suit, in a kernel or in the workload */
function placed<T>(experiment: Experiment, find: () => T): T {
  const { placement } = experiment;
  try {
    return located(experiment, () => exactly(experiment, find));
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

/** A way to count what a plan does: in closed form, or simulated. */
export type Counting = (experiment: Experiment, plan: Plan, activity: Activity) => Ledger[];

/** Counts a plan under an activity in closed form. @throws ConfigError for kernels that cannot be counted */
export const accountPlan: Counting = (experiment, plan, activity) =>
  counted(experiment, plan, activity, account);

/** Simulates a plan under an activity, tile by tile. @throws ConfigError for kernels that cannot be counted */
export const simulatePlan: Counting = (experiment, plan, activity) =>
  counted(experiment, plan, activity, simulate);

/** The same without collisions in the banks of the SRAM, which have no closed form. */
export const simulateWithoutConflicts: Counting = (experiment, plan, activity) =>
  counted(experiment, plan, activity, (...work) => simulate(...work, { withoutConflicts: true }));

function counted(experiment: Experiment, plan: Plan, activity: Activity, count: typeof account): Ledger[] {
  return located(experiment, () =>
    count(lower(plan.run, activity), plan.program, experiment.chip, plan.placement),
  );
}

/** The result of counting kernels. @throws ConfigError that points at the statement of one that cannot be counted */
export function located<T>({ originOf }: Experiment, count: () => T): T {
  try {
    return count();
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
    const origin = originOf("firmware", ["kernels", ...error.path]);
    throw new ConfigError([problemAt(origin, "bad-kernel", error.message)]);
  }
}

function checkPowerDown({ chip, firmware, originOf }: Experiment): void {
  if (firmware.options.offChipIdle !== "powerDown") return;
  const names = withoutPowerDown(chip).join(", ");
  if (names === "") return;
  const message = `${names} has no power-down: give power.powerDown or current.powerDown, or use offChipIdle: standby`;
  throw new ConfigError([
    problemAt(originOf("firmware", ["options", "offChipIdle"]), "does-not-fit", message),
  ]);
}

function checkBuffering({ chip, firmware, originOf }: Experiment): void {
  if (firmware.options.buffering === "single" || chip.dma !== undefined) return;
  const message = `buffering: double needs a DMA engine, which ${chip.name} has not: the core copies, so nothing runs beside it; add a component of kind dma or use buffering: single`;
  throw new ConfigError([problemAt(originOf("firmware", ["options", "buffering"]), "does-not-fit", message)]);
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
