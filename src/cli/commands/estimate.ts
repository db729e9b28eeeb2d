import { Command } from "commander";
import { writeAtomic } from "../../data/node-atomic.js";
import { placementText } from "../../experiment/placement-text.js";
import { estimate, loadExperiment } from "../../index.js";
import { chosenActivity } from "../chosen-activity.js";
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
