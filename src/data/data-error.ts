/** A data file or data set that cannot be used: what is wrong, in which file and at which byte. */
export class DataError extends Error {
  override readonly name = "DataError";

  constructor(
    readonly code: DataErrorCode,
    readonly path: string,
    /** Byte offset of the problem in the file; 0 for the file as a whole. */
    readonly offset: number,
    readonly reason: string,
  ) {
    super(`${path}: ${code}: ${reason}${offset > 0 ? ` (at byte ${offset})` : ""}`);
  }
}

export type DataErrorCode =
  | "truncated"
  | "trailing-bytes"
  | "wrong-magic"
  | "bad-shape"
  | "count-mismatch"
  | "label-out-of-range"
  | "too-few-samples"
  | "damaged"
  | "unsupported"
  | "wrong-version"
  | "wrong-training"
  | "checkpoint-exists";
