/** The library: the same functions as the command line. */
import { mnistPaths, nodeFiles } from "./data/node-files.js";
import { type Experiment, type LoadOptions, loadExperiment as load } from "./experiment/load.js";

export { ConfigError, type Problem } from "./config/problem.js";
export { type EstimateOptions, estimate } from "./experiment/estimate.js";
export { type ChipEstimate, Estimator } from "./experiment/estimator.js";
export type { Experiment, LoadOptions } from "./experiment/load.js";
export { checkpointFolder } from "./experiment/node-checkpoints.js";
export { outcomeCache } from "./experiment/node-outcomes.js";
export { type RunOptions, run } from "./experiment/run.js";
export type { RunProgress } from "./experiment/train-experiment.js";
export { type Verification, type VerifyOptions, type VerifyProgress, verify } from "./experiment/verify.js";
export { type TrainerProgram, trainerProgram } from "./experiment/witness/trainer-program.js";
export { type IssOptions, type IssVerification, verifyOnSimulator } from "./experiment/witness/verify-iss.js";
export type { Report } from "./report/report.js";
export type { Chip } from "./soc/chip.js";
export type { Sensitivity } from "./studies/sensitivity/document.js";
export { type SensitivityOptions, sensitivity } from "./studies/sensitivity/sensitivity.js";

/**
 * Reads an experiment from the disk.
 *
 * @example
 * const report = estimate(loadExperiment("configs/experiments/quickstart.yaml"));
 * report.storage.weights.bits; // 304896
 * @throws ConfigError
 */
export function loadExperiment(path: string, options: LoadOptions = {}): Experiment {
  return load(path, { mnist: mnistPaths(), ...options }, nodeFiles);
}
