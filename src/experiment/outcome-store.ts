import type { Activity } from "../rbnn/activity.js";
import type { TrainingIdentity } from "../rbnn/training-identity.js";
import type { IterationResult } from "../rbnn/training-run.js";

/** What a finished training leaves: it depends on workload, data and arithmetic alone, so any chip may reuse it. */
export interface TrainingOutcome {
  readonly iterations: readonly IterationResult[];
  readonly activity: Activity;
  /** The packed weight storage at the end, in which the final signs are. */
  readonly cells: Uint8Array;
}

/** Outcomes of finished trainings. */
export interface OutcomeStore {
  /** @throws DataError if the entry is damaged, FileError if it cannot be read */
  find(identity: TrainingIdentity): TrainingOutcome | undefined;
  /** Adds an outcome or replaces what is there. @throws FileError if it cannot be written */
  keep(identity: TrainingIdentity, workload: string, outcome: TrainingOutcome): void;
}
