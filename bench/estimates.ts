import { Estimator } from "../src/experiment/estimator.js";
import { planOf, simulatePlan } from "../src/experiment/plan.js";
import { type Chip, type Experiment, estimate, loadExperiment } from "../src/index.js";
import { boundActivity } from "../src/rbnn/activity.js";
import { type Effort, measureInRounds, type Turn } from "./rounds.js";
import { type Spread, spreadOf } from "./statistics.js";

/** How often a second the cost model answers. */
export interface EstimateResult {
  readonly name: string;
  readonly perSecond: Spread;
  /** What it has to reach. */
  readonly atLeast?: number;
}

/** Chips that an estimator goes through; all different in clock and size. */
const CHIPS = 1000;

/** Measures estimates of many chips, whole reports and simulations, on this thread; `isSelected` decides by name. */
export async function measureEstimates(
  effort: Effort,
  isSelected: (name: string) => boolean,
): Promise<EstimateResult[]> {
  const results: EstimateResult[] = [];
  for (const { name, atLeast, prepare } of CASES) {
    if (!isSelected(name)) continue;
    const turn = turnOf(name, prepare());
    const [speeds = []] = (await measureInRounds([turn], effort)).values();
    results.push({ name, perSecond: spreadOf(speeds), ...(atLeast === undefined ? {} : { atLeast }) });
  }
  return results;
}

interface Case {
  readonly name: string;
  readonly atLeast?: number;
  /** What is done once a turn, with a number that counts up. */
  readonly prepare: () => (turn: number) => unknown;
}

const CASES: readonly Case[] = [
  chipsOf("quickstart", 10_000),
  chipsOf("paper-r2", 10_000),
  chipsOf("paper-b1"),
  reportOf("quickstart"),
  reportOf("paper-r2"),
  simulationOf("quickstart", 10),
  simulationOf("quickstart", 1000),
  simulationOf("paper-b1", 20),
];

function chipsOf(experiment: string, atLeast?: number): Case {
  return {
    name: `estimate a chip, ${experiment}`,
    ...(atLeast === undefined ? {} : { atLeast }),
    prepare: () => {
      const loaded = load(experiment);
      const estimator = new Estimator(loaded);
      const chips = variationsOf(loaded.chip);
      return (turn) => estimator.estimate(chips[turn % CHIPS] as Chip);
    },
  };
}

function reportOf(experiment: string): Case {
  return {
    name: `estimate, whole report, ${experiment}`,
    prepare: () => {
      const loaded = load(experiment);
      return () => estimate(loaded);
    },
  };
}

function simulationOf(experiment: string, epochs: number): Case {
  return {
    name: `simulate, ${experiment}, ${epochs} epochs`,
    prepare: () => {
      const loaded = load(experiment, [`workload.training.epochs=${epochs}`]);
      const plan = planOf(loaded);
      const activity = boundActivity(loaded.workload, loaded.shape);
      return () => simulatePlan(loaded, plan, activity);
    },
  };
}

function load(experiment: string, set: readonly string[] = []): Experiment {
  return loadExperiment(new URL(`../configs/experiments/${experiment}.yaml`, import.meta.url).pathname, {
    set,
  });
}

/** Chips of other clocks and SRAM sizes, none smaller than the first. */
function variationsOf(chip: Chip): Chip[] {
  const { core, sram } = chip;
  return Array.from({ length: CHIPS }, (_, number) => ({
    ...chip,
    core: { ...core, clockHertz: 1e6 * (10 + (number % 97)) },
    sram: { ...sram, capacityBytes: sram.capacityBytes + 1024 * (number % 37) },
  }));
}

function turnOf(name: string, act: (turn: number) => unknown): Turn {
  let turn = 0;
  act(turn);
  return {
    name,
    measure: async (seconds) => {
      const begin = performance.now();
      for (let done = 1; ; done++) {
        act(++turn);
        const elapsed = (performance.now() - begin) / 1000;
        if (elapsed >= seconds) return done / elapsed;
      }
    },
  };
}
