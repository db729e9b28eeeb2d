import { Command } from "commander";
import { estimate, loadExperiment } from "../../index.js";
import type { Activity } from "../../rbnn/activity.js";
import { readActivity } from "../activity-file.js";
import { UsageError } from "../errors.js";
import { type ExperimentFlags, loadOptions, withExperiment } from "../experiment-options.js";
import { printReport } from "../output.js";

const EXAMPLES = `
Examples:
  rebit estimate configs/experiments/quickstart.yaml
  rebit estimate configs/experiments/quickstart.yaml --workload configs/workloads/paper-r2.yaml
  rebit estimate configs/experiments/quickstart.yaml --set "chip.components.sram.capacity=32 KiB" --csv
  rebit run configs/experiments/quickstart.yaml --json > report.json
  rebit estimate configs/experiments/quickstart.yaml --activity report.json`;

interface EstimateFlags extends ExperimentFlags {
  readonly activity?: string;
}

/** The activity that the user asked for; without one, estimates take the bound. */
function chosenActivity(written: string | undefined): Activity | undefined {
  if (written === "cached") {
    throw new UsageError(
      "no cached activity: run the experiment with --json and give its report as --activity",
    );
  }
  return written === undefined ? undefined : readActivity(written);
}

function estimateExperiment(path: string, flags: EstimateFlags): void {
  const activity = chosenActivity(flags.activity);
  const experiment = loadExperiment(path, loadOptions(flags));
  printReport(estimate(experiment, { activity }), flags);
}

/** `rebit estimate EXPERIMENT`: the same bill in closed form, without training. */
export const estimateCommand = (): Command =>
  withExperiment(new Command("estimate"))
    .summary("compute the same bill in closed form, without training")
    .description(
      "Computes storage, traffic, time and energy from the trip counts of the firmware's loops. What depends on the " +
        "data is taken at its upper bound, or from an earlier run with --activity.",
    )
    .option("--activity <file>", "take what depends on the data from the JSON report of a run")
    .addHelpText("after", EXAMPLES)
    .action(estimateExperiment);
