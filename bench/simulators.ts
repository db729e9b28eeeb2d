import { readFileSync } from "node:fs";
import { syntheticDataset } from "../src/data/synthetic.js";
import { trainOnFirmware } from "../src/experiment/witness/firmware-driver.js";
import { SimulatedFirmware } from "../src/experiment/witness/simulated-firmware.js";
import { trainerProgram } from "../src/experiment/witness/trainer-program.js";
import { SIMULATORS } from "../src/iss/simulators.js";
import type { Workload } from "../src/rbnn/workload.js";
import { type Effort, measureInRounds, type Turn } from "./rounds.js";
import { type Spread, spreadOf } from "./statistics.js";

/** How fast a simulated core trains. */
export interface SimulatorResult {
  readonly name: string;
  /** Samples, each with its update, of 784-100-10. */
  readonly perSecond: Spread;
  readonly instructionsPerSample: number;
  readonly cyclesPerSample: number;
  /** What it has to reach. */
  readonly atLeast: number;
}

/** A full sample of 784-100-10 in under a second. */
const AT_LEAST = 1;

const SAMPLES = 3;

const WORKLOAD: Workload = {
  name: "784-100-10",
  dataset: "synthetic",
  synthetic: { inputs: 784, classes: 10 },
  data: { train: SAMPLES, validation: 0, test: 0 },
  network: { hidden: [100] },
  storage: { weightBits: 12, iterations: 1 },
  training: { batch: 1, epochs: 1, seed: 1, patience: "none", stopRecursion: false },
};

/** Kernels that run once a training, not once a sample. */
const ONCE = ["fw_initialise", "fw_snapshot", "fw_recycle"];

/** Measures samples on simulated cores, on this thread; `isSelected` decides by name. */
export async function measureSimulators(
  effort: Effort,
  isSelected: (name: string) => boolean,
): Promise<SimulatorResult[]> {
  const results: SimulatorResult[] = [];
  for (const model of ["packed-fields", "bit-planes"]) {
    for (const isa of Object.keys(SIMULATORS)) {
      const name = `simulate a core, 784-100-10, ${model} on ${isa}`;
      if (!isSelected(name)) continue;
      const sample = sampler(new URL(`../firmware-models/${model}/${isa}.elf`, import.meta.url).pathname);
      const [speeds = []] = (await measureInRounds([turnOf(name, sample)], effort)).values();
      const { instructions, cycles } = sample();
      results.push({
        name,
        perSecond: spreadOf(speeds),
        instructionsPerSample: Math.round(instructions / SAMPLES),
        cyclesPerSample: Math.round(cycles / SAMPLES),
        atLeast: AT_LEAST,
      });
    }
  }
  return results;
}

/** Trains {@link SAMPLES} samples: the seconds, instructions and cycles of all their kernels. */
function sampler(path: string) {
  const { program } = trainerProgram(readFileSync(path), path);
  const data = syntheticDataset({ inputs: 784, classes: 10, train: SAMPLES, test: 0, seed: 1 });
  return () => {
    const total = { seconds: 0, instructions: 0, cycles: 0 };
    const firmware = new SimulatedFirmware(program, (symbol) => {
      const begin = performance.now();
      return ({ instructions, cycles }) => {
        if (ONCE.includes(symbol)) return;
        total.seconds += (performance.now() - begin) / 1000;
        total.instructions += instructions;
        total.cycles += cycles;
      };
    });
    trainOnFirmware(firmware, WORKLOAD, data);
    return total;
  };
}

function turnOf(name: string, sample: () => { seconds: number }): Turn {
  return {
    name,
    measure: async (seconds) => {
      let spent = 0;
      for (let done = SAMPLES; ; done += SAMPLES) {
        spent += sample().seconds;
        if (spent >= seconds) return done / spent;
      }
    },
  };
}
