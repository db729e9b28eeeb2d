import { FileError } from "../config/source.js";
import { DataError } from "../data/data-error.js";
import { boundActivity } from "../rbnn/activity.js";
import { identifyTraining, type TrainingIdentity } from "../rbnn/training-identity.js";
import type { Report } from "../report/report.js";
import { assess } from "./assess.js";
import { sha256Hex } from "./digest.js";
import type { Experiment } from "./load.js";
import type { OutcomeStore, TrainingOutcome } from "./outcome-store.js";
import { exactly, planOf, simulatePlan } from "./plan.js";
import { type TrainExperimentOptions, trainExperiment } from "./train-experiment.js";

export interface RunOptions extends TrainExperimentOptions {
  /** Outcomes of finished trainings, to reuse and to add to. Default: none. */
  readonly outcomes?: OutcomeStore | undefined;
}

/**
 * Trains an experiment, or reuses what the same training left, and prices what it did. What does not fit is not trained.
 * @throws ConfigError, DataError or FileError for bad input; the signal's reason when it fires
 */
export async function run(experiment: Experiment, options: RunOptions = {}): Promise<Report> {
  const plan = planOf(experiment);
  if (!plan.placement.fits) return assess(experiment, plan, undefined);
  // A kernel that cannot be counted is told before the training, not after it.
  exactly(experiment, () =>
    simulatePlan(experiment, plan, boundActivity(experiment.workload, experiment.shape)),
  );
  const { source, outcome } = await outcomeOf(experiment, options);
  const { iterations, activity, cells } = outcome;
  const weightsSha256 = sha256Hex(cells);
  return assess(experiment, plan, { source, activity, method: "simulated", iterations, weightsSha256 });
}

/** The outcome of an experiment's training, if it was done before. @throws DataError if it is damaged, FileError */
export async function findOutcome(
  { workload, readDataset }: Experiment,
  outcomes: OutcomeStore,
): Promise<TrainingOutcome | undefined> {
  return outcomes.find(await identifyTraining(workload, readDataset()));
}

async function outcomeOf(
  experiment: Experiment,
  options: RunOptions,
): Promise<{ source: "trained" | "cached"; outcome: TrainingOutcome }> {
  const { outcomes, checkpoints, onNotice = () => undefined } = options;
  const { workload, readDataset } = experiment;
  const isNamed = outcomes !== undefined || checkpoints !== undefined;
  const identity = isNamed ? await identifyTraining(workload, readDataset()) : undefined;
  const cache = outcomes && identity && cacheOf(outcomes, identity, onNotice);
  const known = cache?.find();
  if (known !== undefined) {
    onNotice("not trained again: this training was done before and its outcome is in the cache");
    return { source: "cached", outcome: known };
  }
  const outcome = await trainExperiment(experiment, identity, options);
  cache?.keep(workload.name, outcome);
  return { source: "trained", outcome };
}

/** What a store has of one training. A cache saves time: one that does not work must not cost a run. */
function cacheOf(store: OutcomeStore, identity: TrainingIdentity, onNotice: (notice: string) => void) {
  const warned = <T>(consequence: string, act: () => T): T | undefined => {
    try {
      return act();
    } catch (error) {
      if (!(error instanceof DataError || error instanceof FileError)) throw error;
      onNotice(`warning: ${error.message}; ${consequence}`);
      return undefined;
    }
  };
  return {
    find: () => warned("it is not reused", () => store.find(identity)),
    keep: (workload: string, outcome: TrainingOutcome) =>
      warned("the outcome is not cached", () => store.keep(identity, workload, outcome)),
  };
}
