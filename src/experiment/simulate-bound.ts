import { boundActivity } from "../rbnn/activity.js";
import type { Report } from "../report/report.js";
import { assess } from "./assess.js";
import type { Experiment } from "./load.js";
import { planOf } from "./plan.js";

/** The costs of an experiment under the bound of its activity, simulated tile by tile. @throws ConfigError */
export function simulateBound(experiment: Experiment): Report {
  const plan = planOf(experiment);
  if (!plan.placement.fits) return assess(experiment, plan, undefined);
  const activity = boundActivity(experiment.workload, experiment.shape);
  return assess(experiment, plan, { source: "bound", activity, method: "simulated" });
}
