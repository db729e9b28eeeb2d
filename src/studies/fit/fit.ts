import { ConfigError } from "../../config/problem.js";
import { estimate } from "../../experiment/estimate.js";
import type { Experiment } from "../../experiment/load.js";
import type { Report } from "../../report/report.js";
import { type NetworkChoice, type NetworkGrid, networksOf } from "./networks.js";
import { paretoFront } from "./pareto.js";

/** What `rebit fit --json` prints. */
export interface NetworkFit {
  readonly schema: "rebit/fit@1";
  readonly chip: string;
  /** What the networks are trained as: its data, epochs and firmware. */
  readonly experiment: string;
  readonly by: Quality;
  readonly tried: number;
  readonly fitting: number;
  /** Of those that fit: networks of which nothing is off chip. */
  readonly onChip: number;
  /** Of those that may be shown: networks whose test error is known. */
  readonly trained: number;
  /** No other is at least as good, as cheap and as fast; the cheapest first. */
  readonly front: readonly FittingNetwork[];
  /** Where none may be shown, as none fits (wholly on chip, if only such are asked for): the network that is closest to it. */
  readonly closest?: Network & { readonly demandBytes: number; readonly capacityBytes: number };
  readonly notes: readonly string[];
}

export type Quality = "weights" | "error";

interface Network
  extends Pick<NetworkChoice, "hidden" | "weightBits" | "iterations" | "gradient" | "batch" | "settings"> {
  /** After the last iteration. */
  readonly weights: number;
}

export interface FittingNetwork extends Network {
  readonly peakBytes: number;
  readonly spilledBytes: number;
  readonly energyJoules: number;
  readonly timeSeconds: number;
  /** `null` where no finished training is known. */
  readonly testErrorPercent: number | null;
}

export interface FitOptions {
  readonly grid: NetworkGrid;
  /** What makes a network better. */
  readonly by: Quality;
  /** Only networks with nothing off chip. */
  readonly onChipOnly: boolean;
  /** The test error of a finished training; undefined if there is none. */
  readonly errorOf: (experiment: Experiment) => Promise<number | undefined>;
  readonly onProgress?: ((done: number, of: number) => void) | undefined;
}

/**
 * Which networks of a grid the chip of an experiment can train, and what they come to at the bound of their activity.
 * @throws ConfigError if no network of the grid can be laid out with this firmware
 */
export async function fitNetworks(base: Experiment, options: FitOptions): Promise<NetworkFit> {
  const { by, onChipOnly, errorOf, onProgress } = options;
  const choices = networksOf(base, options.grid);
  let fitting = 0;
  const shown: FittingNetwork[] = [];
  const misfits: NonNullable<NetworkFit["closest"]>[] = [];
  const refused: ConfigError[] = [];
  for (const [index, choice] of choices.entries()) {
    const report = estimateOf(choice, refused);
    if (report !== undefined) {
      const network = networkOf(choice, report);
      const { peakBytes, spilledBytes, lowerBoundBytes, capacityBytes } = report.storage.onChip;
      const { energy, time } = report;
      const fits = energy !== undefined && time !== undefined;
      if (fits) fitting += 1;
      if (fits && !(onChipOnly && spilledBytes > 0)) {
        const { energyJoules } = energy;
        const { timeSeconds } = time;
        const testErrorPercent = (await errorOf(choice.experiment)) ?? null;
        shown.push({ ...network, peakBytes, spilledBytes, energyJoules, timeSeconds, testErrorPercent });
      } else misfits.push({ ...network, demandBytes: lowerBoundBytes, capacityBytes });
    }
    onProgress?.(index + 1, choices.length);
  }
  if (refused.length === choices.length && refused[0] !== undefined) throw refused[0];
  const trained = shown.filter(({ testErrorPercent }) => testErrorPercent !== null);
  const front = paretoFront(by === "error" ? trained : shown, (network) => [
    by === "error" ? (network.testErrorPercent ?? 0) : -network.weights,
    network.energyJoules,
    network.timeSeconds,
  ]);
  const [closest] = misfits.toSorted((a, b) => a.demandBytes - b.demandBytes);
  return {
    schema: "rebit/fit@1",
    chip: base.chip.name,
    experiment: base.name,
    by,
    tried: choices.length - refused.length,
    fitting,
    onChip: shown.filter(({ spilledBytes }) => spilledBytes === 0).length,
    trained: trained.length,
    front: front.toSorted((a, b) => a.energyJoules - b.energyJoules || b.weights - a.weights),
    ...(shown.length === 0 && closest !== undefined ? { closest } : {}),
    notes: notesOf(by, shown.length, trained.length, refused),
  };
}

/** Its report; undefined if its files do not go together, as a firmware without a kernel that a scheme needs. */
function estimateOf({ experiment }: NetworkChoice, refused: ConfigError[]): Report | undefined {
  try {
    return estimate(experiment);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    refused.push(error);
    return undefined;
  }
}

function networkOf(choice: NetworkChoice, { storage }: Report): Network {
  const { hidden, weightBits, iterations, gradient, batch, settings } = choice;
  return { hidden, weightBits, iterations, gradient, batch, settings, weights: storage.weights.finalWeights };
}

function notesOf(by: Quality, shown: number, trained: number, refused: readonly ConfigError[]): string[] {
  const [first] = refused.flatMap(({ problems }) => problems);
  return [
    ...(by === "error" && trained < shown
      ? [
          `${shown - trained} of ${shown} networks that fit are not in the cache, so their errors are not known: rebit run trains one`,
        ]
      : []),
    ...(by === "weights"
      ? ["more weights are not always fewer errors: --by error ranks what is in the cache"]
      : []),
    ...(first === undefined ? [] : [`${refused.length} were left out: ${first.message}`]),
  ];
}
