import { DataError } from "../data/data-error.js";
import { outcomeCache } from "../experiment/node-outcomes.js";
import { findOutcome } from "../experiment/run.js";
import type { EstimateOptions, Experiment } from "../index.js";
import { readActivity } from "./activity-file.js";
import { cacheFolder } from "./cache-folder.js";
import { UsageError } from "./errors.js";

/** The activity that the user asked for with --activity; without one, estimates take the bound. */
export async function chosenActivity(
  experiment: Experiment,
  written: string | undefined,
): Promise<EstimateOptions> {
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
