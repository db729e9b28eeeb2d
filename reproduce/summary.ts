import { mean, sampleStandardDeviation } from "simple-statistics";
import { layersOf, weightsOf } from "../src/rbnn/layers.js";
import { networkShape } from "../src/rbnn/workload.js";
import type { Network } from "./networks.js";
import type { PlannedNetwork } from "./plan.js";
import type { TrainingRecord } from "./results.js";

/** A figure over the seeds of a network. Deviation and error need two seeds. */
export interface Spread {
  readonly mean: number;
  /** Sample standard deviation over the seeds. */
  readonly standardDeviation?: number;
  /** Of the mean: the standard deviation over the square root of the number of seeds. */
  readonly standardError?: number;
}

/** One iteration of the recursion over all seeds, at the best validation epoch of each. */
export interface IterationSummary {
  readonly iteration: number;
  readonly hiddenUnits: readonly number[];
  readonly plasticBits: number;
  readonly testErrorPercent: Spread;
  readonly validationErrorPercent: Spread;
  readonly trainErrorPercent: Spread;
  /** Means over the seeds. */
  readonly epochs: number;
  readonly bestEpoch: number;
}

/** A network over all seeds. */
export interface NetworkSummary {
  readonly name: string;
  readonly title: string;
  /** Weights of one column times weight bits: what the chip holds from the first to the last iteration. */
  readonly storageBits: number;
  readonly hidden: readonly number[];
  readonly weightBits: number;
  readonly seeds: number;
  /** Of the last iteration. */
  readonly testErrorPercent: Spread;
  readonly validationErrorPercent: Spread;
  readonly publishedPercent?: number;
  readonly target?: NonNullable<Network["target"]> & {
    readonly comparedPercent: number;
    readonly isMet: boolean;
  };
  readonly iterations: readonly IterationSummary[];
  /** A training, by the clock: mean over the seeds. */
  readonly seconds: number;
  /** A training, processor time: mean over the seeds. */
  readonly cpuSeconds: number;
}

/** Mean and spread of some figures. */
export function spreadOf(values: readonly number[]): Spread {
  const numbers = [...values];
  if (numbers.length < 2) return { mean: mean(numbers) };
  const standardDeviation = sampleStandardDeviation(numbers);
  const standardError = standardDeviation / Math.sqrt(numbers.length);
  return { mean: mean(numbers), standardDeviation, standardError };
}

/** The networks of a plan whose trainings are all done. @throws Error naming the first that is not */
export function summariesOf(
  plan: readonly PlannedNetwork[],
  records: readonly TrainingRecord[],
): NetworkSummary[] {
  return plan.map((planned) => {
    const own = records.filter(({ network }) => network === planned.network.name);
    if (own.length !== planned.seeds) {
      throw new Error(`${planned.network.title}: ${own.length} of ${planned.seeds} trainings are done`);
    }
    return summaryOf(planned, own);
  });
}

function summaryOf(
  { network, workload }: PlannedNetwork,
  records: readonly TrainingRecord[],
): NetworkSummary {
  const { name, title, publishedPercent, target } = network;
  const shape = networkShape(workload);
  const { weightBits } = workload.storage;
  const iterations = Array.from({ length: workload.storage.iterations }, (_, index) =>
    iterationSummary(records, index),
  );
  const last = iterations.at(-1) as IterationSummary;
  return {
    name,
    title,
    storageBits: weightsOf(layersOf(shape.inputs, shape.hidden, shape.classes)) * weightBits,
    hidden: shape.hidden,
    weightBits,
    seeds: records.length,
    testErrorPercent: last.testErrorPercent,
    validationErrorPercent: last.validationErrorPercent,
    ...(publishedPercent === undefined ? {} : { publishedPercent }),
    ...(target === undefined ? {} : { target: { ...target, ...judge(last.testErrorPercent, target) } }),
    iterations,
    seconds: mean(records.map(({ seconds }) => seconds)),
    cpuSeconds: mean(records.map(({ cpuSeconds }) => cpuSeconds)),
  };
}

function iterationSummary(records: readonly TrainingRecord[], index: number): IterationSummary {
  const all = records.flatMap(({ iterations }) => iterations[index] ?? []);
  const [first] = all;
  if (first === undefined) throw new Error(`no training has an iteration ${index + 1}`);
  return {
    iteration: first.iteration,
    hiddenUnits: first.hiddenUnits,
    plasticBits: first.plasticBits,
    testErrorPercent: spreadOf(all.map(({ testErrorPercent }) => testErrorPercent)),
    validationErrorPercent: spreadOf(all.map(({ validationErrorPercent }) => validationErrorPercent)),
    trainErrorPercent: spreadOf(all.map(({ trainErrorPercent }) => trainErrorPercent)),
    epochs: mean(all.map(({ epochs }) => epochs)),
    bestEpoch: mean(all.map(({ bestEpoch }) => bestEpoch)),
  };
}

function judge(
  error: Spread,
  { mostPercent, allowedStandardErrors }: NonNullable<Network["target"]>,
): { comparedPercent: number; isMet: boolean } {
  const comparedPercent = error.mean - allowedStandardErrors * (error.standardError ?? 0);
  return { comparedPercent, isMet: comparedPercent <= mostPercent };
}
