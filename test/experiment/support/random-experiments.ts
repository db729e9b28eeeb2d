import fc from "fast-check";
import type { Experiment } from "../../../src/experiment/load.js";
import { planOf } from "../../../src/experiment/plan.js";
import { networkShape } from "../../../src/rbnn/workload.js";
import type { Chip } from "../../../src/soc/chip.js";
import type { OffChipMemory } from "../../../src/soc/components/off-chip-memory.js";
import { quickExperiment } from "./experiments.js";
import { type Kernels, randomKernels } from "./random-kernels.js";

const chips = fc.record({
  widthBits: fc.constantFrom(8, 16, 32, 64, 128),
  dma: fc.boolean(),
  code: fc.boolean(),
  flash: fc.constantFrom("nor" as const, "nand" as const),
  isa: fc.constantFrom("cortex-m0plus", "cortex-m4"),
});

/** What is changed in a chip that was built: small sectors, so that small tensors span some of them. */
const details = fc.record({
  inPlace: fc.boolean(),
  isWornByReads: fc.boolean(),
  pageBytes: fc.constantFrom(8, 16, 32),
  pagesPerSector: fc.constantFrom(1, 2, 4),
  accessNanoseconds: fc.constantFrom(1, 30),
  codeNanoseconds: fc.constantFrom(undefined, 90),
  /** SRAM as a share of what the tensors need without spilling. */
  sramShare: fc.constantFrom(0.4, 0.6, 0.8, 0.95, 1.5),
});

const networks = fc
  .record({
    inputs: fc.integer({ min: 1, max: 17 }),
    hidden: fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 2 }),
    classes: fc.integer({ min: 2, max: 5 }),
    weightBits: fc.integer({ min: 4, max: 16 }),
    iterations: fc.integer({ min: 1, max: 3 }),
    batch: fc.constantFrom(1, 1, 7),
    epochs: fc.integer({ min: 1, max: 3 }),
  })
  .filter(({ weightBits, iterations }) => iterations <= weightBits);

const options = fc.record({
  gradient: fc.constantFrom("accumulate" as const, "replay" as const),
  frozen: fc.constantFrom("recompute" as const, "cachedLogits" as const),
  buffering: fc.constantFrom("single" as const, "double" as const),
  samplesFrom: fc.constantFrom("sensor", "flash"),
});

/** Everything that makes a random experiment; undefined kernels are those of packed-fields. */
export const choices = fc.record({
  chip: chips,
  detail: details,
  network: networks,
  option: options,
  kernels: fc.option(randomKernels, { nil: undefined }),
});

export type Choice = typeof choices extends fc.Arbitrary<infer T> ? T : never;

const built = new Map<string, Experiment>();

/** A small experiment: what it needs on chip is some hundred bytes, and its SRAM may be smaller than that. */
export function experimentOfChoice({ chip, detail, network, option, kernels }: Choice): Experiment {
  const key = JSON.stringify([chip, network]);
  const base = built.get(key) ?? quickExperiment({ ...chip, sramKibibytes: 64, banks: 1 }, network);
  built.set(key, base);
  const { gradient, frozen, buffering, samplesFrom } = option;
  const { firmware } = base;
  const roomy: Experiment = {
    ...base,
    shape: networkShape(base.workload),
    chip: detailed(base.chip, detail),
    firmware: {
      ...firmware,
      kernels: merged(firmware.kernels, kernels),
      options: {
        ...firmware.options,
        frozen,
        buffering: chip.dma ? buffering : "single",
        ...(network.batch > 1 ? { gradient } : {}),
      },
      samples: { from: samplesFrom },
      memory: {
        code: { ...firmware.memory.code, value: 40 },
        stack: { ...firmware.memory.stack, value: 16 },
      },
    },
  };
  return small(roomy, detail.sramShare);
}

function merged(shipped: Kernels, random: Kernels | undefined): Kernels {
  return random === undefined ? shipped : { ...random, copy: shipped.copy };
}

function detailed(chip: Chip, detail: Choice["detail"]): Chip {
  const { inPlace, isWornByReads, pageBytes, pagesPerSector, accessNanoseconds, codeNanoseconds } = detail;
  const sized = (memory: OffChipMemory): OffChipMemory =>
    inPlace && !memory.isPaged
      ? { ...memory, rewrite: "inPlace", isWornByReads, pageBytes: 1, sectorBytes: 1 }
      : { ...memory, pageBytes, sectorBytes: pageBytes * pagesPerSector };
  return {
    ...chip,
    sram: { ...chip.sram, accessSeconds: accessNanoseconds * 1e-9 },
    code:
      chip.code === undefined || codeNanoseconds === undefined
        ? chip.code
        : { ...chip.code, accessSeconds: codeNanoseconds * 1e-9 },
    offChip: chip.offChip.map(sized),
  };
}

/** The least SRAM from a share of what is needed on, in steps of a tenth, in which the training fits. */
function small(roomy: Experiment, share: number): Experiment {
  const { unspilledPeakBytes } = planOf(roomy).placement;
  for (let part = share; ; part += 0.1) {
    const capacityBytes = Math.ceil(unspilledPeakBytes * part);
    const experiment = { ...roomy, chip: { ...roomy.chip, sram: { ...roomy.chip.sram, capacityBytes } } };
    if (planOf(experiment).placement.fits || part > 3) return experiment;
  }
}
