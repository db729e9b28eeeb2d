import { lower } from "../firmware/lower.js";
import { type Activity, boundActivity } from "../rbnn/activity.js";
import { book, type CountedPhase, countPhases } from "../soc/account.js";
import { gateBanks } from "../soc/banks.js";
import type { Chip } from "../soc/chip.js";
import { timeBaseOf } from "../soc/elapsed.js";
import { energyOf, joulesOf } from "../soc/energy.js";
import type { Placement } from "../soc/placement/placement.js";
import { copyCost } from "../soc/program.js";
import { countKey, type ResidentPhase, residentPhase, residentTotals } from "../soc/resident.js";
import { timeOf } from "../soc/timing.js";
import type { Experiment } from "./load.js";
import { located, type Plan, planOf } from "./plan.js";

/** What a chip makes of a training, in a few numbers; `estimate` has the whole bill. */
export interface ChipEstimate {
  /** Every tensor has an address somewhere; if not, there are no costs. */
  readonly fits: boolean;
  readonly peakBytes: number;
  readonly spilledBytes: number;
  readonly cycles?: number;
  readonly timeSeconds?: number;
  readonly energyJoules?: number;
}

/** Plans and counts that chips have in common. */
interface Common {
  readonly plan: Plan;
  readonly phases: readonly CountedPhase[];
  /** If all tensors lie on chip and samples come from a sensor. */
  readonly resident: readonly ResidentPhase[] | undefined;
}

/**
 * Estimates many chips for one firmware and workload, in closed form. What chips have in common is found once: the
 * counts of the kernels for each instruction set and port, and the placement of a training that lies wholly on chip.
 *
 * @example
 * const estimator = new Estimator(loadExperiment("configs/experiments/quickstart.yaml"));
 * const { energyJoules } = estimator.estimate(otherChip);
 * @throws ConfigError for kernels that cannot be counted on a chip
 */
export class Estimator {
  readonly #experiment: Experiment;
  readonly #activity: Activity;
  readonly #counted = new Map<string, readonly CountedPhase[]>();
  readonly #onChip = new Map<string, Common>();

  /** @param activity in place of its bound */
  constructor(experiment: Experiment, activity?: Activity) {
    this.#experiment = experiment;
    this.#activity = activity ?? boundActivity(experiment.workload, experiment.shape);
  }

  estimate(chip: Chip): ChipEstimate {
    const { plan, phases, resident } = this.#commonOf(chip);
    const { fits, peakBytes, spilledBytes } = plan.placement;
    if (!fits) return { fits, peakBytes, spilledBytes };
    const costs =
      resident === undefined ? this.#booked(chip, plan, phases) : this.#resident(chip, plan, resident);
    return { fits, peakBytes, spilledBytes, ...costs };
  }

  #commonOf(chip: Chip): Common {
    const key = keyOf(chip);
    const known = this.#onChip.get(key);
    if (known !== undefined && holds(chip, known.plan.placement)) return known;
    const plan = planOf({ ...this.#experiment, chip });
    const phases = plan.placement.fits ? this.#phasesOf(chip, plan) : [];
    const { fits, regions } = plan.placement;
    if (!fits || regions.size > 0 || plan.sensor === undefined) return { plan, phases, resident: undefined };
    const training = phases.filter(({ phase }) => phase !== "infer");
    const common = { plan, phases, resident: training.map(residentPhase) };
    this.#onChip.set(key, common);
    return common;
  }

  #phasesOf(chip: Chip, plan: Plan): readonly CountedPhase[] {
    const key = `${chip.core.isa} ${chip.sram.widthBits}`;
    const known = this.#counted.get(key);
    if (known !== undefined) return known;
    const phases = located(this.#experiment, () =>
      countPhases(lower(plan.run, this.#activity), plan.program, chip),
    );
    this.#counted.set(key, phases);
    return phases;
  }

  #resident(chip: Chip, plan: Plan, phases: readonly ResidentPhase[]) {
    const { wait, offChipIdle } = this.#experiment.firmware.options;
    const sensor = sensorOf(chip, plan);
    const program = { ...plan.program, sensor };
    const base = timeBaseOf(chip, sensor);
    const { counts, dmaBytes, times } = residentTotals(phases, chip, base, copyCost(program, chip), wait);
    const count = (component: string, action: string) => counts.get(countKey(component, action)) ?? 0;
    const gated = gateBanks(chip, plan.placement);
    const energyJoules = joulesOf({ count, dmaBytes }, times, gated, sensor, offChipIdle);
    return { cycles: times.cycles, timeSeconds: times.timeSeconds, energyJoules };
  }

  #booked(chip: Chip, plan: Plan, phases: readonly CountedPhase[]) {
    const { wait, offChipIdle } = this.#experiment.firmware.options;
    const training = phases.filter(({ phase }) => phase !== "infer");
    const ledgers = located(this.#experiment, () => book(training, plan.program, chip, plan.placement));
    const base = timeBaseOf(chip, plan.sensor);
    const times = ledgers.map((ledger) => timeOf(ledger, chip, base, wait));
    const gated = gateBanks(chip, plan.placement);
    const energyJoules = energyOf(ledgers, times, gated, plan.sensor, offChipIdle).totalJoules;
    const cycles = times.reduce((sum, time) => sum + time.cycles, 0);
    return { cycles, timeSeconds: cycles / chip.core.clockHertz, energyJoules };
  }
}

/** A plan's sensor belongs to the chip that it was made for. */
function sensorOf(chip: Chip, plan: Plan) {
  return chip.sensor ?? plan.sensor;
}

/** What the plan of a training that lies on chip, and its counts, depend on beside the capacities. */
function keyOf({ core, sram, code, sensor, dma, offChip }: Chip): string {
  const sleeps = offChip.map(({ name, states }) => [name, states.powerDown !== undefined]);
  return JSON.stringify([
    core.isa,
    sram.widthBits,
    code?.capacityBytes,
    sensor?.name,
    dma !== undefined,
    sleeps,
  ]);
}

/** A placement without anything off chip serves each SRAM that it fits into. */
function holds({ sram }: Chip, { peakBytes }: Placement): boolean {
  return sram.capacityBytes >= peakBytes;
}
