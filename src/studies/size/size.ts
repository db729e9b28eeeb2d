import { ConfigError } from "../../config/problem.js";
import { estimate } from "../../experiment/estimate.js";
import type { Experiment } from "../../experiment/load.js";
import type { Report } from "../../report/report.js";
import { kneeOf } from "./knee.js";

/** What `rebit size --json` prints. */
export interface SramSize {
  readonly schema: "rebit/size@1";
  readonly workload: string;
  readonly chip: string;
  readonly banks: number;
  /** The most that lives on chip at once if nothing is spilled. */
  readonly demandBytes: number;
  /** The least SRAM of these banks, in whole KiB, for which nothing spills; `null` beyond what its costs are known for. */
  readonly leastCapacityBytes: number | null;
  /** By capacity, ascending; those without energy do not fit. */
  readonly curve: readonly SizePoint[];
  readonly energy: Curve | null;
  readonly time: Curve | null;
  readonly notes: readonly string[];
}

export interface SizePoint {
  readonly capacityBytes: number;
  /** As `--set` takes it. */
  readonly setting: string;
  readonly fits: boolean;
  readonly spilledBytes: number;
  readonly energyJoules: number | null;
  readonly timeSeconds: number | null;
  readonly squareMillimetres: number | null;
}

/** Capacities in bytes. */
interface Curve {
  readonly bestCapacityBytes: number;
  /** Where more SRAM begins to help less; `null` if the curve does not bend before its best. */
  readonly kneeCapacityBytes: number | null;
}

const KIBIBYTE = 1024;

/**
 * The SRAM that a training needs: the least for which nothing spills, and what energy and time come to with less and with more, at the bound
 * of its activity. Costs are those of each capacity, as the chip's table or file gives them.
 * @throws ConfigError as `estimate` does
 */
export function sizeSram(asGiven: Experiment): SramSize {
  // A duty that leaves a day no time at one capacity says nothing of the others.
  const experiment = { ...asGiven, duty: undefined };
  const { chip, workload } = experiment;
  const { sram } = chip;
  const demandBytes = demandOf(experiment);
  const unit = unitOf(sram.sizes.stepBytes);
  const least = Math.ceil(demandBytes / unit) * unit;
  const capacities = capacitiesAround(least, unit).filter((bytes) => bytes <= sram.sizes.mostBytes);
  const curve = capacities.flatMap((bytes) => pointAt(experiment, bytes));
  const leastCapacityBytes = curve.some(({ capacityBytes }) => capacityBytes === least) ? least : null;
  return {
    schema: "rebit/size@1",
    workload: workload.name,
    chip: chip.name,
    banks: sram.banks,
    demandBytes,
    leastCapacityBytes,
    curve,
    energy: curveOf(curve, ({ energyJoules }) => energyJoules),
    time: curveOf(curve, ({ timeSeconds }) => timeSeconds),
    notes: [
      ...(leastCapacityBytes === null
        ? [
            `an SRAM of ${least} bytes is beyond what its costs are known for (${sram.sizes.mostBytes} bytes in ${sram.banks} banks): more banks, or costs of your own`,
          ]
        : []),
      ...(curve.some(({ fits }) => !fits)
        ? ["capacities without energy do not fit, even with everything off chip that may be there"]
        : []),
    ],
  };
}

/** With room for everything nothing spills; what lives at once is the demand. */
function demandOf(experiment: Experiment): number {
  const { chip } = experiment;
  const capacityBytes = Number.MAX_SAFE_INTEGER;
  const roomy = { ...chip, sram: { ...chip.sram, capacityBytes } };
  return estimate({ ...experiment, chip: roomy }).storage.onChip.peakBytes;
}

/** Whole KiB that are whole words of the banks. */
function unitOf(stepBytes: number): number {
  let unit = KIBIBYTE;
  while (unit % stepBytes !== 0) unit += KIBIBYTE;
  return unit;
}

/** Powers of two and what lies half way, up to twice the least, and the least itself. */
function capacitiesAround(least: number, unit: number): number[] {
  const sizes = new Set([least]);
  for (let bytes = unit; bytes <= 2 * least; bytes *= 2) {
    for (const size of [bytes, 1.5 * bytes]) {
      if (size % unit === 0 && size <= 2 * least) sizes.add(size);
    }
  }
  return [...sizes].toSorted((a, b) => a - b);
}

/** A capacity that the table has no bank of is left out. */
function pointAt(experiment: Experiment, capacityBytes: number): SizePoint[] {
  const { name } = experiment.chip.sram;
  const report = reportAt(experiment, capacityBytes);
  if (report === undefined) return [];
  const { storage, energy, time, area } = report;
  return [
    {
      capacityBytes,
      setting: `chip.components.${name}.capacity=${capacityBytes / KIBIBYTE} KiB`,
      fits: storage.fits,
      spilledBytes: storage.onChip.spilledBytes,
      energyJoules: energy?.energyJoules ?? null,
      timeSeconds: time?.timeSeconds ?? null,
      squareMillimetres: area?.squareMillimetres ?? null,
    },
  ];
}

function reportAt(experiment: Experiment, capacity: number): Report | undefined {
  const { chip, chipConfig, rebuildChip } = experiment;
  const sram = chipConfig.components[chip.sram.name];
  if (sram?.kind !== "sram") throw new Error("the SRAM of the chip is not in its configuration");
  const components = { ...chipConfig.components, [chip.sram.name]: { ...sram, capacity } };
  try {
    return estimate({ ...experiment, chip: rebuildChip({ ...chipConfig, components }) });
  } catch (error) {
    if (error instanceof ConfigError && error.problems.every(({ code }) => code === "not-in-table"))
      return undefined;
    throw error;
  }
}

function curveOf(points: readonly SizePoint[], of: (point: SizePoint) => number | null): Curve | null {
  const known = points.flatMap((point) => {
    const value = of(point);
    return value === null ? [] : [{ capacityBytes: point.capacityBytes, value }];
  });
  if (known.length === 0) return null;
  const values = known.map(({ value }) => value);
  const knee = kneeOf(
    known.map(({ capacityBytes }) => Math.log2(capacityBytes)),
    values,
  );
  return {
    bestCapacityBytes: known[values.indexOf(Math.min(...values))]?.capacityBytes ?? 0,
    kneeCapacityBytes: knee === undefined ? null : (known[knee]?.capacityBytes ?? null),
  };
}
