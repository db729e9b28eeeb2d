import type { Workload } from "../../rbnn/workload.js";
import type { Report } from "../../report/report.js";
import type { ComparedQuantity } from "./compare.js";
import { QUANTITIES } from "./quantities.js";

/** A conventional binary network that a recursive one is compared with: trained at once, in one iteration. */
export interface Baseline {
  readonly name: "equal storage" | "equal final size";
  readonly meaning: string;
  /** As `--set` takes them. */
  readonly settings: readonly string[];
}

/**
 * The conventional networks of a workload, as arXiv 1709.05306 compares its own with: one with as many bits of weight storage,
 * and one with as many units in the end. Both present as many samples: the epochs of all iterations in one.
 */
export function baselinesOf({ network, storage, training }: Workload): Baseline[] {
  const { iterations } = storage;
  const once = ["workload.storage.iterations=1", `workload.training.epochs=${training.epochs * iterations}`];
  const wider = network.hidden.map((units) => units * iterations);
  return [
    {
      name: "equal storage",
      meaning: `hidden units ${network.hidden.join(", ")}: as many bits of weight storage`,
      settings: once,
    },
    {
      name: "equal final size",
      meaning: `hidden units ${wider.join(", ")}: as many as after the last iteration`,
      settings: [...once, `workload.network.hidden=${JSON.stringify(wider)}`],
    },
  ];
}

/** What a baseline comes to beside the recursive network. */
export interface ComparedBaseline extends Baseline {
  /** `before` is the recursive network. */
  readonly quantities: readonly ComparedQuantity[];
}

/** What `rebit compare EXPERIMENT --baseline bnn --json` prints. */
export interface BaselineComparison {
  readonly schema: "rebit/compare-baseline@1";
  readonly path: string;
  readonly experiment: string;
  readonly baselines: readonly ComparedBaseline[];
  readonly notes: readonly string[];
}

/** Error left for each joule spent: what the paper's argument comes to in one number. */
const errorPerJoule = ({ accuracy, energy }: Report): number | undefined =>
  accuracy.testErrorPercent === undefined || energy === undefined
    ? undefined
    : accuracy.testErrorPercent / energy.energyJoules;

/** Puts a report beside those of its baselines. */
export function compareBaselines(
  path: string,
  report: Report,
  priced: readonly { readonly baseline: Baseline; readonly report: Report }[],
): BaselineComparison {
  const quantities = [...QUANTITIES, { name: "error per joule", unit: "%/J" as const, of: errorPerJoule }];
  const reports = [report, ...priced.map((each) => each.report)];
  const untrained = reports.some(({ accuracy }) => accuracy.testErrorPercent === undefined);
  const sources = [...new Set(reports.flatMap(({ activity }) => activity?.source ?? []))];
  return {
    schema: "rebit/compare-baseline@1",
    path,
    experiment: report.experiment.name,
    baselines: priced.map(({ baseline, report: other }) => ({
      ...baseline,
      quantities: quantities.flatMap(({ name, unit, of }) => {
        const [was, is] = [of(report) ?? null, of(other) ?? null];
        return was === null && is === null ? [] : [{ name, unit, before: was, after: is }];
      }),
    })),
    notes: [
      ...priced.flatMap(({ baseline, report: other }) =>
        other.energy === undefined
          ? [`${baseline.name} does not fit the chip, so it has no time and no energy`]
          : [],
      ),
      ...(sources.length > 1
        ? [`activities differ (${sources.join(", ")}): those at the bound cost more than what trainings do`]
        : []),
      ...(untrained
        ? ["errors are known where the training is in the cache: --train trains what is missing"]
        : []),
    ],
  };
}
