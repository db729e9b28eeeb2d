import type { NamedBytes } from "../data/dataset.js";

/** An epoch of a training; both count from 1. */
export interface EpochMoment {
  readonly iteration: number;
  readonly epoch: number;
}

/** A place for the checkpoints of one training. */
export interface CheckpointStore {
  /** How users know it: a folder. */
  readonly place: string;
  /** Checkpoints that are there, the newest first. @throws FileError if one cannot be read */
  saved(): readonly NamedBytes[];
  /** @throws FileError if it cannot be written; earlier ones stay as they are */
  save(moment: EpochMoment, checkpoint: Uint8Array): void;
}
