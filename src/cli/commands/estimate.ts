import { Command } from "commander";
import { DataError } from "../../data/data-error.js";
import { writeAtomic } from "../../data/node-atomic.js";
import { outcomeCache } from "../../experiment/node-outcomes.js";
import { placementText } from "../../experiment/placement-text.js";
import { findOutcome } from "../../experiment/run.js";
import { type EstimateOptions, type Experiment, estimate, loadExperiment } from "../../index.js";
import { readActivity } from "../activity-file.js";
import { cacheFolder } from "../cache-folder.js";
import { UsageError } from "../errors.js";
import { type ExperimentFlags, loadOptions, withExperiment } from "../experiment-options.js";
import { printReport } from "../output.js";

const EXAMPLES = `
Examples:
  rebit estimate configs/experiments/quickstart.yaml
  rebit estimate configs/experiments/quickstart.yaml --workload configs/workloads/paper-r2.yaml
  rebit estimate configs/experiments/quickstart.yaml --set "chip.components.sram.capacity=32 KiB" --csv
  rebit run configs/experiments/quickstart.yaml --json > report.json
  rebit estimate configs/experiments/quickstart.yaml --activity report.json
  rebit estimate configs/experiments/quickstart.yaml --activity cached
  rebit estimate configs/experiments/paper-b1.yaml --write-placement placement.yaml
  rebit estimate configs/experiments/paper-b1.yaml --placement placement.yaml`;

interface EstimateFlags extends ExperimentFlags {
  readonly activity?: string;
  readonly writePlacement?: string;
}

/** The activity that the user asked for; without one, estimates take the bound. */
async function chosenActivity(experiment: Experiment, written: string | undefined): Promise<EstimateOptions> {
  if (written === undefined) return {};
  if (written !== "cached") return { activity: readActivity(written) };
  const cache = outcomeCache(cacheFolder());
  const outcome = await findOutcome(experiment, cache).catch(adviseToTrain);
  if (outcome !== undefined) return { activity: outcome.activity, source: "cached" };
  throw new UsageError(
    `no cached activity: ${cache.folder} has no outcome of this training (workload ${experiment.workload.name}, ` +
      `seed ${experiment.workload.training.seed}); rebit run with the same options trains and caches it`,
  );
}

function adviseToTrain(error: unknown): never {
  if (!(error instanceof DataError)) throw error;
  throw new UsageError(`${error.message}; rebit run with the same options trains again and replaces it`);
}

async function estimateExperiment(path: string, flags: EstimateFlags): Promise<void> {
  const experiment = loadExperiment(path, loadOptions(flags));
  const { writePlacement } = flags;
  if (writePlacement !== undefined) {
    writeAtomic(writePlacement, new TextEncoder().encode(placementText(experiment)));
  }
  printReport(estimate(experiment, await chosenActivity(experiment, flags.activity)), flags);
}

/** `rebit estimate EXPERIMENT`: the same bill in closed form, without training. */
export const estimateCommand = (): Command =>
  withExperiment(new Command("estimate"))
    .summary("compute the same bill in closed form, without training")
    .description(
      "Computes storage, traffic, time and energy from the trip counts of the firmware's loops. What depends on the " +
        "data is taken at its upper bound, or from an earlier run with --activity.",
    )
    .option(
      "--activity <file>",
      "take what depends on the data from the JSON report of a run, or `cached`: from the cache of finished trainings",
    )
    .option("--write-placement <file>", "write the placement to this file, for --placement")
    .addHelpText("after", EXAMPLES)
    .action(estimateExperiment);
