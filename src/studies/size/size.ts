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
  /** What the chip has as it is given; a point of the curve. */
  readonly chipCapacityBytes: number;
  /** The least SRAM of these banks, in whole KiB, for which nothing spills; `null` if its costs are not known. */
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

/** An experiment with more settings than it has: `chip.components.sram.capacity=48 KiB`. */
export type LoadWith = (settings: readonly string[]) => Experiment;

/**
 * The SRAM that a training needs: the least for which nothing spills, and what energy and time come to with less and with more, at the bound
 * of its activity. Each capacity is loaded anew, so its costs are what the chip's table or file has for it.
 * @throws ConfigError as loading and `estimate` do for the chip as it is
 */
export function sizeSram(load: LoadWith): SramSize {
  const asGiven = load([]);
  const { chip, workload } = asGiven;
  const { sram } = chip;
  const demandBytes = demandOf(asGiven);
  const unit = unitOf(sram.sizes.stepBytes);
  const least = Math.ceil(demandBytes / unit) * unit;
  const capacities = new Set([...capacitiesAround(least, unit), sram.capacityBytes]);
  const tried = [...capacities].toSorted((a, b) => a - b).map((bytes) => pointAt(load, sram.name, bytes));
  const curve = tried.flatMap(({ point }) => (point === undefined ? [] : [point]));
  const unknown = tried.find(({ capacityBytes }) => capacityBytes === least)?.unknown;
  return {
    schema: "rebit/size@1",
    workload: workload.name,
    chip: chip.name,
    banks: sram.banks,
    demandBytes,
    chipCapacityBytes: sram.capacityBytes,
    leastCapacityBytes: unknown === undefined ? least : null,
    curve,
    energy: curveOf(curve, ({ energyJoules }) => energyJoules),
    time: curveOf(curve, ({ timeSeconds }) => timeSeconds),
    notes: [
      ...(unknown === undefined
        ? []
        : [`costs of an SRAM of ${least} bytes in ${sram.banks} banks are not known: ${unknown}`]),
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
  return estimate({ ...experiment, chip: roomy, duty: undefined }).storage.onChip.peakBytes;
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

/** A capacity, or why its costs are not known. */
interface Tried {
  readonly capacityBytes: number;
  readonly point?: SizePoint;
  readonly unknown?: string;
}

function pointAt(load: LoadWith, sram: string, capacityBytes: number): Tried {
  const setting = `chip.components.${sram}.capacity=${capacityBytes / KIBIBYTE} KiB`;
  const report = reportWith(load, setting);
  if (typeof report === "string") return { capacityBytes, unknown: report };
  const { storage, energy, time, area } = report;
  const point: SizePoint = {
    capacityBytes,
    setting,
    fits: storage.fits,
    spilledBytes: storage.onChip.spilledBytes,
    energyJoules: energy?.energyJoules ?? null,
    timeSeconds: time?.timeSeconds ?? null,
    squareMillimetres: area?.squareMillimetres ?? null,
  };
  return { capacityBytes, point };
}

/** What a table or a file of another tool answers where it has no such bank. */
const UNKNOWN_COSTS: readonly string[] = ["not-in-table", "no-cost"];

function reportWith(load: LoadWith, setting: string): Report | string {
  try {
    // A duty that leaves a day no time at one capacity says nothing of the others.
    return estimate({ ...load([setting]), duty: undefined });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const isUnknown = error.problems.every(({ code }) => UNKNOWN_COSTS.includes(code));
    if (!isUnknown) throw error;
    return error.problems.map(({ message }) => message).join("; ");
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
