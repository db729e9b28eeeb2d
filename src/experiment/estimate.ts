import { ConfigError, problemAt } from "../config/problem.js";
import {
  type Activity,
  boundActivity,
  type IterationActivity,
  updatesPerEpoch,
  updatingBatches,
} from "../rbnn/activity.js";
import type { Workload } from "../rbnn/workload.js";
import type { Report } from "../report/report.js";
import { assess } from "./assess.js";
import type { Experiment } from "./load.js";
import { planOf } from "./plan.js";

export interface EstimateOptions {
  /** An activity in place of the bound. */
  readonly activity?: Activity | undefined;
  /** Where that activity comes from, for the report. Default: `file`. */
  readonly source?: "file" | "cached" | undefined;
}

/**
 * The costs of an experiment in closed form, without training: by default under the bound of its activity (all epochs,
 * nothing skipped, a snapshot each epoch).
 * @throws ConfigError if its files do not fit together, or the activity belongs to another network
 */
export function estimate(experiment: Experiment, options: EstimateOptions = {}): Report {
  const plan = planOf(experiment);
  if (!plan.placement.fits) return assess(experiment, plan, undefined);
  const bound = boundActivity(experiment.workload, experiment.shape);
  const method = "closedForm";
  if (options.activity === undefined) {
    return assess(experiment, plan, { source: "bound", activity: bound, method });
  }
  checkActivity(options.activity, bound, experiment);
  return assess(experiment, plan, { source: options.source ?? "file", activity: options.activity, method });
}

/** An activity belongs to a workload if it stays within that workload's bound, row by row. */
function checkActivity(activity: Activity, bound: Activity, experiment: Experiment): void {
  const problem = activityProblem(activity, bound, experiment.workload);
  if (problem === undefined) return;
  throw new ConfigError([problemAt(experiment.originOf("workload", []), "wrong-activity", problem)]);
}

function activityProblem(activity: Activity, bound: Activity, workload: Workload): string | undefined {
  const found = activity.iterations.length;
  if (found > bound.iterations.length || found === 0) {
    return `the activity has ${found} iterations, the workload ${bound.iterations.length}`;
  }
  for (const [position, iteration] of activity.iterations.entries()) {
    const most = bound.iterations[position] as IterationActivity;
    const [rows, wanted] = [iteration, most].map(({ rowUpdates }) =>
      rowUpdates.map((layer) => layer.length).join("-"),
    );
    if (rows !== wanted || iteration.iteration !== most.iteration) {
      return `the activity has rows ${rows} in iteration ${iteration.iteration}, the workload's network ${wanted}`;
    }
    const { epochs, snapshots, zeroDeltaSamples, rowUpdates } = iteration;
    const updates = epochs * updatesPerEpoch(workload);
    const samples = updates * workload.training.batch;
    const updating = updatingBatches(iteration, updates, workload.training.batch);
    const exceeds =
      epochs < 1 ||
      epochs > most.epochs ||
      snapshots > epochs ||
      zeroDeltaSamples.length !== most.zeroDeltaSamples.length ||
      zeroDeltaSamples.some((zeros) => zeros > samples) ||
      rowUpdates.some((layer) => layer.some((executed) => executed > updating));
    if (exceeds) return `the activity of iteration ${iteration.iteration} exceeds what the workload can do`;
  }
  return undefined;
}
